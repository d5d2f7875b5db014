using Smirk.Music.Midi;
using Smirk.Music.Rolls;

namespace Smirk.Music.Compose;

/// <summary>Makes up tunes over jazz changes: a walking bass, comping, and a swung line.</summary>
public static class Composer
{
    private const int Quarter = Roll.BarSteps / 4;
    private const int Half = Roll.BarSteps / 2;

    // Four bars are one window: tunes are this many of them long at least.
    private const int LeastBars = 24;

    /// <summary>A tune of <see cref="Forms"/>: the same random numbers give the same one.</summary>
    /// <param name="random">Decides key, tempo and every note.</param>
    /// <param name="form">Which of <see cref="Forms"/>.</param>
    public static Tune Compose(Random random, int form)
    {
        ArgumentNullException.ThrowIfNull(random);
        var changes = Form.All[form];
        var (key, tempo) = (random.Next(12), random.Next(28, 53) * 5 - 20);
        var choruses = (LeastBars + changes.Bars - 1) / changes.Bars;
        Chord[] halves =
            [.. Enumerable.Range(0, choruses).SelectMany(_ => changes.Halves).Select(c => c with { Root = (c.Root + key) % 12 })];
        List<RollNote> notes = [.. WalkingBass.Play(halves, random), .. Comping.Play(halves, random), .. SwungLine.Play(halves, random)];
        return RollTune.Of(Roll.Of(notes, halves.Length * Half), tempo, Metre.Common);
    }

    /// <summary>What there is: blues, rhythm, cadences.</summary>
    public static IReadOnlyList<string> Forms => [.. Form.All.Select(form => form.Name)];

    /// <summary>The chord that sounds at a step.</summary>
    internal static Chord At(IReadOnlyList<Chord> halves, int step) => halves[Math.Min(step / Half, halves.Count - 1)];

    /// <summary>Where an eighth begins, swung: the second of a quarter comes on its last third.</summary>
    internal static int SwungEighth(int eighth) => (eighth / 2 * Quarter) + (eighth % 2 * Quarter * 2 / 3);
}
