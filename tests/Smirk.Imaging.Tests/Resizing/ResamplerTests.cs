using FsCheck;
using FsCheck.Fluent;
using Smirk.Imaging.Resizing;

namespace Smirk.Imaging.Tests.Resizing;

public sealed class ResamplerTests
{
    public static TheoryData<ResizeKernel> Kernels => [.. Enum.GetValues<ResizeKernel>()];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Resize_keeps_one_colour_exactly(ResizeKernel kernel)
    {
        Prop.ForAll(Gen.Choose(1, 40).Four().ToArbitrary(), sizes =>
        {
            var resized = new Picture(sizes.Item1, sizes.Item2, 37, 200, 255).Resize(sizes.Item3, sizes.Item4, kernel);
            return resized.Width == sizes.Item3 && resized.Height == sizes.Item4
                && resized.Pixels.Chunk(3).All(p => p is [37, 200, 255]);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Resize_commutes_with_mirroring(ResizeKernel kernel)
    {
        var picture = Gradient(61, 47);
        var one = picture.MirrorHorizontally().Resize(23, 19, kernel);
        var other = picture.Resize(23, 19, kernel).MirrorHorizontally();
        Assert.All(one.Pixels.Zip(other.Pixels), p => Assert.InRange(p.First - p.Second, -1, 1));
    }

    [Fact]
    public void Resize_with_a_box_of_whole_pixels_is_their_mean()
    {
        var picture = new Picture(2, 2, [0, 0, 0, 100, 0, 0, 50, 0, 0, 250, 0, 9]);
        Assert.Equal([100, 0, 2], picture.Resize(1, 1, ResizeKernel.Box).Pixels);
    }

    [Theory]
    [InlineData(ResizeKernel.Linear)]
    [InlineData(ResizeKernel.Cubic)]
    [InlineData(ResizeKernel.Lanczos3)]
    public void Resize_follows_the_definition_of_its_kernel(ResizeKernel kernel)
    {
        var picture = Gradient(64, 9);
        foreach (var width in (int[])[17, 100])
        {
            var resized = picture.Resize(width, 9, kernel);
            for (var x = 0; x < width; x++)
                Assert.InRange(resized.Row(4)[x * 3] - Plain(picture.Row(4), width, x, kernel), -1.01, 1.01);
        }
    }

    [Fact]
    public void Shrinking_a_fine_pattern_gives_grey_and_no_moire()
    {
        var pixels = new byte[256 * 256 * 3];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = ((i / 3 % 256) + (i / 3 / 256)) % 2 == 0 ? (byte)0 : (byte)255;
        var small = new Picture(256, 256, pixels).Resize(50, 50);
        Assert.All(small.Pixels, p => Assert.InRange(p, 125, 130));
    }

    // The textbook sum, in doubles, for one row.
    private static double Plain(ReadOnlySpan<byte> row, int width, int x, ResizeKernel kernel)
    {
        var input = row.Length / 3;
        var scale = (double)input / width;
        var stretch = Math.Max(1, scale);
        var (sum, weights) = (0.0, 0.0);
        for (var i = 0; i < input; i++)
        {
            var at = Math.Abs(((x + 0.5) * scale) - 0.5 - i) / stretch;
            var weight = kernel switch
            {
                ResizeKernel.Linear => Math.Max(0, 1 - at),
                ResizeKernel.Cubic => at < 1 ? (1.5 * at * at * at) - (2.5 * at * at) + 1 : at < 2
                    ? (-0.5 * at * at * at) + (2.5 * at * at) - (4 * at) + 2 : 0,
                _ => at < 1e-9 ? 1 : at < 3 ? 3 * Math.Sin(Math.PI * at) * Math.Sin(Math.PI * at / 3) / (Math.PI * Math.PI * at * at) : 0,
            };
            sum += weight * row[i * 3];
            weights += weight;
        }

        return Math.Clamp(sum / weights, 0, 255);
    }

    private static Picture Gradient(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(128 + (100 * Math.Sin(i / 3 % width * 0.3 * (1 + (i % 3))) * Math.Cos(i / 3 / width * 0.2)));
        return new Picture(width, height, pixels);
    }
}
