using Smirk.Gan.Evaluate;
using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Tests.Evaluate;

public sealed class SpectrumPeaksTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    public void A_grid_is_found_and_noise_has_none(int period)
    {
        using var scope = TensorScope.Open();
        using var random = new Generator(1);
        var noise = Tensor.RandomUniform([64, 3, 128, 128], 50, 200, random);
        var grid = (Tensor.Arange(0, 128) * (2 * Math.PI / period)).Cos().Reshape(1, 1, 1, 128) * 10;
        var (plain, marked) = (noise.To(DType.UInt8), (noise + grid).To(DType.UInt8));
        Assert.InRange(SpectrumPeaks.Of(plain.Narrow(0, 0, 32), plain.Narrow(0, 32, 32)), 0.8, 1.25);
        Assert.InRange(SpectrumPeaks.Of(plain.Narrow(0, 0, 32), marked.Narrow(0, 32, 32)), 2, double.MaxValue);
    }

    [Fact]
    public void Gaps_in_the_spectrum_of_pictures_of_large_pixels_are_no_measure()
    {
        using var scope = TensorScope.Open();
        using var random = new Generator(1);
        var blocks = Tensor.RandomIntegers([64, 3, 16, 16], 0, 256, random).To(DType.Float32)
            .Interpolate(64, 64, Interpolation.Nearest);
        var near = blocks + Tensor.RandomNormal([64, 3, 64, 64], random) * 5;
        Assert.InRange(SpectrumPeaks.Of(blocks.To(DType.UInt8), near.Clamp(0, 255).To(DType.UInt8)), 0, 1.5);
    }

    [Fact]
    public void Features_at_full_size_see_a_blur_that_features_at_64_pixels_do_not()
    {
        using var scope = TensorScope.Open();
        using var random = new Generator(1);
        var sharp = Tensor.RandomIntegers([200, 1, 128, 128], 0, 256, random).To(DType.UInt8);
        var blurred = sharp.To(DType.Float32).AvgPool2d(2).Interpolate(128, 128, Interpolation.Nearest).To(DType.UInt8);
        double Distance(FeatureSpace space, Tensor fake) =>
            SpaceScores.Of(space.Of(sharp.Narrow(0, 0, 100)), space.Of(fake.Narrow(0, 100, 100)), standardise: true).Frechet;
        using var coarse = new RandomFeatures(1);
        using var detail = DetailFeatures.For(1, 128).Single();
        Assert.InRange(Distance(coarse, blurred) / Distance(coarse, sharp), 0.7, 1.5);
        Assert.InRange(Distance(detail, blurred) / Distance(detail, sharp), 5, double.MaxValue);
        Assert.Empty(DetailFeatures.For(1, 64));
    }
}
