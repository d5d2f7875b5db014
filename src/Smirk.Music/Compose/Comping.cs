using Smirk.Music.Rolls;

namespace Smirk.Music.Compose;

/// <summary>Chords in the middle: third, seventh and a colour, in short rhythms that are kept for some bars.</summary>
internal static class Comping
{
    private const int Lowest = 53;
    private const int Bar = Roll.BarSteps;

    // Swung eighths of a bar that chords are struck at, and how many eighths they are held.
    private static readonly (int Eighth, int Length)[][] Rhythms =
    [
        [(0, 3), (3, 2)], [(1, 1), (4, 2)], [(0, 2), (5, 2)], [(3, 3)], [(2, 1), (6, 1)], [(0, 6)], [(1, 2), (5, 3)],
    ];

    public static IEnumerable<RollNote> Play(IReadOnlyList<Chord> halves, Random random)
    {
        var rhythm = Rhythms[0];
        for (var bar = 0; bar < halves.Count / 2; bar++)
        {
            if (bar % 2 == 0 || random.Next(4) == 0)
                rhythm = Rhythms[random.Next(Rhythms.Length)];
            foreach (var (eighth, length) in rhythm)
            {
                var (start, end) = ((bar * Bar) + Composer.SwungEighth(eighth), (bar * Bar) + Composer.SwungEighth(eighth + length));
                var chord = Composer.At(halves, start);
                foreach (var tone in chord.Shell)
                    yield return new RollNote(start, end - 1, Lowest + ((chord.Root + tone - Lowest + 120) % 12));
            }
        }
    }
}
