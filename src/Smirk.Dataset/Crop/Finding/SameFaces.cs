using Smirk.Dataset.Crop.Files;

namespace Smirk.Dataset.Crop.Finding;

/// <summary>Finds crops that show the same face cut twice, by the hash that finds near duplicates among pictures.</summary>
internal static class SameFaces
{
    // The box of the same face moves a little from one encoding to the next, and the hash with it: 31 bits, PDQ's own threshold, would miss half.
    // Of 120 faces no two were nearer than 74.
    private const int MostBits = 72;

    // What confirms them: the same drawing correlates far better than two drawings of a face do.
    private const double LeastCorrelation = 0.9;

    // Below, upstream says, a hash tells nothing.
    private const int LeastQuality = 50;

    /// <summary>Drops from <paramref name="files"/> all but one of the crops that show the same face.</summary>
    public static void Drop(List<CroppedFile> files)
    {
        var all = files.SelectMany((file, i) => (file.Found?.Crops ?? []).Select((crop, k) => (File: i, Crop: crop, Index: k))).ToList();
        var same = Find(all.ConvertAll(a => a.Crop));
        for (var at = 0; at < all.Count; at++)
        {
            if (same[at] < 0)
                continue;
            var (file, _, index) = all[at];
            files[file] = files[file] with { Found = files[file].Found!.WithDropped(index, "duplicate", $"the same face as in {files[all[same[at]].File].Path}") };
        }
    }

    /// <summary>For each crop the index of the one that it is the same as, or -1. The largest, then the first, of those alike stands for them.</summary>
    public static int[] Find(IReadOnlyList<FoundCrop> crops)
    {
        var same = new int[crops.Count];
        Array.Fill(same, -1);
        var order = Enumerable.Range(0, crops.Count)
            .Where(i => crops[i].IsChosen && crops[i].HashQuality >= LeastQuality)
            .OrderByDescending(i => crops[i].Measures.Face).ThenBy(i => i).ToList();
        var standing = new List<int>();
        foreach (var i in order)
        {
            var twin = standing.FindIndex(k => crops[k].Hash.Distance(crops[i].Hash) <= MostBits && crops[k].Thumbnail.BestCorrelation(crops[i].Thumbnail) >= LeastCorrelation);
            if (twin >= 0)
                same[i] = standing[twin];
            else
                standing.Add(i);
        }

        return same;
    }
}
