using Smirk.Files.Strip.Containers;
using Smirk.Files.Strip.Tags;

namespace Smirk.Files.Strip.Tiff;

/// <summary>Decides for the metadata of a directory of a TIFF where not all of them go. What is edited stays where it is and as long as it
/// is.</summary>
/// <param name="source">The file.</param>
/// <param name="reader">Reads its directories.</param>
/// <param name="options">What goes.</param>
/// <param name="needed">Told of ranges that stay, or are written anew.</param>
/// <param name="cleared">Told of ranges that go.</param>
internal sealed class TiffSelection(
    ByteSource source, TiffReader reader, StripOptions options, List<(long Start, long End, byte[]? Literal)> needed,
    List<(long Start, long End)> cleared)
{
    private const ushort Xmp = 700;
    private const byte Blank = (byte)' ';

    private readonly HashSet<TiffEntry> _written = [];

    /// <summary>Bytes taken out of what stays.</summary>
    public long Removed { get; private set; }

    /// <summary>Whether a tag that decoding doesn't need stays all the same.</summary>
    public bool Stays(TiffEntry entry)
    {
        // What decoding needs and the person doesn't want, such as a profile, was asked for by name.
        if (!options.Tags.IsSelective || entry.Tag is TiffTags.Profile or TiffTags.Orientation)
            return false;
        if (ExifKinds.LeadsTo(entry.Tag) is { } below)
            return Walk(entry, below);
        if (entry.Tag == Xmp)
            return Edit(entry);
        return !options.Tags.Goes(ExifKinds.Of(ExifDirectory.Main, entry.Tag), TagKind.Exif);
    }

    /// <summary>Whether the places of a tag that stays were seen to already.</summary>
    public bool Wrote(TiffEntry entry) => _written.Contains(entry);

    private bool Walk(TiffEntry entry, ExifDirectory kind)
    {
        if (entry.Count != 1 || reader.Read(reader.Values(entry)[0]) is not { } directory)
            return false;
        var kept = directory.Entries.Where(e => ExifKinds.LeadsTo(e.Tag) is { } below ? Walk(e, below)
            : !options.Tags.Goes(ExifKinds.Of(kind, e.Tag), TagKind.Exif)).ToList();
        foreach (var one in directory.Entries.Where(e => !e.IsInline))
        {
            reader.Require(one.ValueAt, one.ValueLength);
            if (kept.Contains(one))
                needed.Add((one.ValueAt, one.ValueAt + one.ValueLength, null));
            else
                cleared.Add((one.ValueAt, one.ValueAt + one.ValueLength));
        }

        foreach (var one in directory.Entries.Except(kept))
            Removed += one.Raw.Length + (one.IsInline ? 0 : one.ValueLength);
        if (kept.Count == 0)
        {
            cleared.Add((directory.Offset, directory.Offset + directory.Length));
            return false;
        }

        var written = reader.Written(kept, 0);
        needed.Add((directory.Offset, directory.Offset + written.Length, written));
        cleared.Add((directory.Offset + written.Length, directory.Offset + directory.Length));
        _written.Add(entry);
        return true;
    }

    private bool Edit(TiffEntry entry)
    {
        if (entry.IsInline || entry.ValueLength > 64 << 20)
            return false;
        reader.Require(entry.ValueAt, entry.ValueLength);
        var packet = source.Read(entry.ValueAt, (int)entry.ValueLength).ToArray();
        if (XmpEdit.Apply(packet, options.Tags) is not { } edited)
            return false;
        if (edited.Length > packet.Length)
            throw new UnstrippableException("what is to stay of its XMP no longer fits into its place");
        Removed += packet.Length - edited.Length;
        var padded = Enumerable.Repeat(Blank, packet.Length).ToArray();
        edited.CopyTo(padded, 0);
        needed.Add((entry.ValueAt, entry.ValueAt + entry.ValueLength, padded));
        _written.Add(entry);
        return true;
    }
}
