using System.Diagnostics;
using Smirk.Files.Exact;
using Smirk.Files.Posix;
using Smirk.Workspace.Stages;

namespace Smirk.Files.Tests.Exact;

public sealed class ExactCancelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_comparison_of_huge_files_says_how_far_it_is_and_stops_at_once()
    {
        Shell.Run(_folder.Path, "truncate -s 200G a b");
        using var stop = new CancellationTokenSource();
        var progress = new StopAfter("compare bytes", stop);
        var options = new ExactOptions { Paths = [RawPath.FromText(_folder.Path)] };
        Assert.ThrowsAny<OperationCanceledException>(() => ExactDuplicates.Run(options, progress, TimeProvider.System, stop.Token));
        Assert.InRange(progress.SinceStop.Elapsed.TotalSeconds, 0, 2);
    }

    /// <summary>Cancels at the fifth report of a step.</summary>
    private sealed class StopAfter(string stage, CancellationTokenSource stop) : IProgress<StageProgress>
    {
        private int _reports;

        public Stopwatch SinceStop { get; } = new();

        public void Report(StageProgress value)
        {
            if (value is not StageAdvanced { Done: > 0 } advanced || advanced.Stage != stage || ++_reports != 5)
                return;
            SinceStop.Start();
            stop.Cancel();
        }
    }
}
