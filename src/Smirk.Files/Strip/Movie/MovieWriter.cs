using System.Buffers.Binary;
using Smirk.Files.Strip.Boxes;

namespace Smirk.Files.Strip.Movie;

/// <summary>Writes the moov box of a movie anew: tables of samples and what players need stay; user data, times, names and tracks of
/// metadata go.</summary>
internal sealed class MovieWriter
{
    // What may be in which box. All else goes, so that what isn't known can't carry anything.
    private static readonly Dictionary<string, HashSet<string>> Known = new()
    {
        ["moov"] = ["mvhd", "trak", "mvex", "iods", "pssh", "ctab"],
        ["trak"] = ["tkhd", "edts", "tref", "mdia", "load", "tapt", "clip", "matt", "imap", "trgr"],
        ["mdia"] = ["mdhd", "hdlr", "minf", "elng"],
        ["minf"] = ["vmhd", "smhd", "hmhd", "nmhd", "sthd", "gmhd", "hdlr", "dinf", "stbl"],
        ["stbl"] =
        [
            "stsd", "stts", "ctts", "cslg", "stss", "stps", "stsc", "stsz", "stz2", "stco", "co64", "sdtp", "padb", "stdp", "sbgp", "sgpd",
            "subs", "saiz", "saio", "csgm",
        ],
    };

    private readonly StripOptions _options;
    private readonly HashSet<long> _goneTracks = [];
    private readonly List<byte> _out = [];
    private readonly List<(int At, int Size, int Count)> _places = [];

    /// <summary>Reads the tracks and decides which go.</summary>
    /// <exception cref="UnstrippableException">It is of a kind that isn't known, or no track would be left.</exception>
    public MovieWriter(byte[] content, StripOptions options)
    {
        _options = options;
        var boxes = BoxReader.Read(content);
        if (boxes.Find(b => b.Name is "cmov" or "rmra" or "rmda") is { } strange)
            throw new UnstrippableException($"its moov box is of a kind that isn't read ({strange.Name})");
        Tracks = [.. boxes.Where(b => b.Name == "trak")
            .Select(b => new Track(content.AsSpan((int)b.Content, (int)b.ContentLength).ToArray()))];
        foreach (var track in Tracks.Where(t => !t.IsKept))
        {
            _goneTracks.Add(track.Id);
            Removed.Add((track.Name, Math.Max(1, track.Bytes)));
        }

        if (Tracks.TrueForAll(t => !t.IsKept))
            throw new UnstrippableException("it has no track of pictures or sound");
        Content = content;
    }

    /// <summary>The box's old content.</summary>
    public byte[] Content { get; }

    /// <summary>All tracks.</summary>
    public List<Track> Tracks { get; }

    /// <summary>What goes, with its bytes.</summary>
    public List<(string Name, long Bytes)> Removed { get; } = [];

    /// <summary>The whole box, with the places in the file as they were; <see cref="PatchPlaces"/> corrects them.</summary>
    public byte[] Write()
    {
        Write("moov", Content, kind: 0);
        return [.. _out];
    }

    /// <summary>Writes where chunks of samples are now.</summary>
    public void PatchPlaces(byte[] written, Func<long, long> inFile)
    {
        foreach (var (at, size, count) in _places)
        {
            for (var i = 0; i < count; i++)
            {
                var place = written.AsSpan(at + (i * size), size);
                if (size == 4)
                    BinaryPrimitives.WriteUInt32BigEndian(place, (uint)Short(inFile(BinaryPrimitives.ReadUInt32BigEndian(place))));
                else
                    BinaryPrimitives.WriteInt64BigEndian(place, inFile(BinaryPrimitives.ReadInt64BigEndian(place)));
            }
        }
    }

    /// <summary>A place that has four bytes to stand in.</summary>
    /// <exception cref="UnstrippableException">It needs more.</exception>
    public static long Short(long place) => place <= uint.MaxValue ? place
        : throw new UnstrippableException($"the place {place} of its data doesn't fit into 4 bytes");

    private void Write(string name, ReadOnlySpan<byte> content, uint kind)
    {
        var start = _out.Count;
        _out.AddRange(new byte[8]);
        foreach (var box in BoxReader.Read(content))
        {
            var inside = content.Slice((int)box.Content, (int)box.ContentLength);
            var all = content.Slice((int)box.Offset, (int)box.Length);
            if (!Known[name].Contains(box.Name))
                Removed.Add((NameOf(box, inside), box.Length));
            else if (box.Name == "trak")
                WriteTrack(inside);
            else if (Known.ContainsKey(box.Name))
                Write(box.Name, inside, box.Name == "mdia" ? KindOf(inside) : kind);
            else
                WriteLeaf(box, inside, all, kind);
        }

        var length = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(length, _out.Count - start);
        System.Text.Encoding.ASCII.GetBytes(name).CopyTo(length, 4);
        for (var i = 0; i < 8; i++)
            _out[start + i] = length[i];
    }

    private void WriteTrack(ReadOnlySpan<byte> inside)
    {
        if (!_goneTracks.Contains(Track.IdOf(inside)))
            Write("trak", inside, kind: 0);
    }

    private void WriteLeaf(Box box, ReadOnlySpan<byte> inside, ReadOnlySpan<byte> all, uint kind)
    {
        switch (box.Name)
        {
            case "mvhd" or "tkhd" or "mdhd":
                WriteHeader(box, inside, all);
                break;
            case "hdlr":
                HandlerBox.Write(inside, all, _out, Removed);
                break;
            case "tref":
                WriteReferences(box, inside);
                break;
            case "stsd":
                _out.AddRange(SampleDescription.Unsigned(all, kind, Removed));
                break;
            case "stco" or "co64":
                WritePlaces(box, inside, all, countAt: 4);
                break;
            case "saio":
                WritePlaces(box, inside, all, countAt: inside.Length > 3 && (inside[3] & 1) != 0 ? 12 : 4);
                break;
            default:
                _out.AddRange(all);
                break;
        }
    }

    // Times of creation and change (seconds since 1904), and where it is asked for the matrix that turns the picture.
    private void WriteHeader(Box box, ReadOnlySpan<byte> inside, ReadOnlySpan<byte> all)
    {
        var copy = all.ToArray();
        var at = (int)(box.Content - box.Offset);
        var size = inside.Length > 0 && inside[0] == 1 ? 8 : 4;
        if (inside.Length < 4 + (2 * size))
            throw new UnstrippableException($"its {box.Name} box is cut short");
        var times = copy.AsSpan(at + 4, 2 * size);
        if (times.IndexOfAnyExcept((byte)0) >= 0)
            Removed.Add(("times", 2 * size));
        times.Clear();
        var matrix = at + (size == 4 ? 40 : 52);
        if (box.Name == "tkhd" && _options.DropOrientation && copy.Length >= matrix + 36)
        {
            ReadOnlySpan<byte> upright =
            [
                0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0,
            ];
            if (!copy.AsSpan(matrix, 36).SequenceEqual(upright))
                Removed.Add(("orientation", 36));
            upright.CopyTo(copy.AsSpan(matrix));
        }

        _out.AddRange(copy);
    }

    private void WriteReferences(Box box, ReadOnlySpan<byte> inside)
    {
        List<byte> made = [];
        foreach (var reference in BoxReader.Read(inside))
        {
            List<byte> ids = [];
            var read = new BoxBytes(inside.Slice((int)reference.Content, (int)reference.ContentLength));
            while (read.Left.Length >= 4)
            {
                var id = read.Number(4);
                if (!_goneTracks.Contains(id))
                    ids.Number(id, 4);
            }

            if (ids.Count > 0)
                made.AddRange(BoxWriter.Make(reference.Type, [.. ids]));
        }

        if (made.Count > 0)
            _out.AddRange(BoxWriter.Make(box.Type, [.. made]));
    }

    private void WritePlaces(Box box, ReadOnlySpan<byte> inside, ReadOnlySpan<byte> all, int countAt)
    {
        if (inside.Length < countAt + 4)
            throw new UnstrippableException($"its {box.Name} box is cut short");
        var size = box.Name == "stco" || (box.Name == "saio" && inside[0] == 0) ? 4 : 8;
        var count = BinaryPrimitives.ReadUInt32BigEndian(inside[countAt..]);
        if (count * (long)size > inside.Length - countAt - 4)
            throw new UnstrippableException($"its {box.Name} box is cut short: {count} places don't fit into it");
        _places.Add((_out.Count + (int)(box.Content - box.Offset) + countAt + 4, size, (int)count));
        _out.AddRange(all);
    }

    private static uint KindOf(ReadOnlySpan<byte> media)
    {
        foreach (var box in BoxReader.Read(media))
        {
            if (box.Name == "hdlr")
                return HandlerBox.KindOf(media.Slice((int)box.Content, (int)box.ContentLength));
        }

        return 0;
    }

    private static string NameOf(Box box, ReadOnlySpan<byte> inside) => box.Name switch
    {
        "udta" => "user data (udta)",
        "meta" => "metadata (meta)",
        "uuid" => UuidBox.NameOf(inside),
        "free" or "skip" or "wide" => "unused bytes",
        var name => $"box {name}",
    };
}
