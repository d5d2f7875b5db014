using Smirk.Files.Strip.Containers;

namespace Smirk.Files.Strip.Heif;

/// <summary>Which items of a HEIF file stay, and where the data of those that stay lie.</summary>
internal sealed class HeifChoice
{
    private readonly HeifMeta _meta;

    /// <summary>Decides: pictures stay, all else goes.</summary>
    /// <exception cref="UnstrippableException">The data of what stays can't be found for certain.</exception>
    public HeifChoice(HeifMeta meta, ByteSource source, StripOptions options)
    {
        _meta = meta;
        var selection = new HeifSelection(meta, source, options);
        Kept = [.. meta.Items.Values.Where(i => i.IsPicture || selection.Stays(i)).Select(i => i.Id)];
        Edited = selection.Edited;
        foreach (var location in meta.Locations.Where(l => Kept.Contains(l.Id)))
        {
            if (location.DataReference != 0)
                throw new UnstrippableException($"the data of its item {location.Id} are in another file");
            if (location.Method > 2 || location.Extents.Any(e => e.Length == 0 && location.Method != 2))
                throw new UnstrippableException($"the place of its item {location.Id} isn't told for certain");
        }
    }

    /// <summary>Items that stay.</summary>
    public HashSet<long> Kept { get; }

    /// <summary>Metadata that stay in part: new bytes for places in the file, as many as there were.</summary>
    public IReadOnlyList<(long Start, byte[] Bytes)> Edited { get; }

    /// <summary>Items that go.</summary>
    public IEnumerable<HeifItem> Removed => _meta.Items.Values.Where(i => !Kept.Contains(i.Id));

    /// <summary>Ranges of the file (method 0) or of idat (method 1) that hold data of what stays (or goes), sorted, without
    /// overlaps.</summary>
    public List<(long Start, long End)> Ranges(int method, bool kept = true)
    {
        var all = _meta.Locations.Where(l => l.Method == method && l.DataReference == 0 && Kept.Contains(l.Id) == kept)
            .SelectMany(l => l.Extents.Select(e => (Start: l.Base + e.Offset, End: l.Base + e.Offset + e.Length)))
            .OrderBy(r => r.Start).ToList();
        var merged = new List<(long Start, long End)>();
        foreach (var (start, end) in all)
        {
            if (merged.Count > 0 && start <= merged[^1].End)
                merged[^1] = (merged[^1].Start, Math.Max(merged[^1].End, end));
            else
                merged.Add((start, end));
        }

        return merged;
    }
}
