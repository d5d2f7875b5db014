using Smirk.Gan.Train.Judging;

namespace Smirk.Gan.Tests.Train.Judging;

public class BestSoFarTests
{
    [Theory]
    [InlineData(new[] { 20.0, 15, 13.3, 13.5, 14.1 }, 4, 2)] // within noise of the least: the newest
    [InlineData(new[] { 20.0, 13, 14.4, 14.5 }, 1, 2)] // a tenth worse and more: the least
    [InlineData(new[] { 13.0, 14.2, 14.9, 13.9 }, 3, 3)] // near to the least again, whatever was between
    [InlineData(new[] { 10.0, 10.9, 11.8 }, 1, 2)] // a slow drift ends where it leaves the least behind
    [InlineData(new[] { 10.0, double.NaN }, 0, 1)]
    [InlineData(new[] { double.NaN, 12 }, 1, 0)]
    public void The_best_is_the_newest_that_cannot_be_told_from_the_least(double[] values, int best, int since)
    {
        var judged = new BestSoFar();
        var newest = -1;
        for (var i = 0; i < values.Length; i++)
            newest = judged.Note(values[i]) ? i : newest;
        Assert.Equal((best, since), (newest, judged.Since));
    }

    [Theory]
    [InlineData(10, 50, 8, 62.5)] // a fifth less in one, a quarter more in the other: the same
    [InlineData(0, 50, -1e-9, 3)]
    public void Both_feature_spaces_count_by_shares(double trained, double random, double otherTrained, double otherRandom) =>
        Assert.Equal(Distance(trained, random), Distance(otherTrained, otherRandom), 9);

    private static double Distance(double trained, double random) =>
        BestSoFar.Distance(new Dictionary<string, double> { ["frechet_trained"] = trained, ["frechet_random"] = random });
}
