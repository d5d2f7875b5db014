using System.CommandLine.Parsing;

namespace Smirk.Cli;

/// <summary>Durations as people write them: 90s, 30m, 1h, 1h30m, 2d.</summary>
internal static class Durations
{
    /// <summary>Reads "30m", "1h30m", "90" (seconds); null when the text is no duration.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (double.TryParse(text, out var seconds) && seconds >= 0)
            return TimeSpan.FromSeconds(seconds);
        var total = 0.0;
        var at = 0;
        while (at < text.Length)
        {
            var start = at;
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'))
                at++;
            if (at == start || at == text.Length || !double.TryParse(text.AsSpan(start, at - start), out var number))
                return null;
            double? unit = text[at++] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => null };
            if (unit is null)
                return null;
            total += number * unit.Value;
        }

        return text.Length == 0 ? null : TimeSpan.FromSeconds(total);
    }

    /// <summary>For an option's CustomParser: the duration, or an error that says what is expected.</summary>
    public static TimeSpan? ParseArgument(ArgumentResult argument)
    {
        var text = argument.Tokens.Count == 1 ? argument.Tokens[0].Value : "";
        if (Parse(text) is { } duration)
            return duration;
        argument.AddError($"'{text}' is no duration; write it like 90s, 30m or 1h30m.");
        return null;
    }

    /// <summary>"45 s", "12 min", "3 h 05 min".</summary>
    public static string Short(TimeSpan time) => time.TotalSeconds switch
    {
        < 90 => $"{Math.Ceiling(time.TotalSeconds):0} s",
        < 5400 => $"{time.TotalMinutes:0} min",
        _ => $"{(int)time.TotalHours} h {time.Minutes:00} min",
    };
}
