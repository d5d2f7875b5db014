using System.Globalization;
using System.Text;
using Smirk.Export.Plan;
using Smirk.Imaging.Reading;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;
using Smirk.Workspace.Pages;
using Smirk.Workspace.Stages;

namespace Smirk.Export.Buckets;

/// <summary>What training with aspect buckets would do to a set, as a page: which pictures are enlarged, cut (through a face?) or dropped,
/// and which teach something that nobody wants.</summary>
internal sealed class BucketReport(
    SmirkWorkspace workspace, ExportPlan plan, ExportOptions options, IProgress<StageProgress>? progress, CancellationToken cancel)
{
    private static readonly int[] Resolutions = [512, 768, 1024];

    // A list for people to go through.
    private const int MostNames = 200;

    /// <summary>Writes the page and returns its path.</summary>
    public string Write(string path)
    {
        var page = new StringBuilder(HtmlPage.Begin("Aspect buckets", "62rem", ""));
        page.Append("<h1>What training would do to these pictures</h1><p>")
            .Append(HtmlPage.Text($"{Counted.Of(plan.Items.Count, "picture")}; batches of {options.Batch}. Trainers with aspect buckets "
                + "scale each picture to the bucket whose shape is nearest and cut off what sticks out. Smaller pictures are enlarged, and "
                + "teach blur; buckets that don't fill a batch are dropped by some trainers."))
            .Append("</p>");
        foreach (var fate in Resolutions.Select(r => BucketFate.Of(new AspectBuckets(r), plan.Items, options.Batch)))
            Append(page, fate);
        AppendFaults(page, Faults());
        page.Append(HtmlPage.End);
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        AtomicFile.Write(path, page.ToString());
        return path;
    }

    private static void Append(StringBuilder page, BucketFate fate)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{fate.Resolution}²</h2>");
        page.Append(HtmlPage.Table(["", "pictures", "which"],
        [
            Row("enlarged", fate.Enlarged),
            Row("cut", fate.Cut),
            Row("cut through a face", fate.CutFaces),
            Row("in a bucket smaller than a batch", fate.Dropped),
        ]));
        page.Append("<p class=\"dim small\">").Append(HtmlPage.Text(string.Join("; ", fate.Buckets.Select(b =>
            $"{b.Width}×{b.Height}: {b.Count}")))).Append("</p>");
    }

    private static string[] Row(string what, IReadOnlyList<string> names) =>
    [
        what, names.Count.ToString(CultureInfo.InvariantCulture),
        names.Count == 0 ? "" : $"<details><summary class=\"dim\">show</summary><span class=\"small\">{Names(names)}</span></details>",
    ];

    private static string Names(IReadOnlyList<string> names) => HtmlPage.Text(string.Join(", ", names.Take(MostNames)))
        + (names.Count > MostNames ? $" and {names.Count - MostNames} more" : "");

    private static void AppendFaults(StringBuilder page, IReadOnlyList<(string Fault, string Name)> faults)
    {
        page.Append("<h2>Worth a look</h2>");
        if (faults.Count == 0)
            page.Append("<p>No picture has text, a watermark, blur or compression blocks that show.</p>");
        else
            page.Append(HtmlPage.Table(["", "pictures", "which"], faults.GroupBy(f => f.Fault).OrderByDescending(g => g.Count())
                .Select(g => Row(HtmlPage.Text(g.Key), [.. g.Select(f => f.Name)]))));
    }

    private List<(string Fault, string Name)> Faults()
    {
        var crops = workspace.Catalog.Crops.Chosen().ToLookup(c => c.PictureId);
        using var renderer = new Renderer(workspace, plan.PackFolder);
        var found = new IReadOnlyList<string>[plan.Items.Count];
        var done = 0;
        AllCores.For(found.Length, AllCores.Threads(options.Threads), cancel, i =>
        {
            found[i] = Look(renderer, plan.Items[i], [.. crops[plan.Items[i].Picture.Id]]);
            progress?.Report(new StageAdvanced("export: report", Interlocked.Increment(ref done), found.Length, "pictures"));
        });
        return [.. found.Index().SelectMany(f => f.Item.Select(fault => (fault, plan.Items[f.Index].Name)))];
    }

    // At a size that is enough to judge, of whatever part is exported.
    private static IReadOnlyList<string> Look(Renderer renderer, ExportItem item, IReadOnlyList<Workspace.Catalog.CropRow> crops)
    {
        try
        {
            return PictureFaults.Of(renderer.Small(item, PictureFaults.LookedAt), crops);
        }
        catch (Exception error) when (error is UnusablePictureException or UnusableInputException)
        {
            return ["can't be read"];
        }
    }
}
