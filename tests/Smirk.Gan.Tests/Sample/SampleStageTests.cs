using Smirk.Gan.Sample;
using Smirk.Gan.Train;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Runs;

namespace Smirk.Gan.Tests.Sample;

public sealed class SampleStageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _snapshot;

    public SampleStageTests()
    {
        var options = new TrainOptions { Kimg = 0.02, Batch = 8, Width = 0.1, HeldOut = 0 };
        _snapshot = Trained.Run(options, TinyPack.Write(_folder), new RunFolders(_folder.File("runs/x")[..^2]), TestEncoders.Tools,
            Trained.Nobody, CancellationToken.None).Snapshot;
    }

    [Fact]
    public void The_same_seed_gives_the_same_pictures_and_more_of_them_begin_with_the_fewer()
    {
        var (few, again, many) = (Single(3, "few", 5), Single(3, "again", 5), Single(6, "many", 5));
        Assert.Equal(few, again);
        Assert.Equal(few, many.Take(3));
        Assert.NotEqual(few, Single(3, "other", 6));
    }

    [Fact]
    public void A_grid_holds_all_pictures_and_a_sweep_nine_values_of_each_latent()
    {
        Run(new SampleOptions { Count = 5, GridPath = Out("grid") });
        Assert.Equal(2 + 3 * 32 * 2 * 32 * 3, new FileInfo(Out("grid")).Length);
        Run(new SampleOptions { Count = 4, SweepDimension = 3, GridPath = Out("sweep") });
        Assert.Equal(2 + 9 * 32 * 4 * 32 * 3, new FileInfo(Out("sweep")).Length);
    }

    [Fact]
    public void All_sweeps_are_one_grid_a_number_of_the_latent()
    {
        var result = Run(new SampleOptions { Count = 1, SweepDimension = -1, OutFolder = _folder.File("sweeps/x")[..^2] });
        Assert.Equal(100, result.Files.Count);
        Assert.All(result.Files, file => Assert.True(File.Exists(file)));
    }

    [Fact]
    public void All_classes_are_a_row_each()
    {
        using var folder = new TemporaryFolder();
        var options = new TrainOptions { Kimg = 0.02, Batch = 8, Width = 0.1, HeldOut = 0, Labels = "folder" };
        var pack = TinyPack.Write(folder, label: i => $"class{i % 3}");
        var snapshot = Trained.Run(options, pack, new RunFolders(folder.File("runs/x")[..^2]), TestEncoders.Tools, Trained.Nobody,
            CancellationToken.None).Snapshot;
        new SampleStage(TestEncoders.Sample).Run(
            new SampleOptions { Snapshot = snapshot, Count = 13, Class = "all", GridPath = Out("grid") }, Trained.Nobody,
            CancellationToken.None);

        // Three rows of four.
        Assert.Equal(2 + (3 * 32 * 4 * 32 * 3), new FileInfo(Out("grid")).Length);
        new SampleStage(TestEncoders.Sample).Run(
            new SampleOptions { Snapshot = snapshot, Count = 4, Class = "class1", GridPath = Out("one") }, Trained.Nobody,
            CancellationToken.None);
    }

    [Fact]
    public void A_walk_ends_where_it_begins_and_moves_between()
    {
        Run(new SampleOptions { Interpolate = 2, FramesPerStep = 4, GifPath = Out("walk") });
        var frames = File.ReadAllBytes(Out("walk")).Chunk(32 * 32 * 3).ToList();
        Assert.Equal(8, frames.Count);
        Assert.NotEqual(frames[0], frames[2]);
    }

    [Fact]
    public void A_walk_beside_a_grid_of_fewer_pictures_still_visits_every_latent()
    {
        Run(new SampleOptions { Count = 3, GridPath = Out("grid"), Interpolate = 8, FramesPerStep = 2, GifPath = Out("walk") });
        Assert.Equal(16, File.ReadAllBytes(Out("walk")).Length / (32 * 32 * 3));
    }

    [Fact]
    public void What_would_write_less_than_was_asked_for_is_refused()
    {
        Refused("one after the other", new SampleOptions { SweepDimension = 3, Interpolate = 4, GifPath = Out("walk") });
        Refused("--out DIR", new SampleOptions { SweepDimension = -1, GridPath = Out("grid") });
        Refused("not both", new SampleOptions { SweepDimension = 3, GridPath = Out("grid"), OutFolder = Out("folder") });

        void Refused(string why, SampleOptions options) => Assert.Contains(why, Assert.Throws<UsageException>(() => Run(options)).Message);
    }

    [Fact]
    public void Raw_weights_give_other_pictures_than_averaged_ones()
    {
        Run(new SampleOptions { Count = 1, GridPath = Out("ema") });
        Run(new SampleOptions { Count = 1, GridPath = Out("raw"), Average = false });
        Assert.NotEqual(File.ReadAllBytes(Out("ema")), File.ReadAllBytes(Out("raw")));
    }

    [Fact]
    public void Wrong_options_are_usage_errors()
    {
        foreach (var options in new SampleOptions[] { new(), new() { Count = 0, GridPath = "x" }, new() { Interpolate = 4 },
            new() { GifPath = "x" }, new() { GridPath = "x", SweepDimension = 100 }, new() { GridPath = "x", Class = "cat" } })
            Assert.Throws<UsageException>(() => Run(options));
    }

    public void Dispose() => _folder.Dispose();

    private string Out(string name) => _folder.File(name);

    private SampleResult Run(SampleOptions options) =>
        new SampleStage(TestEncoders.Sample).Run(options with { Snapshot = _snapshot }, Trained.Nobody, CancellationToken.None);

    private List<byte[]> Single(int count, string name, ulong seed) =>
        [.. Run(new SampleOptions { Count = count, Seed = seed, OutFolder = _folder.File(name + "/x")[..^2] }).Files.Select(
            File.ReadAllBytes)];
}
