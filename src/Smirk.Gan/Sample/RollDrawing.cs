using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Packs;

namespace Smirk.Gan.Sample;

/// <summary>Draws piano rolls as a person reads them: time to the right, high notes on top, beats and bars ruled, the rows of black keys
/// shaded. A roll's pixels hold three steps of time in their red, green and blue.</summary>
internal static class RollDrawing
{
    // Pixels of the drawing a step and a pitch: a sixteenth is 3 by 2.
    private const int Step = 1, Pitch = 2;
    private const int Thirds = 3;
    private const int Octave = 12;

    // Rolls of 64 pitches begin with a C, those of 128 with MIDI's 0, which is one, too.
    private static readonly bool[] IsBlack = [false, true, false, true, false, false, true, false, true, false, true, false];

    private static readonly (byte R, byte G, byte B) Ink = (31, 58, 110);
    private static readonly (byte R, byte G, byte B) White = (253, 252, 249), Black = (243, 241, 235);
    private static readonly (byte R, byte G, byte B) Beat = (226, 222, 212), Bar = (176, 168, 150);

    /// <summary>Width and height of the drawing of a roll of so many pixels.</summary>
    public static (int Width, int Height) Shown(int size) => (Thirds * size * Step, size * Pitch);

    /// <summary>The drawings.</summary>
    /// <param name="rolls">uint8 [N, 1 or 3, S, S]; what sounds half is drawn half as dark.</param>
    /// <param name="ruled">How.</param>
    /// <param name="factor">So many times larger, at least 1.</param>
    /// <returns>uint8 [N, 3, 2 S · factor, 3 S · factor].</returns>
    public static Tensor Of(Tensor rolls, PackRoll ruled, int factor)
    {
        var (count, size) = (rolls.Shape[0], (int)rolls.Shape[2]);
        var (wide, high) = (Step * factor, Pitch * factor);
        var (width, height) = (Thirds * size * wide, size * high);
        using var scope = TensorScope.Open();
        var sounds = (rolls.To(DType.Float32) / 255).Expand(count, Thirds, size, size).Permute(0, 2, 3, 1) // [N, S, S, 3]
            .Reshape(count, 1, size, 1, Thirds * size, 1).Expand(count, 1, size, high, Thirds * size, wide)
            .Reshape(count, 1, height, width);
        var paper = Tensor.FromArray(Paper(width, height, wide, high, ruled), 1, 3, height, width);
        var ink = Tensor.FromArray([Ink.R, Ink.G, (float)Ink.B], 1, 3, 1, 1);
        return scope.Keep((paper + sounds * (ink - paper)).Round().To(DType.UInt8).Contiguous());
    }

    // Planes of red, green and blue.
    private static float[] Paper(int width, int height, int wide, int high, PackRoll ruled)
    {
        var planes = new float[3 * width * height];
        var pitches = height / high;
        for (var y = 0; y < height; y++)
        {
            var row = IsBlack[(pitches - 1 - y / high) % Octave] ? Black : White;
            for (var x = 0; x < width; x++)
            {
                var (step, isFirst) = (x / wide, x % wide == 0);
                var (r, g, b) = isFirst && step % PackRoll.Bar == 0 ? Bar : isFirst && step % ruled.Beat == 0 ? Beat : row;
                var at = y * width + x;
                (planes[at], planes[at + width * height], planes[at + 2 * width * height]) = (r, g, b);
            }
        }

        return planes;
    }
}
