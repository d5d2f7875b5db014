using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Augment;

/// <summary>Transposes piano rolls: a row is a pitch, the highest on top, −1 is silence. A note that leaves the roll comes back an octave
/// inside, as rolls are made.</summary>
internal static class PitchShift
{
    private const int Octave = 12;

    /// <summary>Moves each roll by as many rows as is drawn for it, all channels alike; differentiable.</summary>
    /// <param name="rolls">[N, C, S, S] in −1…1, S at least 24.</param>
    /// <param name="most">Semitones up at most, 1 to 12; down one less.</param>
    /// <param name="random">Where the draws come from.</param>
    public static Tensor Apply(Tensor rolls, int most, Generator random)
    {
        var semitones = Tensor.RandomIntegers([rolls.Shape[0]], 0, 2 * most, random.OnCpu).ToArray<long>();
        return Apply(rolls, [.. semitones.Select(drawn => (int)drawn - most + 1)]);
    }

    /// <summary>The same by given numbers of semitones, one a roll.</summary>
    internal static Tensor Apply(Tensor rolls, IReadOnlyList<int> semitones)
    {
        var size = (int)rolls.Shape[2];

        // For each row the two that sound there: the one that was moved to it, and one that would have left the roll. Row S is silent.
        var (moved, folded) = (new long[semitones.Count * size], new long[semitones.Count * size]);
        for (var i = 0; i < semitones.Count; i++)
        {
            moved.AsSpan(i * size, size).Fill(size);
            folded.AsSpan(i * size, size).Fill(size);
            for (var row = 0; row < size; row++)
            {
                var to = row - semitones[i];
                if (to >= 0 && to < size)
                    moved[(i * size) + to] = row;
                else
                    folded[(i * size) + (to < 0 ? to + Octave : to - Octave)] = row;
            }
        }

        var padded = rolls.Pad(0, 0, 0, 1, PadMode.Constant, -1); // [N, C, S + 1, S]
        return Tensor.Maximum(Rows(moved), Rows(folded));

        Tensor Rows(long[] from) => padded.Gather(
            2, Tensor.FromArray(from, semitones.Count, 1, size, 1).To(rolls.Device).Expand(rolls.Shape)); // [N, C, S, S]
    }
}
