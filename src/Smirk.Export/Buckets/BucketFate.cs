using Smirk.Export.Plan;

namespace Smirk.Export.Buckets;

/// <summary>What becomes of a set's pictures at one resolution.</summary>
/// <param name="Resolution">Edge of the square bucket.</param>
/// <param name="Enlarged">Names of pictures that are smaller than their bucket.</param>
/// <param name="Cut">Those of which a part worth mentioning is cut off.</param>
/// <param name="CutFaces">Those of them where the cut goes through a box.</param>
/// <param name="Dropped">Those in buckets with fewer pictures than a batch.</param>
/// <param name="Buckets">The buckets that are used, the fullest first.</param>
internal sealed record BucketFate(
    int Resolution, IReadOnlyList<string> Enlarged, IReadOnlyList<string> Cut, IReadOnlyList<string> CutFaces,
    IReadOnlyList<string> Dropped, IReadOnlyList<(int Width, int Height, int Count)> Buckets)
{
    /// <summary>Decides for all pictures.</summary>
    public static BucketFate Of(AspectBuckets buckets, IReadOnlyList<ExportItem> items, int batch)
    {
        var placed = items.Select(i => (Item: i, At: buckets.Place(i.Geometry.FullWidth, i.Geometry.FullHeight))).ToList();
        var groups = placed.GroupBy(p => (p.At.Width, p.At.Height)).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).ToList();
        return new BucketFate(
            buckets.Resolution,
            Names(placed.Where(p => p.At.Scale > 1)),
            Names(placed.Where(p => p.At.Cuts(p.Item.Geometry.FullWidth, p.Item.Geometry.FullHeight))),
            Names(placed.Where(p => p.Item.Boxes.Any(box => GoesThrough(p.At, p.Item.Geometry, box)))),
            Names(groups.Where(g => g.Count() < batch).SelectMany(g => g)),
            [.. groups.Select(g => (g.Key.Width, g.Key.Height, g.Count()))]);
    }

    // More than a pixel or two of the box lies in what is cut off.
    private static bool GoesThrough(Placement at, Geometry size, ExportBox box)
    {
        var some = 0.02 * Math.Max(box.Width, box.Height);
        return box.X + some < at.Across || box.X + box.Width - some > size.FullWidth - at.Across
            || box.Y + some < at.Down || box.Y + box.Height - some > size.FullHeight - at.Down;
    }

    private static List<string> Names(IEnumerable<(ExportItem Item, Placement At)> placed) => [.. placed.Select(p => p.Item.Name)];
}
