using Smirk.Collect;
using Smirk.Dataset.Crop.Stage;
using Smirk.Dataset.Exact;
using Smirk.Dataset.Import;
using Smirk.Dataset.Near;
using Smirk.Dataset.Pack;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Cli.Commands.Make;

/// <summary>The stages from sources to a training set, one after the other. Each meets the next in the workspace alone, so that any of them
/// can also run by itself.</summary>
/// <param name="workspace">The workspace.</param>
public sealed class DatasetPipeline(SmirkWorkspace workspace)
{
    /// <summary>Runs every stage; what has not changed is not done again.</summary>
    /// <exception cref="UsageException">An option is wrong; nothing was done.</exception>
    /// <exception cref="UnusableInputException">A source can't be used, or fewer than two pictures are left.</exception>
    public DatasetResult Run(DatasetOptions options, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        PackOptions.CheckSize(options.Pack.Size);
        var stages = new List<StageSummary>();

        // Fetch what sources name.
        var collect = options.Collect is null ? null : new CollectStage(workspace).Run(options.Collect, progress, cancel);
        if (collect is not null)
            stages.Add(new StageSummary(CollectStage.Name, collect.Counts));
        if (collect?.Import is { } imported)
            stages.Add(new StageSummary(ImportStage.Name, imported.Counts));

        // Take in, stripped.
        var import = options.Import is null ? null : new ImportStage(workspace).Run(options.Import, progress, cancel);
        if (import is not null)
            stages.Add(new StageSummary(ImportStage.Name, import.Counts));

        foreach (var result in new[] { collect?.Import, import }.OfType<ImportResult>().Where(r => r.Gone.Count > 0 && options.Prunes(r)))
            new ImportStage(workspace).Prune(result.Gone);

        // Drop copies.
        var exact = new ExactStage(workspace).Run(progress, cancel);
        stages.Add(new StageSummary(ExactStage.Name, exact.Counts));

        // Drop copies that aren't byte for byte the same.
        var near = new NearStage(workspace).Run(options.Near, progress, cancel);
        if (options.Near.Care != NearCare.Off)
            stages.Add(new StageSummary(NearStage.Name, near.Counts));

        // Cut out what is to be learned.
        var crop = new CropStage(workspace).Run(options.Crop, progress, cancel);
        if (crop.Mode != CropMode.Off)
            stages.Add(new StageSummary(CropStage.Name, crop.Counts));

        // Make the training set.
        var packing = new PackStage(workspace);
        var wanted = options.SizeOf is { } sizeOf ? options.Pack with { Size = sizeOf(packing.Edges(options.Pack)) } : options.Pack;
        var pack = packing.Run(wanted, progress, cancel);
        stages.Add(new StageSummary(PackStage.Name, pack.Counts));
        return new DatasetResult(stages, import, exact, options.Near.Care == NearCare.Off ? null : near, crop, pack) { Collect = collect };
    }
}
