using Smirk.Gan.Explore;
using Smirk.Gan.Sample;
using Smirk.Gan.Train.Snapshots;
using Smirk.Workspace.Errors;

namespace Smirk.Gan.Tests.Explore;

[Collection(nameof(SmallRun))]
public sealed class GeneratorSessionTests(SmallRun run)
{
    [Fact]
    public void A_session_makes_the_pictures_that_sample_makes_and_scores_them_as_pick_does()
    {
        using var folder = new TemporaryFolder();
        using var session = GeneratorSession.Open(run.Snapshot);
        Assert.Equal((32, 100, 3, 0.6), (session.Size, session.LatentSize, session.Levels, Math.Round(session.Kimg, 1)));
        var made = session.Generate(session.Draw(12, seed: 3), new GenerateOptions { Realness = true });
        var picked = new SampleStage(TestEncoders.Sample).Run(
            new SampleOptions { Snapshot = run.Snapshot, Seed = 3, Count = 3, Pick = 0.25, OutFolder = Path.Combine(folder.Path, "out") },
            Trained.Nobody, TestContext.Current.CancellationToken);
        Assert.Equal(picked.Picked!.Chosen, made.Index().OrderByDescending(p => p.Item.Realness).Take(3).Select(p => p.Index));
        Assert.Equal(File.ReadAllBytes(picked.Files[0])[2..], made[picked.Picked.Chosen[0]].Rgb);
        Assert.Null(session.Generate(session.Draw(1, seed: 3))[0].Realness);
    }

    [Fact]
    public void The_same_latent_shows_what_training_changed_and_another_generators_is_refused()
    {
        var first = new SnapshotFolder(run.Run).All()[0];
        using var session = GeneratorSession.Open(run.Snapshot);
        var codes = session.Draw(1, seed: 0);
        var late = session.Generate(codes)[0].Rgb;
        session.Switch(first);
        Assert.Equal((first, 0), (session.SnapshotPath, session.Kimg));
        Assert.NotEqual(late, session.Generate(codes, new GenerateOptions { Realness = true })[0].Rgb);
        Assert.Throws<UnusableInputException>(() => session.Switch(Path.Combine(run.Run.Path, "options.json")));
        session.Switch(run.Snapshot);
        Assert.Equal(late, session.Generate(codes)[0].Rgb);
        Assert.Contains("numbers", Assert.Throws<UnusableInputException>(() => session.Generate([new LatentCode([1, 2])])).Message);
        Assert.Throws<OperationCanceledException>(() => session.Generate(codes, cancel: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Latents_are_mixed_varied_and_walked_between()
    {
        using var session = GeneratorSession.Open(run.Snapshot);
        var (moves, codes) = (session.Moves, session.Draw(2, seed: 1));
        var (a, b) = (codes[0], codes[1]);
        var mixed = moves.Mix(codes, [0, 1, 0, 1]);
        Assert.Equal((a.Z, b.Z, a.Z, b.Z), (mixed.Z, mixed.Styles![0], mixed.Styles[1], mixed.Styles[2]));
        Assert.Throws<ArgumentException>(() => moves.Mix(codes, [0, 1]));
        var colour = moves.Vary(a, VariedPart.Colour, 0.3, seed: 5);
        Assert.Equal((a.Z, a.Z, a.Z), (colour.Z, colour.Styles![0], colour.Styles[1]));
        Assert.NotEqual(a.Z, colour.Styles[2]);
        Assert.Equal(Length(a.Z), Length(colour.Styles[2]), tolerance: 0.25 * Length(a.Z));
        Assert.Equal(moves.Vary(a, VariedPart.All, 0.3, seed: 5).Z, colour.Styles[2]);
        Assert.NotEqual(moves.Vary(a, VariedPart.All, 0.3, seed: 6).Z, colour.Styles[2]);
        var between = moves.Between(mixed, b, 1);
        Assert.Equal(b.Z.Select(x => Math.Round(x, 4)), between.Z.Select(x => Math.Round(x, 4)));
        Assert.All(between.Styles!, style => Assert.Equal(b.Z[7], style[7], tolerance: 1e-4));
    }

    [Fact]
    public void A_training_picture_is_its_own_nearest_neighbour_and_a_held_out_one_is_not()
    {
        using var session = GeneratorSession.Open(run.Snapshot);
        using var pictures = RunPictures.Open(session, cancel: TestContext.Current.CancellationToken);
        Assert.Equal(100, pictures.TrainingCount + pictures.HeldOutCount);
        using var neighbours = new TrainingNeighbours(pictures);
        var own = RgbRows.Of(pictures.Training.Take(5, 1))[0];
        var row = pictures.Split.Training[5];
        var near = neighbours.Of(own, 4);
        Assert.Equal((row, $"picture{row}", 0), (near.ByPixels[0].Row, near.ByPixels[0].Picture, Math.Round(near.ByPixels[0].Distance, 2)));
        Assert.Equal((row, 0), (near.ByFeatures[0].Row, Math.Round(near.ByFeatures[0].Distance, 2)));
        Assert.Equal((4, 4), (near.ByPixels.DistinctBy(n => n.Row).Count(), near.ByFeatures.DistinctBy(n => n.Row).Count()));
        Assert.Equal(near.ByPixels.Select(n => n.Distance).Order(), near.ByPixels.Select(n => n.Distance));
        Assert.Equal(1, near.NearerThanHeldOut);
        var mirrored = neighbours.Of(RgbRows.Of(pictures.Training.Take(5, 1).Flip(3))[0], 1).ByPixels[0];
        Assert.Equal((row, true, 0), (mirrored.Row, mirrored.Mirrored, Math.Round(mirrored.Distance, 2)));
        var unseen = neighbours.Of(RgbRows.Of(pictures.HeldOut.Take(0, 1))[0], 1);
        Assert.True(unseen.ByPixels[0].Distance > 0.1);
        Assert.InRange(unseen.NearerThanHeldOut!.Value, 0, 1);
        Assert.Contains("3072 bytes", Assert.Throws<UsageException>(() => neighbours.Of(new byte[5])).Message);
    }

    private static double Length(float[] z) => Math.Sqrt(z.Sum(x => (double)x * x));
}
