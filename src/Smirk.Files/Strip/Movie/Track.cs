using System.Buffers.Binary;
using Smirk.Files.Strip.Boxes;

namespace Smirk.Files.Strip.Movie;

/// <summary>A track of a movie: what it is for, and where its samples lie.</summary>
internal sealed class Track
{
    // Players show or play these. What else there is tells of the recording: places, motion, faces, the time of day.
    private static readonly HashSet<string> Shown =
        ["vide", "soun", "text", "sbtl", "subt", "subp", "clcp", "auxv", "pict", "hint", "MPEG", "m1v"];

    /// <summary>Reads a trak box.</summary>
    public Track(byte[] content)
    {
        Id = IdOf(content);
        var media = Content(content, "mdia", "its track has no mdia box");
        Kind = Box.NameOf(HandlerBox.KindOf(Content(media, "hdlr", "its track doesn't say what it is for (hdlr)")));
        var table = Content(Content(media, "minf", "its track has no minf box"), "stbl", "its track has no table of samples (stbl)");
        (Chunks, SamplesAreKnown) = ReadChunks(table);
        HasAuxiliary = BoxReader.Read(table).Exists(b => b.Name is "saio" or "saiz");
    }

    /// <summary>Its number.</summary>
    public long Id { get; }

    /// <summary>What it is for.</summary>
    public string Kind { get; }

    /// <summary>Whether it stays.</summary>
    public bool IsKept => Shown.Contains(Kind);

    /// <summary>Runs of its samples in the file.</summary>
    public List<(long Start, long Length)> Chunks { get; }

    /// <summary>Whether the lengths of its chunks are certain.</summary>
    public bool SamplesAreKnown { get; }

    /// <summary>Whether there are data about samples that lie elsewhere in the file.</summary>
    public bool HasAuxiliary { get; }

    /// <summary>Bytes of its samples.</summary>
    public long Bytes => Chunks.Sum(c => c.Length);

    /// <summary>What a person calls it.</summary>
    public string Name => Kind switch
    {
        "tmcd" => "track with the time of recording (tmcd)",
        "camm" => "track with motion and places (camm)",
        var kind => $"track of metadata ({kind})",
    };

    /// <summary>The number of the track whose trak box has this content.</summary>
    public static long IdOf(ReadOnlySpan<byte> content)
    {
        var header = Content(content, "tkhd", "its track has no header (tkhd)");
        var at = header.Length > 0 && header[0] == 1 ? 20 : 12;
        return header.Length >= at + 4 ? BinaryPrimitives.ReadUInt32BigEndian(header[at..])
            : throw new UnstrippableException("its track's header is cut short");
    }

    private static ReadOnlySpan<byte> Content(ReadOnlySpan<byte> of, string name, string otherwise)
    {
        foreach (var box in BoxReader.Read(of))
        {
            if (box.Name == name)
                return of.Slice((int)box.Content, (int)box.ContentLength);
        }

        throw new UnstrippableException(otherwise);
    }

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> of, string name)
    {
        foreach (var box in BoxReader.Read(of))
        {
            if (box.Name == name)
                return of.Slice((int)box.Content, (int)box.ContentLength);
        }

        return [];
    }

    private static (List<(long Start, long Length)> Chunks, bool Known) ReadChunks(ReadOnlySpan<byte> table)
    {
        var places = Places(table);
        var runs = new BoxBytes(Find(table, "stsc"));
        var sizes = new BoxBytes(Find(table, "stsz"));
        var chunks = new List<(long, long)>();
        if (places.Count == 0)
            return (chunks, true);

        // Compact sizes (stz2) are hardly ever written; without sizes only the beginnings are known.
        if (sizes.Left.Length < 12 || runs.Left.Length < 8)
            return (places.ConvertAll(p => (p, 0L)), false);
        sizes.Take(4);
        var (each, samples) = (sizes.Number(4), sizes.Number(4));
        runs.Take(4);
        var left = runs.Number(4);
        var (perChunk, next) = (0L, 1L);
        var upcoming = left > 0 ? (First: runs.Number(4), Per: runs.Number(4), Skip: runs.Take(4).Length) : (long.MaxValue, 0, 0);
        for (var chunk = 1L; chunk <= places.Count; chunk++)
        {
            while (upcoming.First == chunk && left > 0)
            {
                perChunk = upcoming.Per;
                left--;
                upcoming = left > 0 ? (runs.Number(4), runs.Number(4), runs.Take(4).Length) : (long.MaxValue, 0, 0);
            }

            var count = Math.Min(perChunk, samples - next + 1);
            if (each > 0 && count > long.MaxValue / each)
                throw new UnstrippableException("its samples have more bytes than any file");
            var length = each > 0 ? each * count : 0;
            for (var i = 0L; each == 0 && i < count; i++)
                length += sizes.Number(4);
            next += count;
            chunks.Add((places[(int)chunk - 1], length));
        }

        return (chunks, true);
    }

    private static List<long> Places(ReadOnlySpan<byte> table)
    {
        var large = Find(table, "co64");
        var size = large.IsEmpty ? 4 : 8;
        var read = new BoxBytes(large.IsEmpty ? Find(table, "stco") : large);
        var places = new List<long>();
        if (read.Left.IsEmpty)
            return places;
        read.Take(4);
        for (var left = read.Number(4); left > 0; left--)
            places.Add(read.Number(size));
        return places;
    }
}
