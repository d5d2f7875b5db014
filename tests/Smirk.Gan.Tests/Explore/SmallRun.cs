using Smirk.Gan.Train;
using Smirk.Workspace.Runs;

namespace Smirk.Gan.Tests.Explore;

/// <summary>A run on a hundred drawn discs, some of them held out, that has learnt a little; made once for all tests that look into
/// it, one after the other.</summary>
[CollectionDefinition(nameof(SmallRun))]
public sealed class SmallRun : ICollectionFixture<SmallRun>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SmallRun()
    {
        var options = new TrainOptions { Kimg = 0.6, Batch = 8, Width = 0.15, HeldOut = 0.2, EvaluateEvery = TimeSpan.Zero, Threads = "1" };
        var pack = KnownFeatures.Beside(TinyPack.Write(_folder, count: 100), options);
        var result = Trained.Run(options, pack, new RunFolders(_folder.File("runs/x")[..^2]),
            TestEncoders.Tools, Trained.Nobody, CancellationToken.None);
        (Snapshot, Run) = (result.Snapshot, result.Run);
    }

    /// <summary>Its last snapshot.</summary>
    public string Snapshot { get; }

    /// <summary>Its folder.</summary>
    public RunFolder Run { get; }

    public void Dispose() => _folder.Dispose();
}
