namespace Smirk.Files.Strip.Tiff;

/// <summary>A tag of a directory.</summary>
/// <param name="Tag">Its number.</param>
/// <param name="Type">TIFF's type.</param>
/// <param name="Count">How many values.</param>
/// <param name="Raw">The whole entry, as it stands: 12 bytes, 20 in BigTIFF.</param>
/// <param name="ValueAt">Where in the file its values begin.</param>
/// <param name="ValueLength">Their bytes.</param>
/// <param name="IsInline">Whether they stand in the entry itself.</param>
internal sealed record TiffEntry(ushort Tag, ushort Type, long Count, byte[] Raw, long ValueAt, long ValueLength, bool IsInline);

/// <summary>A directory.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Length">All of it: count, entries, place of the next.</param>
/// <param name="Entries">Its tags, in the file's order.</param>
/// <param name="Next">The place of the next; 0 for none.</param>
internal sealed record TiffDirectory(long Offset, long Length, IReadOnlyList<TiffEntry> Entries, long Next)
{
    /// <summary>The tag, or null.</summary>
    public TiffEntry? Find(ushort tag) => Entries.FirstOrDefault(e => e.Tag == tag);
}
