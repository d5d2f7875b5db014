using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Smirk.Imaging;

namespace Smirk.Files.Tests.Strip;

/// <summary>Small pictures of every container, cut into the parts that metadata can be planted between, and metadata that carries a canary.
/// Written apart from the code that is tested.</summary>
internal static class Planted
{
    /// <summary>What must not be found afterwards.</summary>
    public static readonly byte[] Canary = "canary-7f3a91c2"u8.ToArray();

    public static bool HasCanary(ReadOnlySpan<byte> bytes) => bytes.IndexOf(Canary) >= 0;

    /// <summary>Colours and an edge in <paramref name="width"/> × 16 pixels.</summary>
    public static Picture Picture(int width = 24, int shift = 0)
    {
        var picture = new Picture(width, 16, 200, 120, 40);
        for (var i = 0; i < picture.Pixels.Length; i++)
            picture.Pixels[i] = (byte)((i * 5) + shift + (i / 300 * 40));
        return picture;
    }

    /// <summary>SOI, segments, SOS with its data, EOI.</summary>
    public static List<byte[]> JpegParts(byte[] jpeg)
    {
        var parts = new List<byte[]> { jpeg[..2] };
        for (var at = 2; ;)
        {
            var length = jpeg[at + 1] == 0xD9 ? 2 : 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(at + 2));
            if (jpeg[at + 1] == 0xDA)
            {
                while (jpeg[at + length] != 0xFF || jpeg[at + length + 1] is 0 or (>= 0xD0 and <= 0xD7))
                    length++;
            }

            parts.Add(jpeg[at..(at + length)]);
            at += length;
            if (parts[^1][1] == 0xD9)
                return parts;
        }
    }

    /// <summary>The picture with this JFIF header and no other APPn.</summary>
    public static byte[] WithJfif(byte[] jpeg, byte[] jfif)
    {
        var parts = JpegParts(jpeg).Where(p => p[1] is < 0xE0 or > 0xEF).ToList();
        return Join([parts[0], jfif, .. parts[1..]]);
    }

    public static byte[] Segment(byte marker, params byte[][] data)
    {
        byte[] all = [.. data.SelectMany(d => d)];
        byte[] segment = [0xFF, marker, (byte)((all.Length + 2) >> 8), (byte)(all.Length + 2), .. all];
        return segment;
    }

    /// <summary>Signature, then a chunk each.</summary>
    public static List<byte[]> PngParts(byte[] png)
    {
        var parts = new List<byte[]> { png[..8] };
        for (var at = 8; at < png.Length; at += parts[^1].Length)
            parts.Add(png[at..(at + 12 + BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at)))]);
        return parts;
    }

    public static byte[] Chunk(string type, params byte[][] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data.SelectMany(d => d)];
        var crc = 0xFFFFFFFFu;
        foreach (var value in body)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }

        return [.. BigEndian(body.Length - 4), .. body, .. BigEndian((int)~crc)];
    }

    /// <summary>The chunks after "RIFF", size and "WEBP".</summary>
    public static List<byte[]> WebPParts(byte[] webp)
    {
        var parts = new List<byte[]>();
        for (var at = 12; at < webp.Length; at += parts[^1].Length)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(webp.AsSpan(at + 4));
            parts.Add(webp[at..(at + 8 + length + (length & 1))]);
        }

        return parts;
    }

    public static byte[] WebPChunk(string type, params byte[][] data)
    {
        byte[] all = [.. data.SelectMany(d => d)];
        return [.. Encoding.ASCII.GetBytes(type), .. LittleEndian(all.Length), .. all, .. all.Length % 2 == 1 ? new byte[1] : []];
    }

    public static byte[] WebP(IEnumerable<byte[]> chunks)
    {
        byte[] all = [.. chunks.SelectMany(c => c)];
        return [.. "RIFF"u8, .. LittleEndian(4 + all.Length), .. "WEBP"u8, .. all];
    }

    /// <summary>Header with screen and table, then a block each.</summary>
    public static List<byte[]> GifParts(byte[] gif)
    {
        var parts = new List<byte[]> { gif[..(13 + Table(gif[10]))] };
        for (var at = parts[0].Length; at < gif.Length; at += parts[^1].Length)
        {
            if (gif[at] == 0x3B)
            {
                parts.Add(gif[at..(at + 1)]);
                continue;
            }

            var end = gif[at] == 0x21 ? at + 2 : at + 11 + Table(gif[at + 9]);
            while (gif[end] != 0)
                end += gif[end] + 1;
            parts.Add(gif[at..(end + 1)]);
        }

        return parts;

        static int Table(byte packed) => packed < 0x80 ? 0 : 3 << ((packed & 7) + 1);
    }

    public static byte[] Extension(byte label, params byte[][] subBlocks) =>
        [0x21, label, .. subBlocks.SelectMany(b => new[] { (byte)b.Length }.Concat(b)), 0];

    /// <summary>A TIFF block: an orientation, and a camera whose name is the canary.</summary>
    public static byte[] Exif(ushort orientation, bool littleEndian = false)
    {
        byte[] Short(int v) => littleEndian ? [(byte)v, (byte)(v >> 8)] : [(byte)(v >> 8), (byte)v];
        byte[] Long(int v) => littleEndian ? LittleEndian(v) : BigEndian(v);
        return
        [
            .. littleEndian ? "II"u8 : "MM"u8, .. Short(42), .. Long(8), .. Short(2),
            .. Short(0x0110), .. Short(2), .. Long(Canary.Length + 1), .. Long(38),
            .. Short(0x0112), .. Short(3), .. Long(1), .. Short(orientation), .. Canary[..2],
            .. Long(0), .. Canary, 0,
        ];
    }

    public static byte[] Deflate(byte[] bytes)
    {
        using var result = new MemoryStream();
        using (var zlib = new ZLibStream(result, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(bytes);
        return result.ToArray();
    }

    public static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    public static byte[] LittleEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    public static byte[] Join(IEnumerable<byte[]> parts) => [.. parts.SelectMany(p => p)];
}
