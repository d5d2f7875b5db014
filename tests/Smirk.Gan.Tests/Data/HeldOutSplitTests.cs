using FsCheck;
using FsCheck.Fluent;
using Smirk.Gan.Data;
using Smirk.Workspace.Packs;

namespace Smirk.Gan.Tests.Data;

public sealed class HeldOutSplitTests
{
    [Fact]
    public void A_split_keeps_groups_whole_loses_no_row_and_is_the_same_every_time() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>().Filter(groups => groups is { Length: >= 2 }),
        groups =>
        {
            var rows = groups.Select((group, i) => new PackRow(i, $"p{i}", Group: $"g{group % 40}")).ToArray();
            var (split, again) = (HeldOutSplit.Of(rows, 0.1, 7), HeldOutSplit.Of(rows, 0.1, 7));
            return split.Training.SequenceEqual(again.Training)
                && split.Training.Concat(split.HeldOut).Order().SequenceEqual(Enumerable.Range(0, rows.Length))
                && !split.Training.Select(r => rows[r].Group).Intersect(split.HeldOut.Select(r => rows[r].Group)).Any()
                && split.Training.Length > 0;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1200, 120)]
    [InlineData(300, 64)]
    [InlineData(50, 12)]
    [InlineData(24, 6)]
    [InlineData(23, 0)]
    [InlineData(4, 0)]
    [InlineData(3, 0)]
    public void A_tenth_is_held_out_but_at_least_64_and_never_more_than_a_quarter_and_none_where_that_is_too_few_to_measure_on(
        int pictures, int expected)
    {
        var rows = Enumerable.Range(0, pictures).Select(i => new PackRow(i, $"p{i}")).ToArray();
        Assert.Equal(expected, HeldOutSplit.Of(rows, 0.1, 1).HeldOut.Length);
    }

    [Theory]
    [InlineData(3, 100, 100)]
    [InlineData(12, 50, 150)]
    [InlineData(2, 100, 0)]
    [InlineData(3, 5, 0)]
    public void Of_a_few_large_groups_the_smallest_is_held_out_where_none_is_as_small_as_was_asked_for(int groups, int each, int expected)
    {
        var rows = Enumerable.Range(0, groups * each).Select(i => new PackRow(i, $"p{i}", Group: $"tune{i / each}")).ToArray();
        var split = HeldOutSplit.Of(rows, 0.25, 1);
        Assert.Equal(expected, split.HeldOut.Length);
        Assert.Empty(split.HeldOut.Select(row => row / each).Intersect(split.Training.Select(row => row / each)));
    }

    [Fact]
    public void Nothing_is_held_out_when_that_is_asked_for() =>
        Assert.Empty(HeldOutSplit.Of([new PackRow(0, "a"), new PackRow(1, "b")], 0, 1).HeldOut);

    [Theory]
    [InlineData(3, "3 pictures are too few to hold any back")]
    [InlineData(48, "only 12 of 48 pictures could be held back")]
    [InlineData(1000, null)]
    public void Too_few_to_measure_on_are_told(int pictures, string? told)
    {
        var caution = HeldOutSplit.Of([.. Enumerable.Range(0, pictures).Select(i => new PackRow(i, $"p{i}"))], 0.1, 1).Caution;
        Assert.StartsWith(told ?? "", caution ?? "", StringComparison.Ordinal);
        Assert.Equal(told is null, caution is null);
    }
}
