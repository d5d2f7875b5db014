using System.CommandLine.Parsing;
using System.Globalization;

namespace Smirk.Cli;

/// <summary>Durations as people write them: 90s, 30m, 1h, 1h30m, 2d.</summary>
internal static class Durations
{
    /// <summary>Nothing that Smirk waits for or works on lasts longer; far from where clocks and time spans overflow.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <summary>Reads "30m", "1h30m", "90" (seconds); null when the text isn't a duration, or one longer than <see cref="Longest"/>.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (TryNumber(text, out var seconds))
            return Bounded(seconds);
        var total = 0.0;
        var at = 0;
        while (at < text.Length)
        {
            var start = at;
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'))
                at++;
            if (at == text.Length || !TryNumber(text.AsSpan(start, at - start), out var number))
                return null;
            double? unit = text[at++] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => null };
            if (unit is null)
                return null;
            total += number * unit.Value;
        }

        return text.Length == 0 ? null : Bounded(total);
    }

    /// <summary>For an option's CustomParser: the duration, or an error that says what is expected.</summary>
    public static TimeSpan? ParseArgument(ArgumentResult argument)
    {
        var text = argument.Tokens.Count == 1 ? argument.Tokens[0].Value : "";
        if (Parse(text) is { } duration)
            return duration;
        argument.AddError($"'{text}' isn't a duration; expected one like 90s, 30m or 1h30m, up to {Longest.TotalDays:0}d.");
        return null;
    }

    /// <summary>"45 s", "12 min", "3 h 05 min".</summary>
    public static string Short(TimeSpan time) => time.TotalSeconds switch
    {
        < 90 => $"{Math.Ceiling(time.TotalSeconds):0} s",
        < 5400 => $"{time.TotalMinutes:0} min",
        _ => $"{(long)time.TotalHours} h {time.Minutes:00} min",
    };

    // Digits and a point only: no sign, no exponent, no NaN, and no comma, which .NET would take for a thousands separator.
    private static bool TryNumber(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) && (char.IsAsciiDigit(text[0]) || text[0] == '.');

    private static TimeSpan? Bounded(double seconds) => seconds <= Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
}
