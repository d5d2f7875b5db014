namespace Smirk.Dataset.Crop.Finding;

/// <summary>Finds crops that show the same face cut twice, by the hash that finds near duplicates among pictures.</summary>
internal static class SameFaces
{
    // PDQ's own threshold for "the same picture".
    private const int MostBits = 31;

    // Below, upstream says, a hash tells nothing.
    private const int LeastQuality = 50;

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
            var twin = standing.FindIndex(k => crops[k].Hash.Distance(crops[i].Hash) <= MostBits);
            if (twin >= 0)
                same[i] = standing[twin];
            else
                standing.Add(i);
        }

        return same;
    }
}
