using Smirk.Files.Strip.Containers;
using Smirk.Files.Strip.Heif;
using Smirk.Files.Strip.Movie;

namespace Smirk.Files.Strip.Boxes;

/// <summary>Strips HEIC, AVIF, MP4 and QuickTime: boxes that describe pictures, tracks and samples are written anew without what is said
/// besides, coded data are copied byte by byte, and every place that a box names is looked up where those bytes are now.</summary>
internal sealed class BoxStripper
{
    private readonly ByteSource _source;
    private readonly StripOptions _options;
    private readonly List<Box> _boxes;
    private readonly long _end;
    private readonly Layout _layout = new();
    private readonly HeifMeta? _meta;
    private readonly HeifChoice? _choice;
    private readonly MovieWriter? _movie;
    private readonly bool _isFragmented;

    private BoxStripper(ByteSource source, StripFormat format, StripOptions options)
    {
        (_source, _options) = (source, options);
        (_boxes, _end) = BoxReader.ReadFile(source);
        if (format is StripFormat.Heic or StripFormat.Avif && One("meta") is { } meta)
        {
            _meta = new HeifMeta(BoxReader.ContentOf(source, meta));
            _choice = new HeifChoice(_meta, source, options);
        }

        if (options.Tags.IsSelective && _meta is null)
            throw new UnstrippableException("of a movie's metadata no part can stay by itself; without --keep and --only all go");
        if (One("moov") is { } moov)
            _movie = new MovieWriter(BoxReader.ContentOf(source, moov), options);
        if (_meta is null && _movie is null)
            throw new UnstrippableException(_end < source.Length || _boxes.Exists(b => b.IsOpen && b.Name == "mdat")
                ? "cut short: it has no index of its samples (moov)" : "it has neither pictures (meta) nor tracks (moov)");
        _isFragmented = _boxes.Exists(b => b.Name == "moof");
    }

    /// <summary>Decides for every box.</summary>
    public static RewritePlan Plan(ByteSource source, StripFormat format, StripOptions options) =>
        new BoxStripper(source, format, options).Plan();

    private RewritePlan Plan()
    {
        if (_isFragmented)
            MovieFragments.RefuseUnknown(_boxes, _movie);
        byte[]? meta = null;
        byte[]? movie = null;
        HeifMetaWriter? items = null;
        var media = new MediaData(_choice, _movie);
        var indexed = false;
        var fragments = new List<(Box Box, byte[] Bytes)>();
        foreach (var box in _boxes)
        {
            indexed |= box.Name == "sidx";
            switch (box.Name)
            {
                case "ftyp" or "styp" or "pdin" or "sidx" or "prft":
                    _layout.Keep(box.Offset, box.Length);
                    break;
                case "meta" when _meta is not null:
                    items = new HeifMetaWriter(_meta, _choice!, _options);
                    _layout.Put(box.Offset, box.Length, meta = items.Write());
                    items.Removed.ForEach(r => _layout.Remove(r.Name, r.Bytes));
                    break;
                case "moov":
                    _layout.Put(box.Offset, box.Length, movie = _movie!.Write());
                    _movie.Removed.ForEach(r => _layout.Remove(r.Name, r.Bytes));
                    break;
                case "mdat":
                    media.Lay(box, box == _boxes[^1] && _end == _source.Length, _layout);
                    break;
                case "moof" or "mfra":
                    var bytes = BoxReader.WholeOf(_source, box);
                    fragments.Add((box, bytes));
                    _layout.Put(box.Offset, box.Length, bytes);
                    break;
                case "free" or "skip" or "wide" when indexed:
                    // An index counts bytes from itself to what it leads to.
                    _layout.Put(box.Offset, box.Length, Blank(box));
                    break;
                default:
                    if (indexed)
                        throw new UnstrippableException($"its {box.Name} box lies between parts that an index (sidx) counts over");
                    _layout.Remove(NameOf(box), box.Length);
                    break;
            }
        }

        if (_source.Length > _end)
            _layout.Remove("bytes after the end", _source.Length - _end);
        if (_choice is { Edited.Count: > 0 })
            _layout.Remove("parts of metadata", 1);
        foreach (var item in _choice?.Removed ?? [])
            _layout.Remove(item.Name, item.Entry.Length + _meta!.Locations.Where(l => l.Id == item.Id).Sum(l => l.Length));
        items?.PatchLocations(meta!, _layout.Map);
        _movie?.PatchPlaces(movie!, place => _layout.Map(place, 0));
        fragments.ForEach(f => MovieFragments.Patch(f.Box, f.Bytes, _layout.MapPlace));
        ProveSamples();
        return _layout.ToPlan(_source);
    }

    // Every run of samples of a track that stays is there as one run.
    private void ProveSamples()
    {
        var data = _boxes.FindAll(b => b.Name == "mdat");
        foreach (var track in _movie?.Tracks.Where(t => t.IsKept) ?? [])
        {
            foreach (var (start, length) in track.Chunks)
            {
                if (!data.Exists(b => start >= b.Content && start + length <= b.End))
                    throw new UnstrippableException($"{length} bytes of its samples at byte {start} aren't among its data (mdat)");
                _layout.Map(start, length);
            }
        }
    }

    private Box? One(string name)
    {
        var found = _boxes.FindAll(b => b.Name == name);
        return found.Count > 1 ? throw new UnstrippableException($"it has {found.Count} {name} boxes; one is expected")
            : found.FirstOrDefault();
    }

    private byte[] Blank(Box box)
    {
        const int Most = 64 << 20;
        if (box.Length > Most)
            throw new UnstrippableException($"its {box.Name} box has {box.Length} bytes, which no real file has");
        return [.. _source.Read(box.Offset, box.HeaderLength), .. new byte[box.ContentLength]];
    }

    private string NameOf(Box box) => box.Name switch
    {
        "free" or "skip" or "wide" => "unused bytes",
        "uuid" => UuidBox.NameOf(_source.Read(box.Content, (int)Math.Min(16, box.ContentLength))),
        "mpvd" => "motion video",
        "sefd" => "Samsung's trailer",
        "udta" => "user data (udta)",
        "meta" => "metadata (meta)",
        "pnot" or "PICT" => "preview",
        var name => $"box {name}",
    };
}
