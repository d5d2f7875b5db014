using Smirk.Gan.Sample;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Packs;

namespace Smirk.Gan.Tests.Sample;

public sealed class RollDrawingTests
{
    private static readonly PictureView View = new(Aspect.Square, new PackRoll(12, 12, 120));

    [Fact]
    public void Time_runs_to_the_right_in_thirds_of_a_column_and_high_notes_are_on_top()
    {
        using var scope = TensorScope.Open();
        var roll = new byte[3 * 64 * 64];
        (roll[64 * 64 + 5], roll[2 * 64 * 64 + 5]) = (255, 255); // green and blue of the sixth column: steps 16 and 17 of the top row
        var drawn = Grid.Of(View.Of(Tensor.FromArray(roll, 1, 3, 64, 64)), 1);
        Assert.Equal((192, 128), (drawn.Width, drawn.Height));
        var dark = Enumerable.Range(0, 192 * 128).Where(at => drawn.Rgb[3 * at] < 100).Select(at => (at % 192, at / 192));
        Assert.Equal([(16, 0), (17, 0), (16, 1), (17, 1)], dark);
    }

    [Fact]
    public void Bars_are_ruled_darker_than_beats_and_black_keys_lie_darker_than_white_ones()
    {
        using var scope = TensorScope.Open();
        var drawn = Grid.Of(View.Of(Tensor.FromArray(new byte[3 * 64 * 64], 1, 3, 64, 64), factor: 2), 1);
        Assert.Equal((384, 256), (drawn.Width, drawn.Height));
        int At(int step, int pitch) => drawn.Rgb[3 * ((4 * (99 - pitch) * 384) + (2 * step))];
        Assert.True(At(48, 60) < At(12, 60) && At(12, 60) < At(13, 60), $"{At(48, 60)} {At(12, 60)} {At(13, 60)}");
        int[] black = [37, 39, 42, 44, 46, 61, 63, 66, 68, 70];
        Assert.Equal(black, Enumerable.Range(36, 36).Where(pitch => pitch is < 48 or >= 60 && At(13, pitch) < At(13, 60)));
    }

    [Fact]
    public void Grey_ones_and_half_heard_notes_are_drawn()
    {
        using var scope = TensorScope.Open();
        var roll = new byte[64 * 64];
        (roll[0], roll[1]) = (255, 128);
        var drawn = Grid.Of(View.Of(Tensor.FromArray(roll, 1, 1, 64, 64)), 1);
        Assert.Equal(drawn.Rgb[3], drawn.Rgb[6]);
        Assert.InRange(drawn.Rgb[3 * 4], drawn.Rgb[3] + 50, drawn.Rgb[3 * 7] - 50);
    }
}
