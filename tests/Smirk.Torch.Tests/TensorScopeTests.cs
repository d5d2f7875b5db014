using Smirk.Torch.Tensors;

namespace Smirk.Torch.Tests;

[Collection(nameof(Live))]
public class TensorScopeTests
{
    [Fact]
    public void A_scope_frees_what_was_made_in_it_but_what_is_kept()
    {
        var before = Tensor.LiveCount;
        Tensor kept;
        using (var scope = TensorScope.Open())
        {
            var lost = Tensor.Ones([2]) + 1;
            kept = scope.Keep(lost * 2);
            Assert.Equal(before + 3, Tensor.LiveCount);
        }

        Assert.Equal([4f, 4f], kept.ToArray<float>());
        kept.Dispose();
        Assert.Equal(before, Tensor.LiveCount);
    }

    [Fact]
    public void Keep_moves_a_tensor_one_scope_out()
    {
        var before = Tensor.LiveCount;
        using (var outer = TensorScope.Open())
        {
            Tensor moved;
            using (var inner = TensorScope.Open())
                moved = inner.Keep(Tensor.Ones([3]));
            Assert.Equal(before + 1, Tensor.LiveCount);
            Assert.Equal(3, moved.Sum().ToFloat());
        }

        Assert.Equal(before, Tensor.LiveCount);
    }

    [Fact]
    public void Disposing_by_hand_inside_a_scope_is_harmless()
    {
        var before = Tensor.LiveCount;
        using (var scope = TensorScope.Open())
        {
            using (Tensor.Ones([1]))
            {
            }

            Assert.Equal(before, Tensor.LiveCount);
        }

        Assert.Equal(before, Tensor.LiveCount);
    }

    [Fact]
    public void Nothing_is_recorded_inside_NoGradient()
    {
        using var scope = TensorScope.Open();
        var x = Tensor.Ones([1]);
        x.RequiresGradient = true;
        using (Autograd.NoGradient())
            Assert.False((x * 2).RequiresGradient);
        Assert.True((x * 2).RequiresGradient);
        Assert.False(x.Detach().RequiresGradient);
        Assert.Null(x.Gradient);
        Autograd.Backward((x * 3).Sum());
        Assert.Equal(3, x.Gradient!.ToFloat());
        Autograd.ClearGradients([x]);
        Assert.Null(x.Gradient);
    }
}
