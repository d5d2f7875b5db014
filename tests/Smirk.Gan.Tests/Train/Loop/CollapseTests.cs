using Smirk.Gan.Log;
using Smirk.Gan.Train;
using Smirk.Workspace.Runs;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Tests.Train.Loop;

/// <summary>Whole runs of a generator that never learns: all of its pictures stay as alike as they are at the start.</summary>
public sealed class CollapseTests
{
    private static readonly TrainOptions Stuck = new()
    {
        Kimg = 40,
        Batch = 64,
        Width = 0.03,
        LatentSize = 4,
        Gates = 0,
        Thumbnail = 0,
        LearningRate = 1e-12,
        Seed = 3,
        EvaluateEvery = TimeSpan.Zero,
        HeldOut = 0,
        Augment = "off",
    };

    [Fact]
    [Trait("Speed", "slow")]
    public void A_collapsed_run_is_taken_back_twice_with_a_stronger_penalty_and_then_left()
    {
        using var folder = new TemporaryFolder();
        var result = Trained.Run(Stuck, TinyPack.Write(folder), new RunFolders(folder.File("runs/x")[..^2]), TestEncoders.Tools,
            new Progress<StageProgress>(), CancellationToken.None);
        Assert.Equal(2, result.Counters.Firmness);
        Assert.Equal(40, result.Counters.Kimg, 1);
        Assert.Equal(3, result.Remarks.Count(remark => remark.StartsWith("G has collapsed", StringComparison.Ordinal)));
        Assert.Equal(2, result.Remarks.Count(remark => remark.Contains("rolled back to 0.0 kimg", StringComparison.Ordinal)));
        Assert.Contains("Try a larger --gamma", result.Remarks[^1]);

        // The log tells of each picture once, and holds the number that it was decided by.
        var kimg = LogLine.ReadAll(result.Run.LogPath).Where(line => line.LossD is not null).Select(line => line.Kimg).ToArray();
        Assert.Equal(kimg.Order(), kimg);
        Assert.All(LogLine.ReadAll(result.Run.LogPath).Where(line => line.LossD is not null), line =>
            Assert.InRange(line.Diversity!.Value, 0, 0.2));
    }
}
