using Smirk.Gan.Data;

namespace Smirk.Gan.Tests.Data;

public sealed class DataOrderTests
{
    private static readonly int[] Rows = [.. Enumerable.Range(0, 50).Select(i => i * 3)];

    [Fact]
    public void Every_epoch_shows_every_row_once_in_an_order_of_its_own()
    {
        var order = new DataOrder(Rows, 4);
        var (first, second) = (order.Take(0, 50), order.Take(50, 50));
        Assert.Equal(Rows.Select(r => (long)r), first.Order());
        Assert.Equal(Rows.Select(r => (long)r), second.Order());
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void A_batch_depends_on_its_place_alone_so_a_resumed_run_sees_the_same()
    {
        var undisturbed = new DataOrder(Rows, 4);
        undisturbed.Take(0, 45);
        Assert.Equal(undisturbed.Take(45, 20), new DataOrder(Rows, 4).Take(45, 20));
    }
}
