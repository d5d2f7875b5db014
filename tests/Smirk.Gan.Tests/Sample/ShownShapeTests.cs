using Smirk.Gan.Evaluate;
using Smirk.Gan.Explore;
using Smirk.Gan.Report;
using Smirk.Gan.Sample;
using Smirk.Gan.Train;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Snapshots;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Runs;

namespace Smirk.Gan.Tests.Sample;

/// <summary>A run on a pack whose pictures were squeezed from 2:3: everything that it shows is 26 × 39 pixels for its squares of
/// 32.</summary>
[Collection(nameof(Alone))]
public sealed class ShownShapeTests : IDisposable
{
    private const int Width = 26, Height = 39;

    private static readonly TrainOptions Small = new()
    {
        Kimg = 0.1,
        Batch = 8,
        Width = 0.1,
        Seed = 3,
        EvaluateEvery = TimeSpan.Zero,
        HeldOut = 0,
    };

    private readonly TemporaryFolder _folder = new();
    private readonly TrainResult _trained;
    private readonly List<(int Width, int Height)> _drawn = [];

    public ShownShapeTests() => _trained = Trained.Run(Small, TinyPack.Write(_folder, aspect: "2:3"),
        new RunFolders(_folder.File("runs/x")[..^2]), TestEncoders.Tools with { Png = Png }, Trained.Nobody, CancellationToken.None);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Training_shows_it_in_its_grids_and_the_run_and_its_snapshots_keep_it()
    {
        Assert.NotEmpty(_drawn);
        Assert.All(_drawn, size => Assert.Equal((8 * Width, 8 * Height), size));
        var plan = RecipePlan.Read(_trained.Run.OptionsPath);
        Assert.Equal("2:3", plan.ShownAspect.ToString());
        Assert.Contains("squeezed from 2:3", PlanInWords.Of(plan).Single(choice => choice.Name == "pictures").InWords);
        Assert.Equal(plan.ShownAspect, Snapshot.ReadPlan(_trained.Snapshot).ShownAspect);
        _drawn.Clear();
        var resumed = Trained.Resume(_trained.Run, new TrainOptions { Kimg = 0.2 }, TestEncoders.Tools with { Png = Png });
        Assert.All(_drawn, size => Assert.Equal((8 * Width, 8 * Height), size));
        Assert.Equal(plan.ShownAspect, Snapshot.ReadPlan(resumed.Snapshot).ShownAspect);
    }

    [Fact]
    public void Samples_of_a_snapshot_without_its_run_and_pack_have_it_in_files_grids_sweeps_and_walks()
    {
        var lone = _folder.File("elsewhere/lone.safetensors");
        Directory.CreateDirectory(Path.GetDirectoryName(lone)!);
        File.Copy(_trained.Best, lone);
        Directory.Move(_folder.File("pack"), _folder.File("gone"));
        Directory.Move(_folder.File("runs"), _folder.File("gone runs"));
        var grid = Run(lone, new SampleOptions { Count = 5, GridPath = _folder.File("grid") });
        Assert.Equal([Width * 3, Height * 2], grid[0][..2].Select(b => (int)b));
        Assert.Equal(2 + (3 * Width * 2 * Height * 3), grid[0].Length);
        var large = Run(lone, new SampleOptions { Count = 1, Scale = 2, GridPath = _folder.File("large") })[0];
        Assert.Equal([2 * Width, 2 * Height], large[..2].Select(b => (int)b));
        var singles = Run(lone, new SampleOptions { Count = 2, OutFolder = _folder.File("singles") });
        Assert.All(singles, file => Assert.Equal([Width, Height], file[..2].Select(b => (int)b)));
        Assert.Equal(2 + (9 * Width * Height * 3),
            Run(lone, new SampleOptions { Count = 1, SweepDimension = 3, GridPath = _folder.File("sweep") })[0].Length);
        var walks = new SampleEncoders(Png, Animated, Animated);
        var asked = new SampleOptions
        {
            Snapshot = lone,
            Interpolate = 2,
            FramesPerStep = 2,
            Scale = 2,
            GifPath = _folder.File("gif"),
            WebPPath = _folder.File("webp"),
        };
        _drawn.Clear();
        new SampleStage(walks).Run(asked, Trained.Nobody, CancellationToken.None);
        Assert.Equal([(2 * Width, 2 * Height), (2 * Width, 2 * Height)], _drawn);

        byte[] Animated(int width, int height, IReadOnlyList<byte[]> frames, int delay)
        {
            Assert.All(frames, frame => Assert.Equal(width * height * 3, frame.Length));
            return Png(width, height, frames[0]);
        }
    }

    [Fact]
    public void The_report_and_the_session_show_it()
    {
        _drawn.Clear();
        var report = new ReportStage(Png)
            .Run(new ReportOptions { Run = _trained.Run, Subject = "ws" }, Trained.Nobody, CancellationToken.None).Path;
        Assert.Contains("32×32 pixels, stretched to 2:3: 26×39;", File.ReadAllText(report));

        // The best grid, the two extremes, and pairs of a sample and what it is most like.
        Assert.Equal([(Width, Height), (8 * Width, 2 * Height), (8 * Width, 8 * Height)], _drawn.Distinct().Order());
        using var session = GeneratorSession.Open(_trained.Best);
        var shown = session.Shown(session.Generate(session.Draw(1, 0))[0].Rgb);
        Assert.Equal((Width, Height), (shown.Width, shown.Height));

        // Just what sample writes of that latent.
        var sampled = Run(_trained.Best, new SampleOptions { Count = 1, GridPath = _folder.File("one") });
        Assert.Equal(sampled[0][2..], shown.Rgb);
    }

    [Fact]
    public void Folders_to_compare_with_are_squeezed_alike_and_packs_of_another_shape_are_refused()
    {
        // What it is asked for is enough: to measure takes a minute.
        var stage = new EvaluateStage((_, shape, _, _, _) => throw new InvalidOperationException($"{shape.Size} {shape.Aspect}"));
        Directory.CreateDirectory(_folder.File("real"));
        Assert.Equal("32 2:3", Assert.Throws<InvalidOperationException>(
            () => Run(new EvaluateOptions { Snapshot = _trained.Best, Real = _folder.File("real") })).Message);
        Assert.Equal("32 2:3", Assert.Throws<InvalidOperationException>(
            () => Run(new EvaluateOptions { Pictures = _folder.File("real"), Real = _folder.File("pack"), Size = 32 })).Message);
        var square = TinyPack.Write(_folder, name: "square");
        Assert.Contains("holds pictures of 1:1", Assert.Throws<UsageException>(
            () => Run(new EvaluateOptions { Snapshot = _trained.Best, Real = square })).Message);

        void Run(EvaluateOptions options) => stage.Run(options, Trained.Nobody, CancellationToken.None);
    }

    [Fact]
    public void The_same_pixels_of_another_shape_are_another_pack()
    {
        var plan = RecipePlan.Read(_trained.Run.OptionsPath);
        plan.OpenPack(_folder.File("pack")).Dispose();
        Assert.True(TrainStage.IsPlanOf(_trained.Run, Small with { Pack = _folder.File("pack") }));
        Directory.Delete(_folder.File("pack"), recursive: true);
        TinyPack.Write(_folder);
        Assert.Throws<UnusableInputException>(() => plan.OpenPack(_folder.File("pack")));
        Assert.False(TrainStage.IsPlanOf(_trained.Run, Small with { Pack = _folder.File("pack") }));

        // A plan of 1:1 says nothing of it: runs of before are of 1:1, and have the identity that they had.
        Assert.DoesNotContain("aspect", TrainStage.Plan(Small with { Pack = _folder.File("pack") }, CancellationToken.None).ToJson());
    }

    [Fact]
    public void Stretching_keeps_a_circle_round_and_squares_as_they_are()
    {
        using var scope = TensorScope.Open();
        var values = new byte[64 * 64];
        for (var i = 0; i < values.Length; i++)
        {
            // A circle of radius 15 at 52 × 78, squeezed to 64 × 64.
            var (x, y) = (((i % 64) + 0.5 - 32) * 52 / 64, ((i / 64) + 0.5 - 32) * 78 / 64);
            values[i] = (byte)((x * x) + (y * y) < 225 ? 255 : 0);
        }

        var square = Tensor.FromBytes(values, DType.UInt8, [1, 1, 64, 64]);
        var shown = Enlargement.Shown(square, Aspect.Parse("2:3"));
        Assert.Equal([1L, 1, 78, 52], shown.Shape);
        var pixels = shown.ToArray<byte>();
        var across = Enumerable.Range(0, 52).Sum(x => pixels[(39 * 52) + x]) / 255.0;
        var down = Enumerable.Range(0, 78).Sum(y => pixels[(y * 52) + 26]) / 255.0;
        Assert.InRange(across / down, 0.96, 1.04);
        Assert.Same(square, Enlargement.Shown(square, Aspect.Square));
    }

    private byte[] Png(int width, int height, byte[] rgb)
    {
        _drawn.Add((width, height));
        Assert.Equal(width * height * 3, rgb.Length);
        return [(byte)width, (byte)height, .. rgb];
    }

    private List<byte[]> Run(string snapshot, SampleOptions options) =>
        [.. new SampleStage(TestEncoders.Sample with { Png = Png }).Run(options with { Snapshot = snapshot }, Trained.Nobody,
            CancellationToken.None).Files.Select(File.ReadAllBytes)];
}
