using Smirk.Gan.Train;
using Smirk.Gan.Upscale;

namespace Smirk.Gan.Tests.Upscale;

public sealed class SizeChoiceTests
{
    private static readonly int[] Sizes = [32, 64, 128, 256];

    [Theory]
    [InlineData(20, 32)]
    [InlineData(64, 64)]
    [InlineData(95, 64)]
    [InlineData(96, 128)]
    [InlineData(192, 256)]
    [InlineData(4000, 256)]
    public void Half_of_the_pictures_have_the_detail_for_the_size(int middle, int size)
    {
        var choice = SizeChoice.FromPictures([1, 2, middle, 5000], Sizes);
        Assert.Equal(size, choice.Size);
        Assert.Contains(middle.ToString(), choice.Reason);
    }

    [Theory]
    [InlineData(30, 130, 256)]
    [InlineData(10, 130, 128)]
    [InlineData(6, 100, 64)]
    [InlineData(3, 100, 64)]
    [InlineData(30, 10, 64)]
    public void A_budget_in_time_allows_what_the_machine_learns_in_it(int minutes, double speed, int size) =>
        Assert.Equal(size, Choose(256, new TrainOptions { Budget = TimeSpan.FromMinutes(minutes) }, () => speed));

    [Theory]
    [InlineData(0.1, 64)]
    [InlineData(30, 64)]
    [InlineData(80, 128)]
    [InlineData(120, 256)]
    public void A_number_of_pictures_needs_no_measuring(double kimg, int size) =>
        Assert.Equal(size, Choose(256, new TrainOptions { Kimg = kimg }, NotMeasured));

    [Fact]
    public void Small_pictures_are_not_asked_for_more() =>
        Assert.Equal(64, Choose(64, new TrainOptions(), NotMeasured));

    [Fact]
    public void The_speed_of_this_machine_is_a_number() =>
        Assert.InRange(MeasuredSpeed.PicturesPerSecond(new TrainOptions { Batch = 2, Width = 0.1 }), 0.1, 1e6);

    private static int Choose(int largest, TrainOptions options, Func<double> speed) =>
        SizeChoice.ForRun(new SizeChoice(largest, "what the pictures have"), options, speed).Size;

    private static double NotMeasured() => throw new InvalidOperationException("measured");
}
