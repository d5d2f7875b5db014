using Smirk.Files.Strip.Containers;
using Smirk.Files.Strip.Tiff;

namespace Smirk.Files.Strip.Tags;

/// <summary>
/// Takes tags out of a block of Exif, which is a small TIFF file. Nothing in it moves: makers' own blocks are full of places that
/// nobody else knows. What goes is overwritten with zeros; where only some tags are to stay, so is every byte that none of them refers to.
/// </summary>
internal sealed class ExifEdit
{
    private readonly byte[] _block;
    private readonly TiffReader _reader;
    private readonly StripOptions _options;
    private readonly List<(long Start, long End)> _stays = [];
    private readonly List<(long Start, long End)> _goes = [];
    private int _tags;

    private ExifEdit(byte[] block, StripOptions options)
    {
        (_block, _options) = (block, options);
        _reader = new TiffReader(new ByteSource(block));
    }

    /// <summary>The block without what goes, as long as it was; null where no tag is left.</summary>
    /// <param name="block">From "II" or "MM" on.</param>
    /// <param name="options">What goes.</param>
    /// <exception cref="UnstrippableException">It can't be read, so that nothing can be told of what is in it.</exception>
    public static byte[]? Apply(ReadOnlySpan<byte> block, StripOptions options)
    {
        try
        {
            return new ExifEdit(block.ToArray(), options).Apply();
        }
        catch (UnstrippableException damage)
        {
            throw new UnstrippableException($"its Exif can't be read, so no part of it can stay by itself ({damage.Message})");
        }
    }

    private byte[]? Apply()
    {
        _stays.Add((0, _reader.HeaderLength));
        Walk(_reader.First, ExifDirectory.Main);
        if (_tags == 0)
            return null;
        if (_options.Tags.IsOnly)
            _goes.ForEach(range => Clear(range.Start, range.End));
        else
            ClearAllBut();
        return _block;
    }

    private bool Walk(long place, ExifDirectory kind)
    {
        if (place == 0 || _reader.Read(place) is not { } directory)
            return false;
        var kept = directory.Entries.Where(entry => Stays(entry, kind)).ToList();
        var next = kind == ExifDirectory.Main && directory.Next != 0 && Walk(directory.Next, ExifDirectory.Preview) ? directory.Next : 0;
        foreach (var entry in directory.Entries)
            Note(entry, kept.Contains(entry));
        var preview = kind == ExifDirectory.Preview ? Preview(directory) : null;
        if (preview is { } range)
            (kept.Count > 0 ? _stays : _goes).Add(range);
        _tags += kept.Count;
        Write(directory, kept, next);
        return kept.Count > 0;
    }

    private bool Stays(TiffEntry entry, ExifDirectory kind)
    {
        if (ExifKinds.LeadsTo(entry.Tag) is { } below)
            return entry.Count == 1 && Walk(_reader.Values(entry)[0], below);
        if (kind == ExifDirectory.Main && entry.Tag == ExifKinds.Orientation)
            return !_options.DropOrientation;
        return !_options.Tags.Goes(ExifKinds.Of(kind, entry.Tag), TagKind.Exif);
    }

    private void Note(TiffEntry entry, bool stays)
    {
        if (entry.IsInline)
            return;
        _reader.Require(entry.ValueAt, entry.ValueLength);
        (stays ? _stays : _goes).Add((entry.ValueAt, entry.ValueAt + entry.ValueLength));
    }

    // The preview's bytes: JPEG at 513, as long as 514 says.
    private (long Start, long End)? Preview(TiffDirectory directory)
    {
        if (directory.Find(513) is not { Count: 1 } place || directory.Find(514) is not { Count: 1 } length)
            return null;
        var (at, bytes) = (_reader.Values(place)[0], _reader.Values(length)[0]);
        _reader.Require(at, bytes);
        return (at, at + bytes);
    }

    private void Write(TiffDirectory directory, List<TiffEntry> kept, long next)
    {
        var used = kept.Count == 0 && next == 0 ? 0 : _reader.CountLength + (kept.Count * _reader.EntryLength) + _reader.PlaceLength;
        Array.Clear(_block, (int)directory.Offset, (int)directory.Length);
        if (used == 0)
            return;
        _stays.Add((directory.Offset, directory.Offset + used));
        var at = (int)directory.Offset;
        _reader.Put(_block.AsSpan(at), kept.Count, _reader.CountLength);
        at += _reader.CountLength;
        foreach (var entry in kept)
        {
            entry.Raw.CopyTo(_block, at);
            at += entry.Raw.Length;
        }

        _reader.Put(_block.AsSpan(at), next, _reader.PlaceLength);
    }

    // But where what stays is there, too.
    private void Clear(long start, long end)
    {
        foreach (var (from, to) in _stays.Where(r => r.Start < end && r.End > start).OrderBy(r => r.Start))
        {
            if (from > start)
                Array.Clear(_block, (int)start, (int)(from - start));
            start = Math.Max(start, to);
        }

        if (end > start)
            Array.Clear(_block, (int)start, (int)(end - start));
    }

    private void ClearAllBut() => Clear(0, _block.Length);
}
