using System.Runtime.InteropServices;
using Smirk.Dataset.Crop.Files;
using Smirk.Dataset.Crop.Ranking;
using Smirk.Dataset.Near.Hashes;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Crop.Finding;

/// <summary>Finds crops that show the same face cut twice, by the hash that finds near duplicates among pictures.</summary>
internal static class SameFaces
{
    // The box of the same face moves a little from one encoding to the next, and the hash with it: 31 bits, PDQ's own threshold, would miss
    // half.
    // Of 120 faces no two were nearer than 74.
    private const int MostBits = 72;

    // What confirms them: the same drawing correlates far better than two drawings of a face do.
    private const double LeastCorrelation = 0.9;

    // Below, upstream says, a hash tells nothing.
    private const int LeastQuality = 50;

    private const int ReportEvery = 1000;

    /// <summary>Drops from <paramref name="files"/> all but one of the crops that show the same face.</summary>
    public static void Drop(List<CroppedFile> files, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        var all = files.SelectMany((file, i) => (file.Found?.Crops ?? []).Select((crop, k) => (File: i, Crop: crop, Index: k))).ToList();
        var same = Find(all.ConvertAll(a => a.Crop), progress, cancel);
        for (var at = 0; at < all.Count; at++)
        {
            if (same[at] < 0)
                continue;
            var (file, _, index) = all[at];
            var other = files[all[same[at]].File];
            var reason = other.PictureId is { } row ? Reason.Of(CropFault.Duplicate, row)
                : new Reason(Code.Of(CropFault.Duplicate), Text: other.Path);
            files[file] = files[file] with { Found = files[file].Found!.WithDropped(index, CropFault.Duplicate, reason) };
        }
    }

    /// <summary>For each crop the index of the one that it is the same as, or -1. The largest, then the first, of those alike stands for
    /// them.</summary>
    public static int[] Find(IReadOnlyList<FoundCrop> crops, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        var same = new int[crops.Count];
        Array.Fill(same, -1);
        var order = Enumerable.Range(0, crops.Count)
            .Where(i => crops[i].IsChosen && crops[i].HashQuality >= LeastQuality)
            .OrderByDescending(i => crops[i].Measures.Face).ThenBy(i => i).ToList();
        var standing = new List<int>();

        // Side by side in memory: with 100,000 crops every one is compared with all that stand.
        var hashes = new List<Hash256>();
        for (var done = 0; done < order.Count; done++)
        {
            cancel.ThrowIfCancellationRequested();
            var i = order[done];
            var twin = Twin(crops, i, standing, CollectionsMarshal.AsSpan(hashes));
            if (twin >= 0)
            {
                same[i] = twin;
            }
            else
            {
                standing.Add(i);
                hashes.Add(crops[i].Hash);
            }

            if (done % ReportEvery == 0)
                progress?.Report(new StageAdvanced("crop: compare", done, order.Count, "crops"));
        }

        return same;
    }

    private static int Twin(IReadOnlyList<FoundCrop> crops, int one, List<int> standing, ReadOnlySpan<Hash256> hashes)
    {
        var hash = crops[one].Hash;
        for (var k = 0; k < hashes.Length; k++)
        {
            if (hashes[k].Distance(hash) <= MostBits
                && crops[standing[k]].Thumbnail.BestCorrelation(crops[one].Thumbnail) >= LeastCorrelation)
                return standing[k];
        }

        return -1;
    }
}
