using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Smirk.Cli;

/// <summary>Numbers as options take them: finite, in the type's range, with a point and no thousands separators.</summary>
/// <remarks>The parser alone takes "NaN" for a number, and "0,002" for 2.</remarks>
internal static class Numbers
{
    /// <summary>A sentence about the first option whose value isn't a number that it takes; null when all are.</summary>
    public static string? Problem(ParseResult parsed)
    {
        foreach (var child in parsed.CommandResult.Children)
        {
            if (child is not OptionResult { Implicit: false, Tokens: var tokens, Option: var option })
                continue;
            foreach (var token in tokens)
            {
                if (Problem(option, token.Value) is { } problem)
                    return problem;
            }
        }

        return null;
    }

    private static string? Problem(Option option, string text)
    {
        var type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        if (type == typeof(double))
            return IsFinite(text) ? null : $"'{text}' isn't a number, which {option.Name} takes; expected one like 0.5 or 40.";
        // A parser of our own, as for sizes, says itself what it expects.
        if (option is Option<long?> { CustomParser: not null } || Range(type) is not var (least, most))
            return null;
        if (!IsWhole(text))
            return $"'{text}' isn't a whole number, which {option.Name} takes.";
        var fits = Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        return fits && number >= least && number <= most
            ? null
            : $"{option.Name} {text} is out of range; expected {least} to {most}.";
    }

    private static bool IsFinite(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);

    private static bool IsWhole(string text)
    {
        var digits = text.AsSpan(text is ['-' or '+', ..] ? 1 : 0);
        return digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9');
    }

    private static (Int128 Least, Int128 Most)? Range(Type type) =>
        type == typeof(int) ? (int.MinValue, int.MaxValue)
        : type == typeof(long) ? (long.MinValue, long.MaxValue)
        : type == typeof(ulong) ? (ulong.MinValue, ulong.MaxValue)
        : null;
}
