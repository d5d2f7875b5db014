using Smirk.Gan.Evaluate;
using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Tests.Evaluate;

public sealed class MetricTests
{
    [Fact]
    public void Scores_in_a_feature_space_equal_SciPys()
    {
        using var scope = TensorScope.Open();
        var golden = new Golden("metrics");
        var scores = SpaceScores.Of(golden["real"], golden["fake"], standardise: false);
        double[] actual = [scores.Frechet, scores.Kernel, scores.Precision, scores.Recall, scores.Density, scores.Coverage];
        foreach (var (expected, value) in golden["expected"].ToArray<double>().Zip(actual))
            Assert.Equal(expected, value, Math.Max(1e-9, Math.Abs(expected) * 1e-6));
    }

    [Fact]
    public void Equal_sets_are_at_distance_zero()
    {
        using var scope = TensorScope.Open();
        var set = new Golden("metrics")["real"];
        Assert.Equal(0, FrechetDistance.Of(set, set), 1e-6);
    }

    [Fact]
    public void Ms_ssim_equals_a_plain_PyTorch_one()
    {
        using var scope = TensorScope.Open();
        var golden = new Golden("ms_ssim");
        Golden.Near(golden["expected"], MultiScaleSimilarity.Of(golden["a"], golden["b"]), 1e-4, "MS-SSIM");
    }

    [Fact]
    public void Sliced_Wasserstein_distance_grows_with_noise_and_is_zero_for_the_same_pictures()
    {
        using var scope = TensorScope.Open();
        using var random = new Generator(4);
        var pictures = Pictures(random, 40);
        Tensor Noisy(double deviation) =>
            (pictures.To(DType.Float32) + Tensor.RandomNormal(pictures.Shape, random) * deviation).Clamp(0, 255).To(DType.UInt8);
        var (none, little, much) =
            (SlicedWasserstein.Of(pictures, pictures).Average(), SlicedWasserstein.Of(pictures, Noisy(10)).Average(),
                SlicedWasserstein.Of(pictures, Noisy(60)).Average());
        Assert.Equal(0, none, 1e-6);
        Assert.True(little < much, $"{little} < {much}");
    }

    [Fact]
    public void Copies_of_training_pictures_are_found_mirrored_ones_too_and_new_pictures_are_not()
    {
        using var scope = TensorScope.Open();
        using var random = new Generator(9);
        var (training, heldOut, fresh) = (Pictures(random, 300), Pictures(random, 100), Pictures(random, 200));
        var copies = training.Narrow(0, 0, 200).Flip(3);
        var (honest, copied) = (Copying.Of(training, heldOut, fresh), Copying.Of(training, heldOut, copies));
        Assert.InRange(honest.MedianRatio, 0.9, 1.1);
        Assert.InRange(honest.DataCopying, -3, 3);
        Assert.True(honest.TrainingBias < Copying.BiasLimit, $"{honest.TrainingBias}");
        Assert.Equal(0, copied.MedianRatio, 1e-3);
        Assert.True(copied.DataCopying < -10 && copied.TrainingBias > Copying.BiasLimit && copied.ShareTooClose > 0.99, copied.ToString());
        Assert.All(Copying.Nearest(training, copies), nearest => Assert.True(nearest.Mirrored));
    }

    [Fact]
    public void A_collapsed_generator_is_not_called_a_copier()
    {
        using var scope = TensorScope.Open();
        using var random = new Generator(9);
        var same = Tensor.Full([200, 3, 64, 64], 128, DType.UInt8);
        Assert.True(Copying.Of(Pictures(random, 300), Pictures(random, 100), same).TrainingBias < Copying.BiasLimit);
    }

    [Fact]
    public void Random_features_are_the_same_on_every_machine()
    {
        using var scope = TensorScope.Open();
        using var space = new RandomFeatures(3);
        var features = space.Of(Tensor.Full([1, 3, 64, 64], 200, DType.UInt8));
        Assert.Equal([1, 512], features.Shape);
        Assert.Equal(RandomFeaturesOfGrey200, features.Sum().ToDouble(), 1e-3);
    }

    // Changes only when the features do; then numbers in documents are no longer comparable.
    private const double RandomFeaturesOfGrey200 = 105.19102519226726;

    // Smooth random pictures: noise at 4×4, enlarged.
    private static Tensor Pictures(Generator random, int count) =>
        (Tensor.RandomUniform([count, 3, 4, 4], 0, 1, random).Interpolate(64, 64, Interpolation.Bilinear) * 255).To(DType.UInt8);
}
