using System.Buffers.Binary;

namespace Smirk.Files.Strip.Jpeg.Parts;

/// <summary>One picture in a JPEG's index.</summary>
/// <param name="Attribute">Flags and type; the type is the lower 24 bits.</param>
/// <param name="Offset">Where it begins, from the start of the file.</param>
internal readonly record struct IndexedPicture(uint Attribute, long Offset)
{
    /// <summary>Whether it is a view beside the first one: of a panorama, from the other eye, from another angle.</summary>
    public bool IsView => (Attribute & 0xFF0000) == 0x020000;

    /// <summary>Whether it is the first one once more, smaller.</summary>
    public bool IsPreview => (Attribute & 0xFF0000) == 0x010000;
}

/// <summary>The index of the pictures that a JPEG holds (CIPA DC-007, Multi-Picture Format): an APP2 segment.</summary>
internal static class PictureIndex
{
    /// <summary>How the segment begins.</summary>
    public static ReadOnlySpan<byte> Identifier => "MPF\0"u8;

    // Marker and length of the segment, and the identifier; offsets count from what follows.
    private const int BeforeHeader = 8;

    private const ushort EntriesTag = 0xB002;
    private const int EntryLength = 16;
    private const int TagLength = 12;

    /// <summary>The entries; none where the index can't be read.</summary>
    /// <param name="segment">Where the segment begins in the file.</param>
    /// <param name="parameters">What follows its length.</param>
    public static List<IndexedPicture> Read(long segment, ReadOnlySpan<byte> parameters)
    {
        var found = new List<IndexedPicture>();
        var tiff = parameters[Math.Min(parameters.Length, Identifier.Length)..];
        if (tiff.Length < 8 || !(tiff.StartsWith("II"u8) || tiff.StartsWith("MM"u8)))
            return found;
        var little = tiff[0] == 'I';
        var directory = UInt32(tiff[4..], little);
        if (directory > tiff.Length - 2)
            return found;
        var count = UInt16(tiff[(int)directory..], little);
        for (var i = 0; i < count && directory + 2 + ((i + 1) * TagLength) <= tiff.Length; i++)
        {
            var entry = tiff[((int)directory + 2 + (i * TagLength))..];
            if (UInt16(entry, little) != EntriesTag)
                continue;
            var (length, at) = (UInt32(entry[4..], little), UInt32(entry[8..], little));
            for (long next = at; next + EntryLength <= Math.Min(at + (long)length, tiff.Length); next += EntryLength)
            {
                var picture = tiff[(int)next..];
                var offset = UInt32(picture[8..], little);
                found.Add(new IndexedPicture(UInt32(picture, little), offset == 0 ? 0 : segment + BeforeHeader + offset));
            }
        }

        return found;
    }

    /// <summary>The whole segment.</summary>
    /// <param name="segment">Where it will begin in the file.</param>
    /// <param name="pictures">Attribute, place and length of each, the first one's place 0.</param>
    public static byte[] Write(long segment, IReadOnlyList<(uint Attribute, long Offset, long Length)> pictures)
    {
        const int tags = 3;
        const int entriesAt = 8 + 2 + (tags * TagLength) + 4;
        var parameters = new byte[Identifier.Length + entriesAt + (pictures.Count * EntryLength)];
        Identifier.CopyTo(parameters);
        var tiff = parameters.AsSpan(Identifier.Length);
        "MM\0*\0\0\0\x08\0\x03"u8.CopyTo(tiff);
        Tag(tiff[10..], 0xB000, 7, 4, 0x30313030);
        Tag(tiff[22..], 0xB001, 4, 1, (uint)pictures.Count);
        Tag(tiff[34..], EntriesTag, 7, (uint)(pictures.Count * EntryLength), entriesAt);
        for (var i = 0; i < pictures.Count; i++)
        {
            var entry = tiff[(entriesAt + (i * EntryLength))..];
            BinaryPrimitives.WriteUInt32BigEndian(entry, pictures[i].Attribute);
            BinaryPrimitives.WriteUInt32BigEndian(entry[4..], (uint)pictures[i].Length);
            BinaryPrimitives.WriteUInt32BigEndian(entry[8..], pictures[i].Offset == 0 ? 0
                : (uint)(pictures[i].Offset - segment - BeforeHeader));
        }

        return JpegStripper.Segment(JpegMarker.App2, parameters);
    }

    private static void Tag(Span<byte> to, ushort tag, ushort type, uint count, uint value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(to, tag);
        BinaryPrimitives.WriteUInt16BigEndian(to[2..], type);
        BinaryPrimitives.WriteUInt32BigEndian(to[4..], count);
        BinaryPrimitives.WriteUInt32BigEndian(to[8..], value);
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
