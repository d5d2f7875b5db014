using System.Globalization;
using System.Text.RegularExpressions;
using Smirk.Music.Midi;

namespace Smirk.Music.Rolls;

/// <summary>Four bars of a tune, or eight seconds of one whose bars aren't known.</summary>
/// <param name="Roll">What sounds.</param>
/// <param name="Number">Which window of its tune, from 0.</param>
/// <param name="Metre">The time signature; null where it was cut by seconds.</param>
/// <param name="Tempo">Quarters a minute.</param>
public sealed partial record RollWindow(Roll Roll, int Number, Metre? Metre, int Tempo)
{
    /// <summary>What it is called: "0002 4-4 120bpm.png", or "0002 seconds.png".</summary>
    public string Name => Metre is { } metre
        ? FormattableString.Invariant($"{Number:0000} {metre.Beats}-{metre.Unit} {Tempo}bpm.png")
        : FormattableString.Invariant($"{Number:0000} seconds.png");

    /// <summary>Time signature and tempo from the end of a window's name; null where it is no window's.</summary>
    public static (Metre Metre, int Tempo)? Read(string name)
    {
        if (Pattern().Match(name) is not { Success: true } match)
            return null;
        return match.Groups["bpm"].Success
            ? (new Metre(Number("beats"), Number("unit")), Number("bpm"))
            : (Midi.Metre.Common, RollCutter.TempoOfSeconds);

        int Number(string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\d{4,6} (?:(?<beats>\d{1,3})-(?<unit>\d{1,3}) (?<bpm>\d{1,5})bpm|seconds)\.png$", RegexOptions.None, 1000)]
    private static partial Regex Pattern();
}
