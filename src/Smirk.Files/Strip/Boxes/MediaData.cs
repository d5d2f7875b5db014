using Smirk.Files.Strip.Heif;
using Smirk.Files.Strip.Movie;

namespace Smirk.Files.Strip.Boxes;

/// <summary>What stays of the coded data (mdat).</summary>
internal sealed class MediaData
{
    private readonly List<(long Start, long End)>? _only;
    private readonly List<(long Start, long End)> _gone = [];
    private readonly List<(long Start, long End)> _removedItems = [];
    private readonly IReadOnlyList<(long Start, byte[] Bytes)> _edited;

    /// <summary>Works out which ranges of the file stay or go.</summary>
    /// <exception cref="UnstrippableException">What goes can't be told from what stays.</exception>
    public MediaData(HeifChoice? choice, MovieWriter? movie)
    {
        _edited = choice?.Edited ?? [];
        // Of still pictures every byte is accounted for by an item.
        if (choice is not null && movie is null)
        {
            (_only, _removedItems) = (choice.Ranges(method: 0), choice.Ranges(method: 0, kept: false));
            return;
        }

        if (choice is not null)
            _gone.AddRange(choice.Ranges(method: 0, kept: false));
        if (movie is not null)
            _gone.AddRange(SamplesOf(movie));
        _gone.Sort();
        RefuseOverlaps(choice, movie);
    }

    /// <summary>Adds the box, with a header for what is left of it.</summary>
    public void Lay(Box box, bool isLast, Layout layout)
    {
        var kept = Kept(box).ToList();
        var length = kept.Sum(r => r.End - r.Start);
        if (length == box.ContentLength && _edited.Count == 0 && (!box.IsOpen || isLast))
        {
            layout.Keep(box.Offset, box.Length);
            return;
        }

        if (_only is not null && box.ContentLength - length - Removed(box) is > 0 and var unused)
            layout.Remove("unused bytes", unused);
        if (length == 0)
            return;
        layout.Put(box.Offset, box.HeaderLength, Header(length));
        foreach (var (start, end) in kept)
            LayRange(start, end, layout);
    }

    // With what was edited in the place of what was there.
    private void LayRange(long start, long end, Layout layout)
    {
        foreach (var (at, bytes) in _edited.Where(e => e.Start >= start && e.Start < end).OrderBy(e => e.Start))
        {
            if (at < start || at + bytes.Length > end)
                throw new UnstrippableException("metadata that are to stay overlap with other data");
            layout.Keep(start, at - start);
            layout.Stand(at, bytes);
            start = at + bytes.Length;
        }

        layout.Keep(start, end - start);
    }

    private IEnumerable<(long Start, long End)> Kept(Box box)
    {
        if (_only is not null)
        {
            foreach (var (start, end) in _only.Where(r => r.Start >= box.Content && r.Start < box.End))
                yield return end <= box.End ? (start, end)
                    : throw new UnstrippableException("an item's data reach beyond their box (mdat)");
            yield break;
        }

        var at = box.Content;
        foreach (var (start, end) in _gone.Where(r => r.Start >= box.Content && r.End <= box.End))
        {
            if (start > at)
                yield return (at, start);
            at = Math.Max(at, end);
        }

        if (at < box.End)
            yield return (at, box.End);
    }

    // Said of the items themselves.
    private long Removed(Box box) => _removedItems.Where(r => r.Start >= box.Content && r.End <= box.End).Sum(r => r.End - r.Start);

    private static IEnumerable<(long Start, long End)> SamplesOf(MovieWriter movie)
    {
        foreach (var track in movie.Tracks.Where(t => !t.IsKept))
        {
            if (!track.SamplesAreKnown || track.HasAuxiliary)
                throw new UnstrippableException($"the samples of its {track.Name} can't be told from the others for certain");
            foreach (var (start, length) in track.Chunks)
                yield return (start, start + length);
        }
    }

    // A table that names data of two tracks as one's own is wrong about one of them.
    private void RefuseOverlaps(HeifChoice? choice, MovieWriter? movie)
    {
        if (_gone.Count == 0)
            return;
        List<(long Start, long End)> kept =
        [
            .. choice?.Ranges(method: 0) ?? [],
            .. movie?.Tracks.Where(t => t.IsKept).SelectMany(t => t.Chunks.Select(c => (c.Start, c.Start + c.Length))) ?? [],
        ];
        if (movie?.Tracks.Exists(t => t.HasAuxiliary) == true)
            throw new UnstrippableException("it has data about samples (saio) among those of a track that would go");
        kept.Sort();
        var at = 0;
        foreach (var (start, end) in kept)
        {
            while (at < _gone.Count && _gone[at].End <= start)
                at++;
            if (at < _gone.Count && _gone[at].Start < Math.Max(end, start + 1))
                throw new UnstrippableException($"data of a picture or a sound and of metadata overlap at byte {start}");
        }
    }

    private static byte[] Header(long content)
    {
        List<byte> header = [];
        if (content + 8 <= uint.MaxValue)
            header.Number(content + 8, 4);
        else
            header.Number(1, 4);
        header.AddRange("mdat"u8);
        if (content + 8 > uint.MaxValue)
            header.Number(content + 16, 8);
        return [.. header];
    }
}
