using Smirk.Gan.Train.Planning;
using Smirk.Torch;
using Smirk.Workspace.Errors;

namespace Smirk.Gan.Train.Ranks;

/// <summary>What of a plan depends on how many processes train together: each has an equal part of every batch.</summary>
public static class TeamPlan
{
    /// <summary>The plan of a new run: batches that the recipe chose become multiples of the number of processes.</summary>
    /// <param name="plan">The plan for one process.</param>
    /// <param name="asked">Whether a person asked for this batch.</param>
    /// <param name="processes">How many there are.</param>
    /// <exception cref="UsageException">The batch that was asked for can't be shared equally.</exception>
    public static RecipePlan ForNew(RecipePlan plan, bool asked, int processes)
    {
        if (asked)
            Check(plan.Batch, "--batch", processes);
        var batch = Multiple(plan.Batch, processes);
        Choice[] choices = batch == plan.Batch ? [.. plan.Choices]
            :
            [
                .. plan.Choices.Select(choice => choice.Name != "batch" ? choice : new Choice("batch", OptionText.Of(batch))
                {
                    Why = Reason.SharedBatch,
                    With = new Dictionary<string, string> { ["processes"] = $"{processes}" },
                }),
            ];
        return plan with
        {
            Batch = batch,
            Upscale = plan.Upscale is { } upscale ? upscale with { Batch = Multiple(upscale.Batch, processes) } : null,
            Choices = choices,
        };
    }

    /// <summary>Refuses to resume a run with a number of processes that its batches can't be shared by.</summary>
    /// <exception cref="UsageException">They can't.</exception>
    public static void CheckResumed(RecipePlan plan, int processes)
    {
        Check(plan.Batch, "The run's batch", processes, plan.Upscale?.Batch);
        if (plan.Upscale is { } upscale)
            Check(upscale.Batch, "The batch of the run's upsampler", processes, plan.Batch);
    }

    /// <summary>The plan as this process carries it out: on a GPU of its own where the run is on GPUs.</summary>
    internal static RecipePlan OnOwnDevice(this Team team, RecipePlan plan) => plan.Device == "cpu" ? plan
        : plan with { Device = Device.Cuda(team.Place.LocalRank % Math.Max(1, TorchRuntime.CudaDeviceCount)).ToString() };

    private static int Multiple(int batch, int processes) => (batch + processes - 1) / processes * processes;

    private static void Check(int batch, string what, int processes, int? other = null)
    {
        if (batch % processes == 0)
            return;
        var fitting = Enumerable.Range(1, batch).Where(count => batch % count == 0 && (other ?? 0) % count == 0);
        throw new UsageException(other is null && what.StartsWith("--", StringComparison.Ordinal)
            ? $"{what} {batch} can't be shared equally by {processes} processes. Take a multiple of {processes}, such as "
                + $"{Multiple(batch, processes)}."
            : $"{what} is {batch}, which {processes} processes can't share equally. Resume it with {string.Join(", ", fitting)} of them.");
    }
}
