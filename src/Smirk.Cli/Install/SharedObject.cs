using System.Buffers.Binary;
using System.Text;

namespace Smirk.Cli.Install;

/// <summary>What an ELF file says of itself. Read from the file, because loading libtorch to name its version takes longer than all else
/// that --version does.</summary>
/// <param name="BuildId">The linker's fingerprint of the contents, in hexadecimal; empty when there is none.</param>
/// <param name="Needed">The libraries that it asks for, in link order, such as "libtorch.so.1.13".</param>
internal sealed record SharedObject(string BuildId, IReadOnlyList<string> Needed)
{
    private const int ProgramHeaderSize = 56, DynamicEntrySize = 16;
    private const uint Load = 1, Dynamic = 2, Note = 4, GnuBuildId = 3;
    private const ulong NeededTag = 1, StringTableTag = 5;

    // ELF, 64 bits, little-endian.
    private static readonly byte[] Magic = [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1];

    /// <summary>Reads a little-endian 64-bit ELF file.</summary>
    /// <exception cref="InvalidDataException">It isn't one.</exception>
    public static SharedObject Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        try
        {
            if (!bytes.AsSpan().StartsWith(Magic))
                throw new InvalidDataException($"{path} is no shared library for this machine.");
            return Parse(bytes);
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or IndexOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException($"{path} is cut short or damaged.", error);
        }
    }

    private static SharedObject Parse(byte[] bytes)
    {
        var headers = Enumerable.Range(0, BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(56)))
            .Select(index => checked((int)U64(bytes, 32)) + (index * ProgramHeaderSize))
            .Select(at => new Segment(U32(bytes, at), U64(bytes, at + 8), U64(bytes, at + 16), U64(bytes, at + 32)))
            .ToList();
        var names = new List<ulong>();
        ulong strings = 0;
        foreach (var (_, offset, _, size) in headers.Where(header => header.Type == Dynamic))
        {
            for (var at = offset; at < offset + size; at += DynamicEntrySize)
            {
                var (tag, value) = (U64(bytes, checked((int)at)), U64(bytes, checked((int)at + 8)));
                if (tag == NeededTag)
                    names.Add(value);
                else if (tag == StringTableTag)
                    strings = value;
            }
        }

        // The table is named by where it lies in memory; the segment that holds it tells where that is in the file.
        var (_, start, address, _) =
            headers.FirstOrDefault(header => header.Type == Load && strings >= header.Address && strings < header.Address + header.Size)
                ?? throw new InvalidDataException("The library's names aren't in its file.");
        return new SharedObject(
            headers.Where(header => header.Type == Note).Select(note => BuildIdIn(bytes, note.Offset, note.Size))
                .FirstOrDefault(id => id.Length > 0) ?? "",
            [.. names.Select(name => Text(bytes, checked((int)(strings - address + start + name))))]);
    }

    // A class, not a tuple: code for lists of values isn't precompiled, and --version is waited for.
    private sealed record Segment(uint Type, ulong Offset, ulong Address, ulong Size);

    private static string BuildIdIn(byte[] bytes, ulong offset, ulong size)
    {
        for (var at = checked((int)offset); at < checked((int)(offset + size));)
        {
            var (nameSize, length) = (checked((int)U32(bytes, at)), checked((int)U32(bytes, at + 4)));
            var contents = at + 12 + Padded(nameSize);
            if (U32(bytes, at + 8) == GnuBuildId && bytes.AsSpan(at + 12, nameSize).SequenceEqual("GNU\0"u8))
                return Convert.ToHexStringLower(bytes, contents, length);
            at = contents + Padded(length);
        }

        return "";
    }

    private static int Padded(int size) => (size + 3) & ~3;

    private static string Text(byte[] bytes, int at) => Encoding.ASCII.GetString(bytes, at, Array.IndexOf(bytes, (byte)0, at) - at);

    private static uint U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private static ulong U64(byte[] bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
}
