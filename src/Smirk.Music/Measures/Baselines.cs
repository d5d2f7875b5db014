using Smirk.Music.Rolls;

namespace Smirk.Music.Measures;

/// <summary>What measures have to be seen beside: rolls that are no music and yet share much with a corpus.</summary>
public static class Baselines
{
    /// <summary>Every step of every pitch drawn by itself, as often as the corpus has it there.</summary>
    public static IReadOnlyList<Roll> IndependentPixels(IReadOnlyList<Roll> corpus, int count, Random random)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(random);
        var shares = new double[corpus[0].Steps, Roll.Pitches];
        foreach (var note in corpus.SelectMany(roll => roll.Notes()))
        {
            for (var step = note.Start; step < note.End; step++)
                shares[step, note.Pitch] += 1.0 / corpus.Count;
        }

        return [.. Enumerable.Range(0, count).Select(_ => Draw(shares, random))];
    }

    /// <summary>Each bar of another window, at its own place.</summary>
    public static IReadOnlyList<Roll> JoinedBars(IReadOnlyList<Roll> corpus, int count, Random random)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(random);
        var bars = corpus[0].Steps / Roll.BarSteps;
        return
        [
            .. Enumerable.Range(0, count).Select(_ => Roll.Join(
                [.. Enumerable.Range(0, bars).Select(bar => corpus[random.Next(corpus.Count)].Part(bar * Roll.BarSteps, Roll.BarSteps))])),
        ];
    }

    private static Roll Draw(double[,] shares, Random random)
    {
        var roll = new Roll(shares.GetLength(0));
        for (var step = 0; step < roll.Steps; step++)
        {
            for (var pitch = 0; pitch < Roll.Pitches; pitch++)
                roll[step, pitch] = random.NextDouble() < shares[step, pitch];
        }

        return roll;
    }
}
