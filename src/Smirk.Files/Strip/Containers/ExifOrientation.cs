using System.Buffers.Binary;

namespace Smirk.Files.Strip.Containers;

/// <summary>The one tag of Exif that changes how a picture is displayed (0x0112, CIPA DC-008 table 4): how to turn and mirror the stored
/// pixels.</summary>
/// <remarks>Byte order, type and count stay as they were, odd ones too: decoders differ in which they accept, and each must go on doing
/// what it did.</remarks>
internal sealed class ExifOrientation
{
    private const ushort Tag = 0x0112;
    private const int HeaderLength = 8;
    private const int EntryLength = 12;

    // A real one has a single value. Of what has more than these, something else is stored there.
    private const int MostValues = 8;
    private const int MostEntries = 4;
    private const uint Greatest = 8;

    private readonly bool _little;
    private readonly List<(ushort Type, uint Count, byte[] Values)> _entries = [];

    private ExifOrientation(bool little) => _little = little;

    /// <summary>The orientation in a TIFF block (what follows "Exif\0\0"), or null when it has none, it is 1, or the block can't be
    /// read.</summary>
    public static ExifOrientation? Read(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < HeaderLength)
            return null;
        bool little;
        if (tiff[0] == 'I' && tiff[1] == 'I')
            little = true;
        else if (tiff[0] == 'M' && tiff[1] == 'M')
            little = false;
        else
            return null;
        var found = new ExifOrientation(little);
        var directory = found.UInt32(tiff[4..]);
        if (found.UInt16(tiff[2..]) != 42 || directory > tiff.Length - 2)
            return null;
        var entries = tiff[((int)directory + 2)..];
        for (var left = found.UInt16(tiff[(int)directory..]); left > 0 && found._entries.Count < MostEntries
            && entries.Length >= EntryLength; left--, entries = entries[EntryLength..])
        {
            if (found.UInt16(entries) == Tag)
                found.Take(tiff, entries[..EntryLength]);
        }

        return found._entries.Exists(found.Turns) ? found : null;
    }

    /// <summary>A block without any tag, in the place of one that tells nothing about the orientation.</summary>
    public static byte[] EmptyExif(ReadOnlySpan<byte> prefix) => new ExifOrientation(little: true).ToExif(prefix);

    /// <summary>A TIFF block with this tag alone, after <paramref name="prefix"/>: mostly 26 bytes and the prefix's.</summary>
    public byte[] ToExif(ReadOnlySpan<byte> prefix)
    {
        var dataAt = HeaderLength + 2 + (_entries.Count * EntryLength) + 4;
        var result = new byte[prefix.Length + dataAt + _entries.Sum(e => e.Values.Length > 4 ? e.Values.Length : 0)];
        prefix.CopyTo(result);
        var tiff = result.AsSpan(prefix.Length);
        tiff[..2].Fill(_little ? (byte)'I' : (byte)'M');
        Put16(tiff[2..], 42);
        Put32(tiff[4..], HeaderLength);
        Put16(tiff[8..], (ushort)_entries.Count);
        var at = HeaderLength + 2;
        foreach (var (type, count, values) in _entries)
        {
            Put16(tiff[at..], Tag);
            Put16(tiff[(at + 2)..], type);
            Put32(tiff[(at + 4)..], count);
            if (values.Length > 4)
            {
                Put32(tiff[(at + 8)..], (uint)dataAt);
                values.CopyTo(tiff[dataAt..]);
                dataAt += values.Length;
            }
            else
            {
                values.CopyTo(tiff[(at + 8)..]);
            }

            at += EntryLength;
        }

        return result;
    }

    // Integers, fractions (two integers) and digits in ASCII: what else a value could be, no decoder turns pictures by.
    private static int SizeOf(ushort type) => type switch { 1 or 2 or 6 => 1, 3 or 8 => 2, 4 or 5 or 9 or 10 => 4, _ => 0 };

    private void Take(ReadOnlySpan<byte> tiff, ReadOnlySpan<byte> entry)
    {
        var (type, count) = (UInt16(entry[2..]), UInt32(entry[4..]));
        var size = SizeOf(type);
        if (size == 0 || count is 0 or > MostValues)
            return;
        var length = (int)count * size * (type is 5 or 10 ? 2 : 1);
        var values = entry[8..];
        if (length > 4)
        {
            var at = UInt32(values);
            if (at > tiff.Length - length)
                return;
            values = tiff[(int)at..];
        }

        for (var at = 0; at < length; at += size)
        {
            if (Value(values[at..], type) > Greatest)
                return;
        }

        _entries.Add((type, count, values[..length].ToArray()));
    }

    private bool Turns((ushort Type, uint Count, byte[] Values) entry)
    {
        for (var at = 0; at < entry.Values.Length; at += SizeOf(entry.Type))
        {
            if (Value(entry.Values.AsSpan(at), entry.Type) > 1)
                return true;
        }

        return false;
    }

    private uint Value(ReadOnlySpan<byte> bytes, ushort type) => (type, SizeOf(type)) switch
    {
        (2, _) => bytes[0] == 0 ? 0 : (uint)bytes[0] - '0',
        (_, 1) => bytes[0],
        (_, 2) => UInt16(bytes),
        _ => UInt32(bytes),
    };

    private ushort UInt16(ReadOnlySpan<byte> bytes) =>
        _little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private uint UInt32(ReadOnlySpan<byte> bytes) =>
        _little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private void Put16(Span<byte> to, ushort value)
    {
        if (_little)
            BinaryPrimitives.WriteUInt16LittleEndian(to, value);
        else
            BinaryPrimitives.WriteUInt16BigEndian(to, value);
    }

    private void Put32(Span<byte> to, uint value)
    {
        if (_little)
            BinaryPrimitives.WriteUInt32LittleEndian(to, value);
        else
            BinaryPrimitives.WriteUInt32BigEndian(to, value);
    }
}
