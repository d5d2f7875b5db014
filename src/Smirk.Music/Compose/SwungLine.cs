using Smirk.Music.Rolls;

namespace Smirk.Music.Compose;

/// <summary>A melody of swung eighths and triplets in phrases of two bars: it runs along the chord's scale, turns, rests, and lands on
/// chord tones on the beat. Every second phrase begins with the rhythm of the one before.</summary>
internal static class SwungLine
{
    private const int Lowest = 67, Highest = 93;
    private const int PhraseEighths = 16;

    public static IEnumerable<RollNote> Play(IReadOnlyList<Chord> halves, Random random)
    {
        var (pitch, direction) = (76, 1);
        bool[] rhythm = [];
        for (var phrase = 0; phrase < halves.Count / 4; phrase++)
        {
            rhythm = phrase % 2 == 1 && random.Next(3) > 0 ? rhythm : Rhythm(random);
            for (var eighth = 0; eighth < PhraseEighths; eighth++)
            {
                if (!rhythm[eighth])
                    continue;
                var at = (phrase * PhraseEighths) + eighth;
                var length = eighth + 1 < PhraseEighths && !rhythm[eighth + 1] ? 2 : 1;
                var (start, end) = (Composer.SwungEighth(at), Composer.SwungEighth(at + length));
                var chord = Composer.At(halves, start);
                if (pitch >= Highest - 3 || pitch <= Lowest + 3)
                    direction = pitch > 80 ? -1 : 1;
                else if (random.Next(5) == 0)
                    direction = -direction;
                var tones = at % 2 == 0 && random.Next(3) > 0 ? chord.Tones : chord.Scale;
                pitch = Next(chord.Root, tones, pitch, direction);

                // A turn: the first two thirds of the beat go up a step and back.
                if (at % 2 == 0 && length == 1 && random.Next(12) == 0)
                {
                    yield return new RollNote(start, start + 3, pitch);
                    yield return new RollNote(start + 4, start + 7, Next(chord.Root, chord.Scale, pitch, 1));
                }
                else
                    yield return new RollNote(start, end - 1, pitch);
            }
        }
    }

    // Which eighths of a phrase are struck: mostly runs, then a rest.
    private static bool[] Rhythm(Random random)
    {
        var rhythm = new bool[PhraseEighths];
        for (var at = random.Next(3); at < PhraseEighths;)
        {
            var run = random.Next(3, 9);
            for (var i = 0; i < run && at < PhraseEighths; i++, at++)
                rhythm[at] = random.Next(8) > 0;
            at += random.Next(1, 4);
        }

        return rhythm;
    }

    private static int Next(int root, int[] tones, int pitch, int direction)
    {
        for (var next = pitch + direction; next is >= Lowest - 5 and <= Highest + 5; next += direction)
        {
            if (Array.IndexOf(tones, (next - root + 120) % 12) >= 0)
                return next;
        }

        return pitch;
    }
}
