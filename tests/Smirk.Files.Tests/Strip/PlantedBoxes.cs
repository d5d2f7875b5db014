using System.Buffers.Binary;
using System.Text;

namespace Smirk.Files.Tests.Strip;

/// <summary>Boxes of HEIF, MP4 and JPEG XL files, put together and taken apart without the code that is tested.</summary>
internal static class PlantedBoxes
{
    public static byte[] Box(string type, params byte[][] content)
    {
        byte[] all = [.. content.SelectMany(c => c)];
        return [.. Planted.BigEndian(8 + all.Length), .. Encoding.Latin1.GetBytes(type), .. all];
    }

    public static byte[] Full(string type, int version, int flags, params byte[][] content) =>
        Box(type, [[(byte)version, (byte)(flags >> 16), (byte)(flags >> 8), (byte)flags], .. content]);

    public static byte[] U32(long value) => Planted.BigEndian((int)value);

    public static byte[] U16(int value) => [(byte)(value >> 8), (byte)value];

    public static byte[] Text(string text) => [.. Encoding.UTF8.GetBytes(text), 0];

    /// <summary>The boxes in some bytes: type, content.</summary>
    public static List<(string Type, byte[] Content, int At)> Read(byte[] bytes, int from = 0)
    {
        var boxes = new List<(string, byte[], int)>();
        while (from + 8 <= bytes.Length)
        {
            var length = (int)BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(from));
            boxes.Add((Encoding.Latin1.GetString(bytes, from + 4, 4), bytes[(from + 8)..(from + length)], from));
            from += length;
        }

        return boxes;
    }

    /// <summary>The content of the first box under a path such as moov/trak.</summary>
    public static byte[]? Find(byte[] bytes, string path)
    {
        foreach (var name in path.Split('/'))
        {
            var found = Read(bytes).Find(b => b.Type == name);
            if (found.Content is null)
                return null;
            bytes = found.Content;
        }

        return bytes;
    }
}
