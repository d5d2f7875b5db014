using System.Globalization;
using System.Text.RegularExpressions;
using Smirk.Music.Midi;

namespace Smirk.Music.Rolls;

/// <summary>Some bars of a tune, or as many times two seconds of one whose bars aren't known.</summary>
/// <param name="Roll">What sounds.</param>
/// <param name="Cut">How many bars, and in which key.</param>
/// <param name="Number">Which window of its tune, from 0.</param>
/// <param name="Metre">The time signature; null where it was cut by seconds.</param>
/// <param name="Tempo">Quarters a minute.</param>
public sealed partial record RollWindow(Roll Roll, RollCut Cut, int Number, Metre? Metre, int Tempo)
{
    /// <summary>What it is called: "0002 4-4 120bpm.png", "0002 4-4 120bpm 8 bars in C.png", or "0002 seconds.png".</summary>
    public string Name
    {
        get
        {
            var cut = (Cut.Shape == RollShape.FourBars ? "" : $" {Cut.Shape.Bars} bars") + (Cut.InC ? " in C" : "");
            return Metre is { } metre
                ? FormattableString.Invariant($"{Number:0000} {metre.Beats}-{metre.Unit} {Tempo}bpm{cut}.png")
                : FormattableString.Invariant($"{Number:0000} seconds{cut}.png");
        }
    }

    /// <summary>Time signature, tempo and how it was cut, from the end of a window's name; null where it is no window's.</summary>
    public static (Metre Metre, int Tempo, RollCut Cut)? Read(string name)
    {
        if (Pattern().Match(name) is not { Success: true } match)
            return null;
        if ((match.Groups["bars"].Success ? RollShape.OfBars(Number("bars")) : RollShape.FourBars) is not { } shape)
            return null;
        var cut = new RollCut(shape, match.Groups["key"].Success);
        return match.Groups["bpm"].Success
            ? (new Metre(Number("beats"), Number("unit")), Number("bpm"), cut)
            : (Midi.Metre.Common, RollCutter.TempoOfSeconds, cut);

        int Number(string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(
        @"\d{4,6} (?:(?<beats>\d{1,3})-(?<unit>\d{1,3}) (?<bpm>\d{1,5})bpm|seconds)(?: (?<bars>\d{1,2}) bars)?(?<key> in C)?\.png$",
        RegexOptions.None, 1000)]
    private static partial Regex Pattern();
}
