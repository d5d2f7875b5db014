using Smirk.Gan.Explore;
using Smirk.Gan.Project;
using Smirk.Gan.Tests.Explore;
using Smirk.Workspace.Errors;

namespace Smirk.Gan.Tests.Project;

[Collection(nameof(SmallRun))]
public sealed class ProjectorTests : IDisposable
{
    private readonly SmallRun _run;
    private readonly GeneratorSession _session;
    private readonly RunPictures _pictures;
    private readonly Projector _projector;

    public ProjectorTests(SmallRun run)
    {
        _run = run;
        _session = GeneratorSession.Open(run.Snapshot);
        _pictures = RunPictures.Open(_session, cancel: TestContext.Current.CancellationToken);
        _projector = new Projector(_session, _pictures, cancel: TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        _projector.Dispose();
        _pictures.Dispose();
        _session.Dispose();
    }

    [Fact]
    public void A_held_out_picture_comes_nearer_than_the_nearest_sample_and_is_seen_doing_so()
    {
        var seen = new List<ProjectionStep>();
        var projection = Run(HeldOut(0), new ProjectOptions { Steps = 40, ShowEvery = 10, Compare = false }, seen.Add);
        Assert.True(projection.Distance < projection.NearestSample, $"{projection.Distance} ≥ {projection.NearestSample}");
        Assert.Equal([0, 10, 20, 30, 40], seen.Select(step => step.Step));
        Assert.All(seen, step => Assert.Equal((40, 32 * 32 * 3), (step.Steps, step.Rgb.Length)));
        Assert.Equal(projection.NearestSample, seen[0].Distance, tolerance: 1e-3);
        Assert.Equal(projection.Distance, seen[^1].Distance, tolerance: 1e-6);
        Assert.Equal(projection.Rgb, seen[^1].Rgb);
        Assert.Equal((100, 3), (projection.Code.Z.Length, projection.Code.Styles!.Length));
        Assert.Equal(projection.Rgb, _session.Generate([projection.Code])[0].Rgb);
        Assert.Null(projection.Comparison);
    }

    [Fact]
    public void The_latent_that_is_found_looks_like_a_latent()
    {
        var code = Run(HeldOut(1), new ProjectOptions { Steps = 60, Compare = false }).Code;
        Assert.All([code.Z, .. code.Styles!], row => Assert.InRange(Math.Sqrt(row.Average(x => x * x)), 0.75, 1.3));
    }

    [Fact]
    public void Held_out_pictures_are_projected_once_and_kept_beside_the_run()
    {
        var options = new ProjectOptions { Steps = 4 };
        var first = Run(HeldOut(2), options).Comparison!;
        Assert.InRange(first.NearerThan, 0, 1);
        Assert.Equal(Math.Min(24, _pictures.HeldOutCount), first.HeldOut);
        var kept = Assert.Single(Directory.GetFiles(Path.Combine(_run.Run.Path, "projections"), "*-4.json"));
        File.WriteAllText(kept, File.ReadAllText(kept).Replace("Distances\":[", "Distances\":[1000,1000,", StringComparison.Ordinal));
        Assert.Equal(first.HeldOut + 2, Run(HeldOut(2), options).Comparison!.HeldOut);

        // Damaged, it is measured anew.
        File.WriteAllText(kept, "{");
        Assert.Equal(first.HeldOut, Run(HeldOut(2), options).Comparison!.HeldOut);
    }

    [Fact]
    public void A_picture_is_projected_alike_alone_and_again()
    {
        var options = new ProjectOptions { Steps = 10, Compare = false, Threads = 1 };
        Assert.Equal(Run(HeldOut(3), options).Code.Z, Run(HeldOut(3), options).Code.Z);
    }

    [Fact]
    public void It_stops_when_it_is_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var seen = 0;
        Assert.Throws<OperationCanceledException>(() => _projector.Run(
            HeldOut(0), new ProjectOptions { ShowEvery = 1 }, _ =>
            {
                if (++seen == 3)
                    cancel.Cancel();
            }, cancel: cancel.Token));
        Assert.Equal(3, seen);
        Assert.NotNull(Run(HeldOut(0), new ProjectOptions { Steps = 1, Compare = false }));
    }

    [Fact]
    public void What_cannot_be_projected_is_refused()
    {
        Refused("32×32 pixels, 3072 bytes of RGB", new byte[64 * 64 * 3], new ProjectOptions());
        Refused("--steps 0: expected 1 to 10000", HeldOut(0), new ProjectOptions { Steps = 0 });
        Refused("--threads 2000: expected 1 to 1024", HeldOut(0), new ProjectOptions { Threads = 2000 });
        Refused("trained without labels", HeldOut(0), new ProjectOptions { Class = 1 });

        void Refused(string why, byte[] rgb, ProjectOptions options) =>
            Assert.Contains(why, Assert.Throws<UsageException>(() => Run(rgb, options)).Message);
    }

    [Fact]
    public void A_picture_that_the_generator_made_is_found_again_nearly_exactly()
    {
        // Of a seed that none of the samples has with which the search begins.
        var made = _session.Generate(_session.Draw(3, seed: 12345));
        foreach (var picture in made)
        {
            var projection = Run(picture.Rgb, new ProjectOptions { Steps = 300, Compare = false, Threads = 1 });
            Assert.InRange(projection.Distance, 0, 0.2 * projection.NearestSample);
            Assert.InRange(projection.Rgb.Zip(picture.Rgb).Average(pair => Math.Abs(pair.First - pair.Second)), 0, 3);
        }
    }

    private Projection Run(byte[] rgb, ProjectOptions options, Action<ProjectionStep>? seen = null) =>
        _projector.Run(rgb, options, seen, cancel: TestContext.Current.CancellationToken);

    private byte[] HeldOut(int place) => RgbRows.Of(_pictures.HeldOut.Take(place, 1))[0];
}
