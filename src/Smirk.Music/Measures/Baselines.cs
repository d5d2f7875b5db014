using Smirk.Music.Rolls;

namespace Smirk.Music.Measures;

/// <summary>What measures have to be seen beside: rolls that are no music and yet share much with a corpus.</summary>
public static class Baselines
{
    private const int Bars = Roll.WindowSteps / Roll.BarSteps;

    /// <summary>Every step of every pitch drawn by itself, as often as the corpus has it there.</summary>
    public static IReadOnlyList<Roll> IndependentPixels(IReadOnlyList<Roll> corpus, int count, Random random)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(random);
        var shares = new double[Roll.WindowSteps, Roll.Pitches];
        foreach (var note in corpus.SelectMany(roll => roll.Notes()))
        {
            for (var step = note.Start; step < note.End; step++)
                shares[step, note.Pitch - Roll.LowestPitch] += 1.0 / corpus.Count;
        }

        return [.. Enumerable.Range(0, count).Select(_ => Draw(shares, random))];
    }

    /// <summary>Four bars of four windows, each at its own place.</summary>
    public static IReadOnlyList<Roll> JoinedBars(IReadOnlyList<Roll> corpus, int count, Random random)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(random);
        return
        [
            .. Enumerable.Range(0, count).Select(_ => Roll.Join(
                [.. Enumerable.Range(0, Bars).Select(bar => corpus[random.Next(corpus.Count)].Part(bar * Roll.BarSteps, Roll.BarSteps))])),
        ];
    }

    private static Roll Draw(double[,] shares, Random random)
    {
        var roll = new Roll();
        for (var step = 0; step < Roll.WindowSteps; step++)
        {
            for (var pitch = 0; pitch < Roll.Pitches; pitch++)
                roll[step, pitch + Roll.LowestPitch] = random.NextDouble() < shares[step, pitch];
        }

        return roll;
    }
}
