using Smirk.Files.Strip.Containers;

namespace Smirk.Files.Strip.Tiff;

/// <summary>
/// Strips TIFF and BigTIFF where they are: a tag that goes is taken out of its directory, and every byte that nothing refers to any more is
/// overwritten with zeros. No byte of a picture moves, so none has to be found again.
/// </summary>
internal sealed class TiffStripper
{
    private static readonly byte[] Zeros = new byte[1 << 16];

    private readonly ByteSource _source;
    private readonly StripOptions _options;
    private readonly TiffReader _reader;
    private readonly List<(long Start, long End, byte[]? Literal)> _needed = [];
    private readonly List<(long Start, long End)> _cleared = [];
    private readonly SortedDictionary<string, long> _gone = [];
    private bool _lastWasWritten;

    private TiffStripper(ByteSource source, StripOptions options)
    {
        (_source, _options) = (source, options);
        _reader = new TiffReader(source);
    }

    /// <summary>Decides for every tag.</summary>
    public static RewritePlan Plan(ByteSource source, StripOptions options) => new TiffStripper(source, options).Plan();

    private RewritePlan Plan()
    {
        _needed.Add((0, _reader.HeaderLength, null));
        Walk(_reader.First, isTop: true);
        if (_needed.Count == 1)
            throw new UnstrippableException("it has no picture (no directory)");
        return Lay();
    }

    // A chain of directories, and those below.
    private void Walk(long first, bool isTop)
    {
        for (var at = first; at != 0;)
        {
            if (_reader.Read(at) is not { } directory)
                throw new UnstrippableException("its directories lead round in a circle");
            if (directory.Find(TiffTags.RawVersion) is not null)
                throw new UnstrippableException("it is a camera's raw file (DNG), whose metadata are needed to develop it");
            Take(directory);
            at = isTop ? directory.Next : 0;
        }
    }

    private void Take(TiffDirectory directory)
    {
        if (directory.Find(TiffTags.Compression) is { } compression && _reader.Values(compression) is [6 or 34713])
            throw new UnstrippableException(
                "it is compressed the way of old TIFF-JPEGs or raw files, whose data can't be told for certain");
        var selection = new TiffSelection(_source, _reader, _options, _needed, _cleared);
        var kept = directory.Entries.Where(e => TiffTags.Stays(e.Tag, _options) || selection.Stays(e)).ToList();
        foreach (var entry in directory.Entries.Except(kept))
        {
            var name = TiffTags.NameOf(entry.Tag);
            _gone[name] = _gone.GetValueOrDefault(name) + entry.Raw.Length + (entry.IsInline ? 0 : entry.ValueLength);
            if (!entry.IsInline && entry.ValueLength > 0)
                _cleared.Add((entry.ValueAt, entry.ValueAt + entry.ValueLength));
        }

        if (selection.Removed > 0)
            _gone["parts of metadata"] = _gone.GetValueOrDefault("parts of metadata") + selection.Removed;

        foreach (var entry in kept.Where(e => !selection.Wrote(e)))
            Take(entry);
        TakeData(directory, TiffTags.StripOffsets, TiffTags.StripByteCounts, TiffSize.OfStrip(directory, _reader));
        TakeData(directory, TiffTags.TileOffsets, TiffTags.TileByteCounts, TiffSize.OfTile(directory, _reader));
        var written = _reader.Written(kept, directory.Next);
        _needed.Add((directory.Offset, directory.Offset + written.Length, written));
    }

    private void Take(TiffEntry entry)
    {
        if (TiffReader.SizeOf(entry.Type) == 0)
            throw new UnstrippableException($"its tag {entry.Tag} is of the unknown type {entry.Type}");
        if (!entry.IsInline)
        {
            _reader.Require(entry.ValueAt, entry.ValueLength);
            _needed.Add((entry.ValueAt, entry.ValueAt + entry.ValueLength, null));
        }

        if (entry.Tag == TiffTags.SubDirectories)
        {
            foreach (var place in _reader.Values(entry))
                Walk(place, isTop: false);
        }
    }

    private void TakeData(TiffDirectory directory, ushort offsets, ushort lengths, TiffSize? size)
    {
        if (directory.Find(offsets) is not { } places)
            return;
        if (directory.Find(lengths) is not { } counts)
            throw new UnstrippableException("it doesn't say how long its picture data are");
        var (starts, bytes) = (_reader.Values(places), _reader.Values(counts));
        if (starts.Length != bytes.Length)
            throw new UnstrippableException($"it has {starts.Length} places of picture data and {bytes.Length} lengths");
        for (var i = 0; i < starts.Length; i++)
        {
            // A tile without data is left out by its writer: place and length are 0.
            if (starts[i] == 0 && bytes[i] == 0)
                continue;
            if (bytes[i] == 0)
                throw new UnstrippableException("it doesn't say how long its picture data are");

            // Decoders disbelieve a length that is too short for pixels stored as they are, and read on.
            if (size?.Of(i) is { } least && bytes[i] < least)
                throw new UnstrippableException($"its picture data are {bytes[i]} bytes where its size asks for {least}");
            _reader.Require(starts[i], bytes[i]);
            _needed.Add((starts[i], starts[i] + bytes[i], null));
        }
    }

    private RewritePlan Lay()
    {
        var plan = new RewritePlan(_source);
        _needed.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.End.CompareTo(a.End));
        var at = 0L;
        var unused = 0L;
        foreach (var (start, end, literal) in _needed)
        {
            // Data shared by directories are there once; what is written anew must not be another's data.
            if (start < at && (literal is not null || _lastWasWritten))
                throw new UnstrippableException($"its directories and data overlap at byte {start}");
            if (start > at)
                unused += Clear(plan, at, start - at);
            if (literal is not null)
                plan.Exchange(start, end - start, literal);
            else if (end > at)
                plan.Keep(Math.Max(start, at), end - Math.Max(start, at));
            _lastWasWritten = literal is not null;
            at = Math.Max(at, end);
        }

        foreach (var (name, bytes) in _gone)
            plan.Remove(name, bytes);
        var tail = _source.Length - at;
        if (_options.Tags.IsOnly)
            ClearOnly(plan, at, tail);
        else if (_gone.Count == 0)
            plan.Remove("unused bytes", unused + tail);
        return plan;
    }

    // Bytes that nothing refers to: zeros stay, all else becomes zeros. Returns how many weren't.
    private long Clear(RewritePlan plan, long offset, long length)
    {
        if (_options.Tags.IsOnly)
            return ClearOnly(plan, offset, length);
        var cleared = 0L;
        for (var done = 0L; done < length;)
        {
            var count = (int)Math.Min(Zeros.Length, length - done);
            if (_source.Read(offset + done, count).IndexOfAnyExcept((byte)0) < 0)
            {
                plan.Keep(offset + done, count);
            }
            else
            {
                cleared += count;
                PutZeros(plan, count);
            }

            done += count;
        }

        return cleared;
    }

    // Only what was taken out: makers' own blocks refer to bytes in ways that nobody else knows.
    private long ClearOnly(RewritePlan plan, long offset, long length)
    {
        var (at, end) = (offset, offset + length);
        foreach (var (from, to) in _cleared.Where(r => r.Start < end && r.End > offset).OrderBy(r => r.Start))
        {
            if (from > at)
                plan.Keep(at, from - at);
            at = Math.Max(at, from);
            for (var stop = Math.Min(to, end); at < stop; at += Math.Min(Zeros.Length, stop - at))
                PutZeros(plan, (int)Math.Min(Zeros.Length, stop - at));
        }

        plan.Keep(at, end - at);
        return 0;
    }

    private static void PutZeros(RewritePlan plan, int count) => plan.Insert(count == Zeros.Length ? Zeros : new byte[count]);
}
