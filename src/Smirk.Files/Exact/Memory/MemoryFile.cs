using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Smirk.Files.Exact.Compare;

namespace Smirk.Files.Exact.Memory;

/// <summary>The file that memories are kept in: a header and then records sorted by device and inode. A flat file loads faster than any
/// database does.</summary>
internal static unsafe class MemoryFile
{
    private const int HeaderBytes = 40;

    // "SmirkDup" and a version: another one's file is no memory of ours.
    private const ulong Mark = 0x70754B72696D5301;

    /// <summary>The records, and a number that no comparison has had yet. Nothing where the file isn't there, is damaged or of another
    /// version: it is only a memory.</summary>
    public static (MemoryRecord[] Records, ulong NextComparison) Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return ([], 1);
        }

        if (bytes.Length < HeaderBytes || Word(bytes, 0) != Mark || Word(bytes, 1) != (ulong)sizeof(MemoryRecord)
            || Word(bytes, 2) != (ulong)((bytes.Length - HeaderBytes) / sizeof(MemoryRecord))
                || Word(bytes, 4) != Checksum(bytes.AsSpan(HeaderBytes)))
        {
            return ([], 1);
        }

        return (MemoryMarshal.Cast<byte, MemoryRecord>(bytes.AsSpan(HeaderBytes)).ToArray(), Word(bytes, 3));
    }

    /// <summary>Writes it beside and renames, so that there is always one whole file.</summary>
    public static void Write(string path, ReadOnlySpan<MemoryRecord> records, ulong nextComparison)
    {
        var content = MemoryMarshal.AsBytes(records);
        var header = new byte[HeaderBytes];
        ulong[] words = [Mark, (ulong)sizeof(MemoryRecord), (ulong)records.Length, nextComparison, Checksum(content)];
        for (var i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(i * 8), words[i]);

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var beside = $"{path}.{Environment.ProcessId}";
        using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            stream.Write(header);
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }

    private static ulong Word(byte[] bytes, int number) => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(number * 8));

    private static ulong Checksum(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
            return QuickHash.Of(start, bytes.Length);
    }
}
