using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Pack;

/// <summary>Makes the training set: every kept picture (or crop of one) as a square of one size, uint8 [N, 3, S, S], with a line that says
/// where each comes from.</summary>
/// <param name="workspace">The workspace.</param>
public sealed class PackStage(SmirkWorkspace workspace)
{
    /// <summary>The stage's name.</summary>
    public const string Name = "pack";

    /// <summary>Makes WS/packs/SIZE unless it is there and nothing has changed.</summary>
    /// <exception cref="UsageException">There is no such size, pictures that can only be square are to have another shape, or rolls another
    /// size.</exception>
    /// <exception cref="UnusableInputException">Fewer than two pictures are kept.</exception>
    public PackResult Run(PackOptions options, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        PackOptions.CheckSize(options.Size);
        var folder = workspace.PackFolder(options.Size);
        var unreadable = new HashSet<long>();
        while (true)
        {
            // Decide which rows there are to be.
            var plan = PackPlan.Decide(workspace, options, unreadable);
            PackAspect.Check(options.Aspect, plan.Items);
            PackRolls.CheckSize(options.Size, plan.Items);
            if (plan.Items.Count < 2)
                throw new UnusableInputException(
                    $"{workspace.Folder} has {Counted.Of(plan.Items.Count, "usable picture")}; a training set needs at least 2. Import "
                        + $"more with: smirk import SOURCE -w {workspace.Folder}");

            // Make them, unless they are there. A blob that was damaged since its import is left out, which makes another plan.
            var wasThere = plan.IsThere(folder, options);
            if (!wasThere)
            {
                var broken = new PackWriter(workspace, options, progress).Write(folder, plan, cancel);
                if (broken.Count > 0)
                {
                    unreadable.UnionWith(broken);
                    continue;
                }
            }

            return End(plan, folder, wasThere, unreadable.Count, options, progress);
        }
    }

    /// <summary>Edges in pixels that the pack's squares would have if nothing were shrunk or enlarged, rising; of other shapes than 1:1 the
    /// edge of a square with as many pixels.</summary>
    /// <exception cref="UsageException">Pictures that can only be square are to have another shape.</exception>
    public IReadOnlyList<int> Edges(PackOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var items = PackPlan.Decide(workspace, options, new HashSet<long>()).Items;
        PackAspect.Check(options.Aspect, items);
        return [.. items.Select(item => (int)item.Part.Side(options)).Order()];
    }

    private static PackResult End(
        PackPlan plan, string folder, bool wasThere, int unreadable, PackOptions options, IProgress<StageProgress>? progress)
    {
        var small = plan.Items.Count(i => i.Row.Small);
        if (small > 0)
            progress?.Report(
                new StageSaid(
                    Name,
                    $"{small} of {plan.Items.Count} pictures are smaller than {SizeInWords(options)} pixels and were enlarged; pack.jsonl "
                        + "flags them as small"));
        var packed = plan.Items.DistinctBy(i => i.Picture.Id).Count();
        Dictionary<string, long> left = unreadable == 0 ? [] : new() { ["damaged in the workspace"] = unreadable };
        var counts = new StageCounts(packed + unreadable, packed, left);
        progress?.Report(new StageEnded(Name, counts));
        return new PackResult(counts, folder, plan.Items.Count, small, PackFolder.FingerprintOf(folder)!, wasThere);
    }

    private static string SizeInWords(PackOptions options) =>
        options.Aspect.IsSquare ? $"{options.Size}" : options.Aspect.ShownInWords(options.Size);
}
