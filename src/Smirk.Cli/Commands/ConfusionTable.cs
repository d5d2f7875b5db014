using System.Globalization;
using Smirk.Gan.Evaluate;

namespace Smirk.Cli.Commands;

/// <summary>What samples show, by what was asked for, as lines of text.</summary>
internal static class ConfusionTable
{
    // A table of more doesn't fit beside its names on a screen; the pairs that are mixed up most say it then.
    private const int MostClasses = 12;

    private const int Pairs = 5;

    /// <summary>The table where there are few classes, and the pairs that are mixed up most.</summary>
    /// <param name="samples">What was asked for, and what samples show.</param>
    /// <param name="real">What unseen real pictures are, and what they are taken for.</param>
    public static IEnumerable<string> Lines(Confusion samples, Confusion real)
    {
        if (samples.Worst(Pairs) is not { Count: > 0 } worst)
            yield break;
        yield return "Mistaken most often: " + string.Join("; ", worst.Select(mistake => $"{mistake.Class} looks like {mistake.TakenFor} "
            + $"{mistake.Share:P1} (real ones {real.Share(Number(mistake.Class), Number(mistake.TakenFor)):P1})")) + ".";
        if (samples.Classes.Count > MostClasses)
            yield break;
        yield return "";
        yield return "Asked for (rows), and what the samples show (columns), in %:";
        var width = Math.Max(5, samples.Classes.Max(name => name.Length));
        yield return Row("", samples.Classes);
        foreach (var (number, name) in samples.Classes.Index())
        {
            yield return Row(name, samples.Counts[number].Select((count, other) => count == 0 ? "." :
                (samples.Share(number, other) * 100).ToString("0.0", CultureInfo.InvariantCulture)));
        }

        int Number(string name) => samples.Classes.Index().First(entry => entry.Item == name).Index;

        string Row(string head, IEnumerable<string> cells) =>
            ("  " + head.PadRight(width) + string.Concat(cells.Select(cell => cell.PadLeft(width + 2)))).TrimEnd();
    }
}
