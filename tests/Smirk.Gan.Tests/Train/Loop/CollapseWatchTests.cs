using Smirk.Gan.Train.Loop;

namespace Smirk.Gan.Tests.Train.Loop;

/// <summary>When a run counts as collapsed.</summary>
public sealed class CollapseWatchTests
{
    [Fact]
    public void A_young_generator_may_make_one_picture_and_an_old_one_for_a_moment()
    {
        var watch = new CollapseWatch();
        Assert.Null(watch.Note(0.05, At(2)));
        Assert.Null(watch.Note(0.05, At(7.9)));
        Assert.Null(watch.Note(0.5, At(12)));
        Assert.Null(watch.Note(0.1, At(20)));
        Assert.Null(watch.Note(0.1, At(23)));
        Assert.Null(watch.Note(0.3, At(23.5)));
        Assert.Null(watch.Note(0.1, At(25)));
    }

    [Fact]
    public void Four_kimg_without_variety_are_a_collapse_that_began_where_it_fell()
    {
        var watch = new CollapseWatch();
        Assert.Null(watch.Note(0.6, At(19)));
        Assert.Null(watch.Note(0.1, At(20)));
        Assert.Null(watch.Note(0.1, At(22)));
        Assert.Equal(20, watch.Note(0.1, At(24))!.Kimg);
        watch.Forget();
        Assert.Null(watch.Note(0.1, At(24)));
    }

    [Fact]
    public void Pictures_that_are_all_the_same_are_no_collapse() => Assert.Null(new CollapseWatch().Note(double.NaN, At(100)));

    private static TrainCounters At(double kimg) => new() { Seen = (long)(kimg * 1000) };
}
