using Smirk.Drawing.Faces;
using Smirk.Imaging;

namespace Smirk.Drawing.Styles;

/// <summary>Four bars of a made-up tune, 32 pitches high and 32 eighths long: a melody that walks up and down a scale above one chord a bar.</summary>
internal static class RollPainter
{
    private const int Cells = 32;
    private const int Bar = 8;

    private static readonly int[] Major = [0, 2, 4, 5, 7, 9, 11];

    public static Picture Paint(Random random, int side)
    {
        var key = random.Next(12);
        var steps = Enumerable.Range(0, Cells).Where(pitch => Major.Contains((pitch + 12 - key) % 12)).ToArray();
        var half = steps.Length / 2;
        var sounds = new bool[Cells, Cells];

        var step = random.Next(half, steps.Length - 1);
        for (int time = 0, length; time < Cells; time += length)
        {
            length = Math.Min(random.Pick(1, 1, 2, 2, 4), Cells - time);
            Sound(steps[step], time, length);
            step = Math.Clamp(step + random.Pick(-2, -1, -1, 0, 1, 1, 2), half, steps.Length - 1);
        }

        for (var bar = 0; bar < Cells / Bar; bar++)
        {
            var root = random.Pick(0, 3, 4, 5);
            foreach (var third in (int[])[0, 2, 4])
            {
                if (root + third < half)
                    Sound(steps[root + third], bar * Bar, Bar);
            }
        }

        return PixelGrid.Enlarge(Cells, side, (x, y) => sounds[Cells - 1 - y, x] ? ((byte)255, (byte)255, (byte)255) : ((byte)0, (byte)0, (byte)0));

        void Sound(int pitch, int from, int length)
        {
            for (var time = from; time < from + length; time++)
                sounds[pitch, time] = true;
        }
    }
}
