using FsCheck;
using FsCheck.Fluent;
using Smirk.Imaging.Vision;

namespace Smirk.Imaging.Tests.Vision;

/// <summary>Arguments as they reach libsmirk_vision: wrong ones become a <see cref="VisionException"/> that says what was expected, never a
/// trap.</summary>
public sealed unsafe class VisionArgumentsTests
{
    private const int Side = 64;

    private static readonly int[] Sizes = [int.MinValue, -1, 0, 1, 2, 3, 9, 38, 39, Side, 1 << 30, int.MaxValue];
    private static readonly double[] Numbers =
        [double.NaN, double.NegativeInfinity, -1e300, -1, 0, 1e-9, 0.1, 1, 1.1, 32, 1e9, 1e300, double.PositiveInfinity];

    private static readonly byte[] Pixels = [.. Enumerable.Range(0, Side * Side * 3).Select(i => (byte)(i * 37))];

    [Fact]
    public void Any_sides_and_channels_give_a_picture_or_a_reason()
    {
        var sizes = Gen.Elements(Sizes);
        var samples = from width in sizes
                      from height in sizes
                      from width2 in sizes
                      from height2 in sizes
                      from channels in sizes
                      select (width, height, width2, height2, channels);
        Prop.ForAll(samples.ToArbitrary(), Gen.Elements(Numbers).ArrayOf(4).ToArbitrary(), (sample, numbers) =>
        {
            var (width, height, width2, height2, channels) = sample;
            var good = Good(width) && Good(height) && Good(width2) && Good(height2) && channels is 1 or 3;
            var result = new byte[Side * Side * 3];
            Span<double> matrix = [1, 0, 0, 0, 1, 0, 0, 0, 1];
            fixed (byte* from = Pixels, to = result)
            fixed (double* homography = matrix)
            {
                var resized = Passes(NativeMethods.Resize(from, width, height, channels, width2, height2, to));
                var warped = Passes(NativeMethods.Warp(from, width, height, channels, homography, width2, height2, to));
                var placed = Passes(NativeMethods.Window(
                    from, width, height, channels, numbers[0], numbers[1], numbers[2], numbers[3], 0, width2, height2, to));
                return resized == good && warped == good && (good || !placed);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void Any_blur_keypoints_and_thresholds_give_a_result_or_a_reason()
    {
        var sizes = Gen.Elements(Sizes);
        var samples = from width in sizes
                      from height in sizes
                      from max in sizes
                      from threshold in sizes
                      select (width, height, max, threshold);
        Prop.ForAll(samples.ToArbitrary(), Gen.Elements(Numbers).ToArbitrary(), (sample, sigma) =>
        {
            var (width, height, max, threshold) = sample;
            var picture = Good(width) && Good(height);
            var result = new byte[Side * Side];
            var points = new float[4 * Side];
            var descriptors = new byte[32 * Side];
            fixed (byte* from = Pixels, to = result, descriptor = descriptors)
            fixed (float* point = points)
            {
                var blurred = Passes(NativeMethods.Blur(from, width, height, sigma, to));
                var found = Passes(NativeMethods.Orb(from, width, height, max, threshold, point, descriptor, out var count));
                return blurred == (picture && sigma is > 0 and <= 1000)
                    && found == (picture && max is >= 1 and <= Side && threshold is >= 1 and <= 255) && (!found || count <= max);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(8, 0)]
    [InlineData(8, -1)]
    [InlineData(8, double.NaN)]
    [InlineData(8, double.PositiveInfinity)]
    public void A_fit_without_a_tolerance_is_refused(int count, double tolerance)
    {
        VisionLibrary.Version();
        var (pairs, inliers, model) = (new float[16], new byte[8], new double[9]);
        fixed (float* at = pairs)
        fixed (byte* mask = inliers)
        fixed (double* to = model)
        {
            Assert.False(Passes(NativeMethods.FitHomography(at, at, count, tolerance, to, mask, out _)));
            Assert.False(Passes(NativeMethods.FitSimilarity(at, at, count, tolerance, to, mask, out _)));
        }
    }

    [Fact]
    public void A_window_outside_the_picture_says_where_it_is()
    {
        var picture = new GreyPicture(Side, Side, Pixels[..(Side * Side)]);
        var error = Assert.Throws<VisionException>(() => PictureWindow.Square(500, 500, 8, 8).Of(picture));
        Assert.Contains("(500, 500) is outside the picture of 64x64", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_of_OpenCV_name_the_function_without_its_source()
    {
        var error = Assert.Throws<VisionException>(() => new CascadeClassifier("no XML"u8));
        Assert.DoesNotContain("/modules/", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("OpenCV(", error.Message, StringComparison.Ordinal);
    }

    // Reading the message as the checker does: every refusal has one.
    private static bool Passes(int status)
    {
        try
        {
            VisionNative.Check(status);
            return true;
        }
        catch (VisionException error)
        {
            Assert.False(error.Message.Contains("no reason", StringComparison.Ordinal), error.Message);
            return false;
        }
    }

    private static bool Good(int side) => side is >= 1 and <= Side;
}
