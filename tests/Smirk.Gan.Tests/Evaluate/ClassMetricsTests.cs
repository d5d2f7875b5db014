using Smirk.Gan.Evaluate;
using Smirk.Gan.Train;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Runs;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Tests.Evaluate;

/// <summary>What evaluate says of generators with classes.</summary>
public sealed class ClassMetricsTests
{
    private static readonly TrainOptions Short = new()
    {
        Kimg = 0.05,
        Batch = 8,
        Width = 0.1,
        Seed = 3,
        EvaluateEvery = TimeSpan.Zero,
        HeldOut = 0.3,
    };

    [Fact]
    public void Classes_are_told_apart_by_a_classifier_and_one_that_saw_samples_only_is_tested_when_asked()
    {
        using var folder = new TemporaryFolder();
        var metrics = Measured(Train(folder, "folder"));
        foreach (var name in new[] { "class_accuracy", "class_agreement", "class_agreement_even", "class_agreement_odd",
            "trained_on_samples", "trained_on_real" })
            Assert.InRange(metrics[name], 0, 1);
        Assert.InRange(metrics["diversity"], 0, 10);
        Assert.InRange(metrics["class_diversity"], 0, 10);
    }

    [Fact]
    public void A_generator_without_classes_can_not_teach_any()
    {
        using var folder = new TemporaryFolder();
        var snapshot = Train(folder, "none");
        Assert.Contains("--labels folder", Assert.Throws<UsageException>(() => Measured(snapshot)).Message);
    }

    private static string Train(TemporaryFolder folder, string labels)
    {
        var pack = TinyPack.Write(folder, count: 80, label: i => i % 2 == 0 ? "even" : "odd");
        var options = Short with { Labels = labels };
        return Trained.Run(options, KnownFeatures.Beside(pack, options), new RunFolders(folder.File("runs/x")[..^2]), TestEncoders.Tools,
            new Progress<StageProgress>(), CancellationToken.None).Best;
    }

    private static IReadOnlyDictionary<string, double> Measured(string snapshot) =>
        new EvaluateStage((_, _, _, _, _) => throw new InvalidOperationException("no folder of pictures was named"))
            .Run(new EvaluateOptions { Snapshot = snapshot, Count = 40, TrainOnSamples = 100 }, new Progress<StageProgress>(),
                CancellationToken.None).Metrics;
}
