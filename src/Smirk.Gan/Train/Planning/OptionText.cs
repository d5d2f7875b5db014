using System.Globalization;

namespace Smirk.Gan.Train.Planning;

/// <summary>Values of options as the command line and options.json spell them.</summary>
public static class OptionText
{
    /// <summary>Nothing trains for longer; far from where clocks and time spans overflow.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <summary>Reads a value of type <typeparamref name="T"/>: a number, a time, a word, or a flag.</summary>
    /// <returns>False where the text isn't one.</returns>
    internal static bool TryParse<T>(string text, out T value)
    {
        object? read = default(T) switch
        {
            int => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
            ulong => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
            double => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? number : null,
            bool => bool.TryParse(text, out var flag) ? flag : null,
            TimeSpan => Time(text),
            _ => text,
        };
        value = read is null ? default! : (T)read;
        return read is not null;
    }

    /// <summary>The text that <see cref="TryParse"/> reads as <paramref name="value"/>.</summary>
    internal static string Of<T>(T value) => value switch
    {
        TimeSpan time => Of(time),
        bool flag => flag ? "true" : "false",
        _ => FormattableString.Invariant($"{value}"),
    };

    /// <summary>Reads a time as people write it: 90s, 30m, 1h30m, 2d, or 90 (seconds); null when the text isn't one, or longer than
    /// <see cref="Longest"/>.</summary>
    public static TimeSpan? Time(string text)
    {
        if (TryNumber(text, out var seconds))
            return Bounded(seconds);
        var (total, at) = (0.0, 0);
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

    // Digits and a point only: no sign, no exponent, no NaN, and no comma, which .NET would take for a thousands separator.
    private static bool TryNumber(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number)
            && (char.IsAsciiDigit(text[0]) || text[0] == '.');

    private static TimeSpan? Bounded(double seconds) => seconds <= Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;

    private static string Of(TimeSpan time) => time switch
    {
        { TotalSeconds: 0 } => "0",
        _ when time.TotalSeconds % 60 != 0 => FormattableString.Invariant($"{time.TotalSeconds}s"),
        _ when time.TotalMinutes % 60 != 0 => FormattableString.Invariant($"{time.TotalMinutes}m"),
        _ => FormattableString.Invariant($"{time.TotalHours}h"),
    };
}
