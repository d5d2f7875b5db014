using Smirk.Export.Output;
using Smirk.Export.Plan;
using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Export;

/// <summary>One export at work: what the layouts share.</summary>
/// <param name="options">How.</param>
/// <param name="plan">What.</param>
/// <param name="renderer">Makes the pixels.</param>
/// <param name="progress">Told how far it is, and what can't be read.</param>
/// <param name="cancel">Ends it between two batches.</param>
internal sealed class ExportRun(
    ExportOptions options, ExportPlan plan, Renderer renderer, IProgress<StageProgress>? progress, CancellationToken cancel)
{
    // Enough to keep the cores busy, little in memory.
    private const int Batch = 128;
    private const long BatchPixels = 16_000_000;

    private readonly HashSet<ExportItem> _broken = new(ReferenceEqualityComparer.Instance);
    private int _done;

    /// <summary>How.</summary>
    public ExportOptions Options => options;

    /// <summary>What.</summary>
    public ExportPlan Plan => plan;

    /// <summary>How many stored pictures could not be read.</summary>
    public int Broken => _broken.Count;

    /// <summary>Whether an item's picture can be read, as far as is known.</summary>
    public bool IsUsable(ExportItem item) => !_broken.Contains(item);

    /// <summary>The items as PNG, in order, made on all cores a batch at a time. What can't be read is warned of and left out.</summary>
    public IEnumerable<(ExportItem Item, byte[] Png)> Pngs(IReadOnlyList<ExportItem> items) => Made(items, renderer.Png);

    /// <summary>The items' pixels, likewise.</summary>
    public IEnumerable<(ExportItem Item, Picture Picture)> Pictures(IReadOnlyList<ExportItem> items) => Made(items, renderer.Picture);

    /// <summary>Puts the items' PNGs into a folder, those that aren't there as they would be.</summary>
    /// <param name="tree">The folder.</param>
    /// <param name="items">Which.</param>
    /// <param name="nameOf">Path of an item's file in it.</param>
    public void Put(OutputTree tree, IReadOnlyList<ExportItem> items, Func<ExportItem, string> nameOf)
    {
        var open = items.Where(item => !tree.IsThere(nameOf(item), item.Key)).ToList();
        Advance(items.Count - open.Count);
        foreach (var (item, png) in Pngs(open))
            tree.Put(nameOf(item), item.Key, png);
    }

    /// <summary>So many items more are done.</summary>
    public void Advance(int items)
    {
        _done += items;
        progress?.Report(new StageAdvanced(ExportStage.Name, _done, plan.Items.Count, "pictures"));
    }

    private IEnumerable<(ExportItem Item, T Made)> Made<T>(IReadOnlyList<ExportItem> items, Func<ExportItem, T> make)
        where T : class
    {
        for (var start = 0; start < items.Count;)
        {
            var count = 0;
            for (long pixels = 0; count < Batch && start + count < items.Count && pixels < BatchPixels; count++)
                pixels += Math.Max(items[start + count].Picture.Width * (long)items[start + count].Picture.Height, 1);
            var made = new T?[count];
            var from = start;
            AllCores.For(count, AllCores.Threads(options.Threads), cancel, i => made[i] = Try(items[from + i], make));
            for (var i = 0; i < count; i++)
            {
                if (made[i] is { } one)
                    yield return (items[start + i], one);
                made[i] = null;
            }

            start += count;
            Advance(count);
        }
    }

    private T? Try<T>(ExportItem item, Func<ExportItem, T> make)
        where T : class
    {
        try
        {
            return make(item);
        }
        catch (Exception error) when (error is UnusablePictureException or UnusableInputException)
        {
            lock (_broken)
                _broken.Add(item);
            progress?.Report(new StageWarned(ExportStage.Name, item.Row.File ?? item.Picture.Sha256,
                $"its copy in the workspace is damaged ({error.Message.TrimEnd('.')}); import it again"));
            return null;
        }
    }
}
