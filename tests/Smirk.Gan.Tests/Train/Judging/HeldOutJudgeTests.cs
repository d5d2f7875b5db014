using Smirk.Gan.Data;
using Smirk.Gan.Log;
using Smirk.Gan.Train;
using Smirk.Gan.Train.Judging;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Recipes;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Runs;

namespace Smirk.Gan.Tests.Train.Judging;

public sealed class HeldOutJudgeTests
{
    [Fact]
    public void More_held_out_pictures_than_samples_are_measured_on()
    {
        using var folder = new TemporaryFolder();
        using var pack = TrainingPack.Open(TinyPack.Write(folder, count: 2100));
        var plan = RecipePlanner.Plan(new TrainOptions { Batch = 8, Width = 0.1, Thumbnail = 0, HeldOut = 0.5 }, pack);
        var split = HeldOutSplit.Of(pack.Rows, plan.HeldOut, plan.Seed);
        Assert.InRange(split.HeldOut.Length, 1001, 1050);
        using var recipe = Recipe.Create(plan);
        recipe.SettleAverage();
        var random = new Generator(1);
        using var scope = TensorScope.Open();
        var fake = Tensor.RandomIntegers([1000, 3, 32, 32], 0, 256, random).To(DType.UInt8);
        Assert.True(double.IsFinite(DiscriminatorGap.Between(pack, split, plan).Of(recipe, fake, null)));
    }

    [Fact]
    [Trait("Speed", "slow")]
    public void Training_with_more_than_a_thousand_held_out_pictures_is_measured_to_its_end()
    {
        using var folder = new TemporaryFolder();
        var options = new TrainOptions
        {
            Kimg = 0.02,
            Batch = 8,
            Width = 0.1,
            Thumbnail = 0,
            HeldOut = 0.5,
            EvaluateEvery = TimeSpan.FromMinutes(1),
        };
        var result = Trained.Run(options, TinyPack.Write(folder, count: 2100), new RunFolders(Path.Combine(folder.Path, "runs")),
            TestEncoders.Tools, Trained.Nobody, CancellationToken.None);
        Assert.Contains("discriminator_gap", Assert.Single(LogLine.ReadAll(result.Run.LogPath), line =>
            line.Metrics is not null).Metrics!.Keys);
    }

    [Fact]
    public void Gap_of_a_discriminator_that_knows_only_brightness_ignores_how_the_pack_is_sorted()
    {
        // Sorted from dark to bright, as an archive by date may be: the first rows are no fair sample of the training pictures.
        using var folder = new TemporaryFolder();
        using var pack =
            TrainingPack.Open(TinyPack.WriteFlat(folder, 400, 32, [.. Enumerable.Range(0, 400).Select(i => (byte)(i * 255 / 400))]));
        var plan = RecipePlanner.Plan(new TrainOptions { Width = 0.1, Thumbnail = 0, HeldOut = 0.25, Mirror = "off" }, pack);
        var split = HeldOutSplit.Of(pack.Rows, plan.HeldOut, plan.Seed);
        using var recipe = Recipe.Create(plan);
        using var scope = TensorScope.Open();
        var first = Means(recipe, pack.Of([.. split.Training.Take(split.HeldOut.Length)]));
        var (unseen, fake) = (Means(recipe, pack.Of(split.HeldOut)), Tensor.Full([64, 3, 32, 32], 255, DType.UInt8));
        var made = Means(recipe, fake);
        var naive = Math.Abs((first - unseen) / (first - made));
        Assert.InRange(Math.Abs(DiscriminatorGap.Between(pack, split, plan).Of(recipe, fake, null)), 0, Math.Min(0.4, naive / 2));
    }

    private static double Means(Recipe recipe, PictureRows pictures)
    {
        using var noGradient = Autograd.NoGradient();
        return recipe.Discriminator.Forward(pictures.Take(0, pictures.Count).To(DType.Float32) / 127.5 - 1).Mean().ToDouble();
    }
}
