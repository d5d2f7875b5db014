using System.Buffers.Binary;

namespace Smirk.Files.Strip.Containers;

/// <summary>The one tag of Exif that changes how a picture is displayed (0x0112, CIPA DC-008 table 4): 2 to 8, how to turn and mirror the
/// stored pixels.</summary>
/// <remarks>Byte order and type stay as they were: decoders differ in which they accept, and each must go on doing what it did.</remarks>
/// <param name="Value">2 to 8.</param>
/// <param name="Type">TIFF's type of the entry: 1 byte, 3 short, 4 long.</param>
/// <param name="LittleEndian">Whether the block begins with "II".</param>
internal readonly record struct ExifOrientation(uint Value, ushort Type, bool LittleEndian)
{
    private const ushort Tag = 0x0112;
    private const int HeaderLength = 8;
    private const int EntryLength = 12;

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
        var directory = UInt32(tiff[4..], little);
        if (UInt16(tiff[2..], little) != 42 || directory > tiff.Length - 2)
            return null;
        var entries = tiff[((int)directory + 2)..];
        for (var left = UInt16(tiff[(int)directory..], little); left > 0
            && entries.Length >= EntryLength; left--, entries = entries[EntryLength..])
        {
            if (UInt16(entries, little) != Tag)
                continue;
            var type = UInt16(entries[2..], little);
            if (UInt32(entries[4..], little) != 1)
                return null;
            uint? value = type switch { 1 => entries[8], 3 => UInt16(entries[8..], little), 4 => UInt32(entries[8..], little), _ => null };
            return value is >= 2 and <= 8 ? new ExifOrientation(value.Value, type, little) : null;
        }

        return null;
    }

    /// <summary>A TIFF block with this tag alone, after <paramref name="prefix"/>: 26 bytes and the prefix's.</summary>
    public byte[] ToExif(ReadOnlySpan<byte> prefix)
    {
        var result = new byte[prefix.Length + HeaderLength + 2 + EntryLength + 4];
        prefix.CopyTo(result);
        var tiff = result.AsSpan(prefix.Length);
        tiff[..2].Fill(LittleEndian ? (byte)'I' : (byte)'M');
        Put16(tiff[2..], 42);
        Put32(tiff[4..], HeaderLength);
        Put16(tiff[8..], 1);
        Put16(tiff[10..], Tag);
        Put16(tiff[12..], Type);
        Put32(tiff[14..], 1);
        switch (Type)
        {
            case 1: tiff[18] = (byte)Value; break;
            case 3: Put16(tiff[18..], (ushort)Value); break;
            default: Put32(tiff[18..], Value); break;
        }

        return result;
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private void Put16(Span<byte> to, ushort value)
    {
        if (LittleEndian)
            BinaryPrimitives.WriteUInt16LittleEndian(to, value);
        else
            BinaryPrimitives.WriteUInt16BigEndian(to, value);
    }

    private void Put32(Span<byte> to, uint value)
    {
        if (LittleEndian)
            BinaryPrimitives.WriteUInt32LittleEndian(to, value);
        else
            BinaryPrimitives.WriteUInt32BigEndian(to, value);
    }
}
