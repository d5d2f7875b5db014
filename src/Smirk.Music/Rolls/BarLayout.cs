using Smirk.Music.Midi;

namespace Smirk.Music.Rolls;

/// <summary>How bars of a time signature lie on the steps of a roll.</summary>
public static class BarLayout
{
    /// <summary>The time signatures that have a place on a roll, for messages.</summary>
    public const string Known = "4/4, 2/2, 2/4, 3/4, 6/8 and 12/8";

    /// <summary>Steps of a quarter: 12 in 4/4, 2/2 and 2/4 (two bars of which make one of the roll); 16 in 3/4, so that its bars are as
    /// long; 8 in 12/8 and 6/8, whose dotted quarters have 12. 1/4, which programs write that know nothing of bars, is taken for 4/4. Null
    /// for all others.</summary>
    public static int? StepsPerQuarter(Metre metre) => metre switch
    {
        (4 or 2 or 1, 4) or (2, 2) => 12,
        (3, 4) => 16,
        (6 or 12, 8) => 8,
        _ => null,
    };

    /// <summary>Steps of a beat: of a quarter, a half in 2/2, or a dotted quarter in 6/8 and 12/8. Null where
    /// <see cref="StepsPerQuarter"/> is.</summary>
    public static int? StepsPerBeat(Metre metre) =>
        StepsPerQuarter(metre) is not { } quarter ? null : metre.IsCompound ? quarter * 3 / 2 : metre.Unit == 2 ? quarter * 2 : quarter;
}
