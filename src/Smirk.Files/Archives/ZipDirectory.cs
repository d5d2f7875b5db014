using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Smirk.Files.Archives;

/// <summary>A member's name as its ZIP file has it.</summary>
/// <param name="Bytes">In whatever encoding.</param>
/// <param name="Unicode">The name as text, where the file says that too; null where the encoding has to be guessed.</param>
/// <param name="Method">How the member is packed.</param>
internal sealed record ZipName(byte[] Bytes, string? Unicode, int Method = 0)
{
    // WinZip's AES encryption hides the true method behind a number of its own.
    private const int Aes = 99;

    /// <summary>Whether .NET unpacks it: stored, Deflate and Deflate64. What is encrypted isn't its task either way.</summary>
    public bool IsOrdinary => Method is 0 or 8 or 9 or Aes;
}

/// <summary>Reads the names in a ZIP file's central directory, which .NET gives only decoded (APPNOTE.TXT 4.3.12, 4.4.4, 4.6.9).</summary>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int LongestComment = 0xFFFF;
    private const int EntryLength = 46;
    private const int IsUtf8 = 1 << 11;
    private const ushort UnicodePath = 0x7075;

    /// <summary>The names of all <paramref name="count"/> members, in order; null where the directory can't be made out.</summary>
    public static List<ZipName>? Read(string path, int count)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        var end = new byte[Math.Min(file.Length, EndLength + LongestComment)];
        file.Position = file.Length - end.Length;
        file.ReadExactly(end);
        var at = end.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (at < 0 || at + EndLength > end.Length || Start(file, end, at) is not { } start || start > file.Length)
            return null;
        file.Position = start;
        var names = new List<ZipName>(count);
        try
        {
            while (names.Count < count)
            {
                if (ReadEntry(file) is not { } name)
                    return null;
                names.Add(name);
            }
        }
        catch (EndOfStreamException)
        {
            return null;
        }

        return names;
    }

    // Zip64 says it in a record of its own, to which a locator before the end leads.
    private static long? Start(FileStream file, byte[] end, int at)
    {
        var start = BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(at + 16));
        if (start != uint.MaxValue)
            return start;
        if (at < 20 || !end.AsSpan(at - 20).StartsWith("PK\x06\x07"u8))
            return null;
        var record = BinaryPrimitives.ReadInt64LittleEndian(end.AsSpan(at - 12));
        if (record < 0 || record > file.Length - 56)
            return null;
        file.Position = record;
        var head = new byte[56];
        file.ReadExactly(head);
        var far = BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(48));
        return head.AsSpan().StartsWith("PK\x06\x06"u8) && far >= 0 ? far : null;
    }

    private static ZipName? ReadEntry(FileStream file)
    {
        Span<byte> head = stackalloc byte[EntryLength];
        file.ReadExactly(head);
        if (!head.StartsWith("PK\x01\x02"u8))
            return null;
        var name = new byte[BinaryPrimitives.ReadUInt16LittleEndian(head[28..])];
        var extra = new byte[BinaryPrimitives.ReadUInt16LittleEndian(head[30..])];
        file.ReadExactly(name);
        file.ReadExactly(extra);
        file.Position += BinaryPrimitives.ReadUInt16LittleEndian(head[32..]);
        var isUtf8 = (BinaryPrimitives.ReadUInt16LittleEndian(head[8..]) & IsUtf8) != 0;
        return new ZipName(
            name, isUtf8 ? Encoding.UTF8.GetString(name) : FromExtra(extra, name), BinaryPrimitives.ReadUInt16LittleEndian(head[10..]));
    }

    // Version, CRC of the name that it belongs to, the name in UTF-8. A program that didn't know the field may have renamed the member.
    private static string? FromExtra(ReadOnlySpan<byte> extra, byte[] name)
    {
        while (extra.Length >= 4)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (length > extra.Length - 4)
                return null;
            var data = extra.Slice(4, length);
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == UnicodePath && length > 5 && data[0] == 1
                && BinaryPrimitives.ReadUInt32LittleEndian(data[1..]) == Crc32.HashToUInt32(name))
                return Encoding.UTF8.GetString(data[5..]);
            extra = extra[(4 + length)..];
        }

        return null;
    }
}
