using Smirk.Gan.Log;
using Smirk.Gan.Train;
using Smirk.Gan.Train.Snapshots;
using Smirk.Workspace.Runs;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Tests.Train.Loop;

/// <summary>What other processes ask of a run while it trains.</summary>
[Collection(nameof(Alone))]
public sealed class RequestTests : IDisposable
{
    private static readonly TrainOptions Long = new()
    {
        Budget = TimeSpan.FromMinutes(10),
        Batch = 8,
        Width = 0.1,
        EvaluateEvery = TimeSpan.Zero,
        HeldOut = 0,
    };

    private readonly TemporaryFolder _folder = new();

    private RunFolders Runs => new(_folder.File("runs"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_takes_a_snapshot_and_stops_when_it_is_asked_to() => AskForBoth(Long, size: 32, from: null);

    [Fact]
    public void The_second_stage_takes_a_snapshot_and_stops_when_it_is_asked_to() =>
        AskForBoth(Long with { SmallSize = 32, UpscaleShare = 0.997 }, size: 64, from: "upsampler's stage begins");

    [Fact]
    public void A_request_left_over_from_a_dead_run_does_not_stop_the_next_resume()
    {
        var pack = TinyPack.Write(_folder);
        var first = Trained.Run(Long with { Budget = null, Kimg = 0.1 }, pack, Runs, TestEncoders.Tools, Trained.Nobody, default);
        Directory.CreateDirectory(first.Run.RequestsFolder);
        File.WriteAllText(Path.Combine(first.Run.RequestsFolder, "stop"), "");
        File.WriteAllText(Path.Combine(first.Run.RequestsFolder, "snapshot"), "");
        var snapshots = new SnapshotFolder(first.Run).All().Count;
        Assert.Equal(0.2, Trained.Resume(first.Run, new TrainOptions { Kimg = 0.2 }).Counters.Kimg, 3);
        Assert.Equal(snapshots + 1, new SnapshotFolder(first.Run).All().Count);
        Assert.Empty(Directory.GetFiles(first.Run.RequestsFolder));
    }

    [Fact]
    public void Grids_of_what_a_run_went_back_from_are_forgotten_with_its_log()
    {
        var run = Trained.Run(Long with { Budget = null, Kimg = 0.1 }, TinyPack.Write(_folder), Runs, TestEncoders.Tools, Trained.Nobody,
            default).Run;
        File.Copy(RunLog.GridPath(run, 104), RunLog.GridPath(run, 50));
        Assert.Equal([0.05, 0.104], RunLog.Grids(run).Select(grid => grid.Kimg));
        using var log = new RunLog(run, TestEncoders.Plain, TimeProvider.System);
        log.GoBackTo(0.104);
        Assert.Equal([0.05, 0.104], RunLog.Grids(run).Select(grid => grid.Kimg));
        log.GoBackTo(0.05);
        Assert.Equal([0.05], RunLog.Grids(run).Select(grid => grid.Kimg));
    }

    private void AskForBoth(TrainOptions options, int size, string? from)
    {
        var pack = TinyPack.Write(_folder, size: size);
        var person = new Person(Runs, from);
        var stopped = Assert.Throws<TrainingStoppedException>(
            () => Trained.Run(options, pack, Runs, TestEncoders.Tools, person, TestContext.Current.CancellationToken));
        var run = Runs.Open(1);
        Assert.Contains("smirk train --resume 1", stopped.Message);

        // The first, the one that was asked for, and the one on stopping; a grid with that which was asked for.
        var snapshots = new SnapshotFolder(run).All();
        Assert.Equal(3, snapshots.Count);
        var grids = RunLog.Grids(run);
        var asked = long.Parse(Path.GetFileNameWithoutExtension(snapshots[1]).Split('-')[2]);
        Assert.Contains(grids, grid => Math.Abs(grid.Kimg - asked / 1000.0) < 1e-6);
        Assert.Empty(Directory.GetFiles(run.RequestsFolder));
        Assert.Null(run.Trainer());
        Assert.True(person.Waited < TimeSpan.FromSeconds(20), $"a snapshot took {person.Waited}");
    }

    // Asks for a snapshot, and when that was taken, to stop.
    private sealed class Person(RunFolders runs, string? from) : IProgress<StageProgress>
    {
        private readonly System.Diagnostics.Stopwatch _clock = new();
        private bool _isReady = from is null;
        private bool _asked;

        public TimeSpan Waited { get; private set; }

        public void Report(StageProgress value)
        {
            _isReady |= from is not null && value is StageSaid said && said.Text.Contains(from, StringComparison.Ordinal);
            if (!_isReady || value is not StageAdvanced)
                return;
            var requests = new RunRequests(runs.Latest()!);
            if (!_asked)
            {
                requests.Ask(RunRequest.Snapshot);
                _asked = true;
                _clock.Start();
            }
            else if (!requests.IsAsked(RunRequest.Snapshot))
            {
                Waited = _clock.Elapsed;
                requests.Ask(RunRequest.Stop);
            }
        }
    }
}
