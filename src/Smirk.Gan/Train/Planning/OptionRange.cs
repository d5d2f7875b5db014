using System.Globalization;
using System.Numerics;

namespace Smirk.Gan.Train.Planning;

/// <summary>Which values an option takes.</summary>
/// <param name="Words">For the message: "a number above 0".</param>
/// <param name="Contains">Whether a value is among them.</param>
internal sealed record OptionRange<T>(string Words, Func<T, bool> Contains);

/// <summary>Makes ranges.</summary>
internal static class OptionRange
{
    // What can't be counted in a day's training is a slip of the finger; a number that is none (NaN) is in no range.
    private const double Largest = 1e9;

    /// <summary>From <paramref name="least"/> on.</summary>
    public static OptionRange<T> From<T>(T least)
        where T : INumber<T> =>
            new($"{Kind<T>()} of at least {Text(least)}", value => value >= least && value <= T.CreateSaturating(Largest));

    /// <summary>Above <paramref name="limit"/>.</summary>
    public static OptionRange<double> Above(double limit) =>
        new($"a number above {Text(limit)}", value => value > limit && value <= Largest);

    /// <summary>From <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static OptionRange<T> Between<T>(T least, T most)
        where T : INumber<T> => new($"{Kind<T>()} from {Text(least)} to {Text(most)}", value => value >= least && value <= most);

    /// <summary>One of a few.</summary>
    public static OptionRange<T> OneOf<T>(params T[] values)
        where T : IEquatable<T> => new($"one of {string.Join(", ", values)}", value => values.Contains(value));

    /// <summary>A time of at least <paramref name="least"/>.</summary>
    public static OptionRange<TimeSpan> Time(TimeSpan least) =>
        new($"a time {(least > TimeSpan.Zero ? "above 0" : "from 0")} to {OptionText.Longest.TotalDays}d, such as 90s, 30m or 1h30m",
            value => value >= least && value <= OptionText.Longest);

    private static string Kind<T>() => typeof(T) == typeof(double) ? "a number" : "a whole number";

    private static string Text<T>(T value)
        where T : INumber<T> => value.ToString(null, CultureInfo.InvariantCulture);
}
