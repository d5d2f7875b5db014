using Smirk.Gan.Evaluate;

namespace Smirk.Gan.Tests.Evaluate;

public sealed class ConfusionTests
{
    private static readonly Confusion Some =
        Confusion.Of(are: [0, 0, 0, 0, 1, 1, 2], takenFor: [0, 1, 1, 2, 1, 0, 2], ["cat", "dog", "owl"]);

    [Fact]
    public void A_row_is_what_pictures_are_and_a_column_what_they_are_taken_for()
    {
        Assert.Equal([[1, 2, 1], [1, 1, 0], [0, 0, 1]], Some.Counts);
        Assert.Equal(3 / 7.0, Some.Right);
        Assert.Equal(0.5, Some.Share(0, 1));
    }

    [Fact]
    public void The_worst_pairs_come_first_by_share_and_only_as_many_as_there_are()
    {
        Assert.Equal([new("cat", "dog", 0.5), new("dog", "cat", 0.5)], Some.Worst(2));
        Assert.Equal(3, Some.Worst(10).Count);
        Assert.Empty(Confusion.Of([0, 1], [0, 1], ["a", "b"]).Worst(5));
    }
}
