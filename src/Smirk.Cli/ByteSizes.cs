using System.CommandLine.Parsing;
using System.Globalization;

namespace Smirk.Cli;

/// <summary>Sizes as people write them: 4096, 512K, 1.5M, 2G. A K is 1,024 bytes.</summary>
internal static class ByteSizes
{
    /// <summary>Reads "512K", "4096", "1.5 MiB"; null when the text isn't a size, or one beyond 8 EiB.</summary>
    public static long? Parse(string text)
    {
        var number = text.AsSpan();
        foreach (var suffix in (ReadOnlySpan<string>)["iB", "B"])
        {
            if (!number.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
                continue;
            number = number[..^suffix.Length];
            break;
        }

        var factor = number.Length == 0 ? 1L
            : char.ToUpperInvariant(number[^1]) switch { 'K' => 1L << 10, 'M' => 1L << 20, 'G' => 1L << 30, 'T' => 1L << 40, _ => 1L };
        if (factor > 1)
            number = number[..^1];
        if (!decimal.TryParse(number.TrimEnd(' '), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            || value > long.MaxValue / factor)
            return null;
        return (long)(value * factor);
    }

    /// <summary>For an option's CustomParser: the size, or an error that says what is expected.</summary>
    public static long? ParseArgument(ArgumentResult argument)
    {
        var text = argument.Tokens.Count == 1 ? argument.Tokens[0].Value : "";
        if (Parse(text) is { } size)
            return size;
        argument.AddError($"'{text}' isn't a size; expected one like 4096, 512K or 1.5M.");
        return null;
    }

    /// <summary>"812 bytes", "5.2 KB", "35 MB", in thousands, as disks are sold.</summary>
    public static string Short(long bytes) => bytes switch
    {
        1 => "1 byte",
        < 1000 => $"{bytes} bytes",
        < 1_000_000 => $"{bytes / 1e3:0.#} KB",
        < 1_000_000_000 => $"{bytes / 1e6:0.#} MB",
        _ => $"{bytes / 1e9:0.##} GB",
    };
}
