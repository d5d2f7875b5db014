using Smirk.Export.Plan;

namespace Smirk.Export.Formats;

/// <summary>Divides a set into shards by what its pictures will take about, before any is made: the same pictures are always divided in the
/// same way, and what is new changes the last shard alone.</summary>
internal static class Shards
{
    // PNGs of photographs and drawings take about half to two thirds of their pixels' bytes.
    private const double BytesPerPixel = 3 * 0.7;
    private const int Overhead = 2000;

    /// <summary>The shards, in order.</summary>
    public static IEnumerable<IReadOnlyList<ExportItem>> Of(IReadOnlyList<ExportItem> items, long bytes)
    {
        var shard = new List<ExportItem>();
        double sum = 0;
        foreach (var item in items)
        {
            var size = (item.Geometry.FullWidth * (double)item.Geometry.FullHeight * BytesPerPixel) + Overhead;
            if (shard.Count > 0 && sum + size > bytes)
            {
                yield return shard;
                (shard, sum) = ([], 0);
            }

            shard.Add(item);
            sum += size;
        }

        if (shard.Count > 0)
            yield return shard;
    }

    /// <summary>All that decides a shard's bytes.</summary>
    public static string KeyOf(IEnumerable<ExportItem> shard, ExportPlan plan, Columns columns, string format) =>
        ExportPlan.Code($"{format} {columns} {string.Join('|', plan.Classes)}\n" + string.Join('\n', shard.Select(item =>
            $"{item.Key} {item.Name} {item.Text} {item.Label} {item.Source} {item.Author} {item.License} {ItemJson.Boxes(item)}")));
}
