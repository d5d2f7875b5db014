using Smirk.Gan.Augment;
using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Tests.Augment;

public sealed class PitchShiftTests
{
    private const int Size = 64;

    [Theory]
    [InlineData(20, 0, 20)]
    [InlineData(20, 5, 15)]
    [InlineData(20, -5, 25)]
    [InlineData(0, 1, 11)]
    [InlineData(3, 6, 9)]
    [InlineData(3, 3, 0)]
    [InlineData(63, -1, 52)]
    [InlineData(60, -5, 53)]
    [InlineData(11, 12, 11)]
    public void A_note_moves_by_semitones_and_comes_back_an_octave_inside(int row, int semitones, int expected)
    {
        using var scope = TensorScope.Open();
        var shifted = PitchShift.Apply(Roll((row, 7, 1)), [semitones]);
        Assert.Equal(Roll((expected, 7, 1)).ToArray<float>(), shifted.ToArray<float>());
    }

    [Fact]
    public void Each_roll_moves_by_its_own_and_time_and_channels_stay()
    {
        using var scope = TensorScope.Open();
        var rolls = Tensor.Cat([Roll((10, 3, 0), (62, 5, 2)), Roll((30, 9, 1))], 0);
        var shifted = PitchShift.Apply(rolls, [2, -3]);
        Assert.Equal(
            Tensor.Cat([Roll((8, 3, 0), (60, 5, 2)), Roll((33, 9, 1))], 0).ToArray<float>(), shifted.ToArray<float>());
    }

    [Fact]
    public void Where_two_notes_meet_one_sounds()
    {
        using var scope = TensorScope.Open();
        var shifted = PitchShift.Apply(Roll((0, 4, 0), (12, 4, 0)), [1]);
        Assert.Equal(Roll((11, 4, 0)).ToArray<float>(), shifted.ToArray<float>());
    }

    [Fact]
    public void All_twelve_keys_are_drawn_about_as_often()
    {
        using var scope = TensorScope.Open();
        using var random = new Generator(3);
        const int count = 2400;
        var column = PitchShift.Apply(Roll((30, 0, 0)).Expand(count, 3, Size, Size), 6, random).Select(1, 0).Select(2, 0).ToArray<float>();
        var times = Enumerable.Range(0, count).Select(i => 30 - column.AsSpan(i * Size, Size).IndexOf(1f)).CountBy(s => s).ToDictionary();
        Assert.Equal([-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6], times.Keys.Order());
        Assert.All(times.Values, t => Assert.InRange(t, 140, 260));
    }

    [Fact]
    public void What_D_wishes_goes_back_to_the_note_that_sounded()
    {
        using var scope = TensorScope.Open();
        using var random = new Generator(4);
        var rolls = Tensor.RandomUniform([3, 1, Size, Size], -0.9, 0.9, random);
        rolls.RequiresGradient = true;
        var wish = Tensor.RandomNormal([3, 1, Size, Size], random);
        Autograd.Backward((PitchShift.Apply(rolls, [4, 0, -5]) * wish).Sum());
        var gradient = rolls.Gradient!;

        // Rows that nothing is folded onto: as if they had only moved.
        Assert.Equal(wish.Select(0, 0).Narrow(1, 12, 40).ToArray<float>(), gradient.Select(0, 0).Narrow(1, 16, 40).ToArray<float>());
        Assert.Equal(wish.Select(0, 1).ToArray<float>(), gradient.Select(0, 1).ToArray<float>());
        Assert.Equal(wish.Select(0, 2).Narrow(1, 10, 40).ToArray<float>(), gradient.Select(0, 2).Narrow(1, 5, 40).ToArray<float>());
    }

    // [1, 3, S, S]: −1 but for single notes by row, column and channel.
    private static Tensor Roll(params (int Row, int Column, int Channel)[] notes)
    {
        var values = new float[3 * Size * Size];
        values.AsSpan().Fill(-1);
        foreach (var (row, column, channel) in notes)
            values[(channel * Size * Size) + (row * Size) + column] = 1;
        return Tensor.FromArray(values, 1, 3, Size, Size);
    }
}
