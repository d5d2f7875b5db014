using Smirk.Export.Buckets;
using Smirk.Export.Formats;
using Smirk.Export.Output;
using Smirk.Export.Plan;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Export;

/// <summary>Writes what a workspace keeps as a dataset that others' trainers read. The workspace is only read.</summary>
/// <param name="workspace">The workspace.</param>
public sealed class ExportStage(SmirkWorkspace workspace)
{
    /// <summary>The stage's name.</summary>
    public const string Name = "export";

    /// <summary>Under which reason unreadable pictures are counted.</summary>
    public const string Damaged = "damaged in the workspace";

    /// <summary>Exports. Run again, only what is new is written.</summary>
    /// <exception cref="UsageException">Options that don't go together; nothing has been done.</exception>
    /// <exception cref="UnusableInputException">There is nothing to export.</exception>
    public ExportResult Run(ExportOptions options, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        CheckOutput(options);

        // Decide.
        var plan = ExportPlan.Decide(workspace, options);
        foreach (var remark in Remarks(plan, options))
            progress?.Report(new StageSaid(Name, remark));

        // Report.
        var report = options.Report is null ? null
            : new BucketReport(workspace, plan, options, progress, cancel).Write(Path.GetFullPath(options.Report));

        // Write.
        using var renderer = new Renderer(workspace, plan.PackFolder);
        var run = new ExportRun(options, plan, renderer, progress, cancel);
        var (written, unchanged, removed, kept) = options.DryRun ? default : options.IsFile ? File(run) : Folder(run, progress);
        var left = plan.Left.ToDictionary();
        if (run.Broken > 0)
            left[Damaged] = run.Broken;
        var counts = new StageCounts(plan.Items.Count + plan.Left.Values.Sum(), plan.Items.Count - run.Broken, left);
        progress?.Report(new StageEnded(Name, counts));
        var classes = plan.Classes.ToDictionary(c => c, c => plan.Items.Count(i => i.Label == c));
        return new ExportResult(counts, Path.GetFullPath(options.Output), written, unchanged, removed, kept,
            plan.Items.Count(i => i.IsValidation), classes, report);
    }

    private static void CheckOutput(ExportOptions options)
    {
        if (options.DryRun)
            return;
        if (options.IsFile)
            OutputFile.Check(options.Output, NameOf(options.Format));
        else
            OutputTree.Check(options.Output, NameOf(options.Format));
    }

    private static (int Written, int Unchanged, int Removed, int Kept) File(ExportRun run)
    {
        var wrote = run.Options.Format == ExportFormat.StyleGan ? StyleGanFile.Write(run) : NpzFile.Write(run);
        return (wrote ? 1 : 0, wrote ? 0 : 1, 0, 0);
    }

    private static (int Written, int Unchanged, int Removed, int Kept) Folder(ExportRun run, IProgress<StageProgress>? progress)
    {
        using var tree = OutputTree.Open(Path.GetFullPath(run.Options.Output), NameOf(run.Options.Format));
        Action<ExportRun, OutputTree> write = run.Options.Format switch
        {
            ExportFormat.Kohya => KohyaLayout.Write,
            ExportFormat.WebDataset => WebDatasetLayout.Write,
            ExportFormat.Parquet => ParquetLayout.Write,
            ExportFormat.Coco => CocoLayout.Write,
            ExportFormat.Yolo => YoloLayout.Write,
            ExportFormat.Idx => IdxLayout.Write,
            _ => FolderLayout.Write,
        };
        write(run, tree);
        tree.Finish();
        if (tree.Kept.Count > 0)
            progress?.Report(new StageSaid(Name, $"{Counted.Of(tree.Kept.Count, "file")} changed by hand since the last export and stay as "
                + $"they are, such as {tree.Kept[0]}; delete them to have them written again"));
        return (tree.Written, tree.Unchanged, tree.Removed, tree.Kept.Count);
    }

    private static IEnumerable<string> Remarks(ExportPlan plan, ExportOptions options)
    {
        if (options.Format == ExportFormat.Idx)
            yield return "IDX holds grey pictures: colours become their luminance";
        if (options.Format is ExportFormat.Coco or ExportFormat.Yolo && plan.Items.Count(i => i.Boxes.Count == 0) is > 0 and var without)
            yield return $"{without} of {plan.Items.Count} pictures have no box; faces are found with: smirk crop -w WORKSPACE";
        if (options.Format == ExportFormat.StyleGan && plan.Items[0].Geometry.FullWidth is var size && !int.IsPow2(size))
            yield return $"the networks of StyleGAN want a power of two for a size, and pictures have {size} pixels";
    }

    private static string NameOf(ExportFormat format) => format.ToString().ToLowerInvariant();
}
