using Smirk.Music.Rolls;

namespace Smirk.Music.Compose;

/// <summary>A note a quarter: the root where a chord begins, chord and scale tones after it, and a semitone's step into the next
/// root.</summary>
internal static class WalkingBass
{
    private const int Lowest = 36, Highest = 55;
    private const int Quarter = Roll.BarSteps / 4;

    public static IEnumerable<RollNote> Play(IReadOnlyList<Chord> halves, Random random)
    {
        var pitch = 43;
        for (var beat = 0; beat < halves.Count * 2; beat++)
        {
            var (chord, next) = (halves[beat / 2], halves[Math.Min((beat + 1) / 2, halves.Count - 1)]);
            var begins = beat == 0 || halves[(beat - 1) / 2] != chord;
            if (begins)
                pitch = Nearest(chord.Root, pitch);
            else if (next != chord)
            {
                var target = Nearest(next.Root, pitch);
                pitch = target + (target <= Lowest || (target < Highest && random.Next(2) == 0) ? 1 : -1);
            }
            else
            {
                var tones = random.Next(3) == 0 ? chord.Scale : chord.Tones;
                var other = Nearest((chord.Root + tones[random.Next(tones.Length)]) % 12, pitch + random.Next(-4, 5));
                pitch = other == pitch ? Nearest((chord.Root + chord.Tones[2]) % 12, pitch + 3) : other;
            }

            yield return new RollNote(beat * Quarter, ((beat + 1) * Quarter) - 1, pitch);
        }
    }

    private static int Nearest(int pitchClass, int to) => Enumerable.Range(Lowest, Highest - Lowest + 1)
        .Where(pitch => pitch % 12 == pitchClass % 12).MinBy(pitch => Math.Abs(pitch - to));
}
