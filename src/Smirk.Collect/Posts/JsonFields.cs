using System.Globalization;
using System.Text.Json;

namespace Smirk.Collect.Posts;

/// <summary>Fields of recorded JSON, whose types changed over the years: a wrong type reads as absent instead of as an error.</summary>
internal static class JsonFields
{
    /// <summary>The string <paramref name="name"/>; null when absent, no string, or with broken escapes.</summary>
    public static string? Text(this JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair, as old dumps have it
        }
    }

    /// <summary>The number <paramref name="name"/>, also where it is a string or has decimals; 0 when absent.</summary>
    public static long Number(this JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value))
            return 0;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number))
            return double.IsFinite(number) ? (long)number : 0;
        return value.ValueKind == JsonValueKind.String && double.TryParse(value.GetString(), CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number)
            ? (long)number
            : 0;
    }

    /// <summary>Whether <paramref name="name"/> is true.</summary>
    public static bool Flag(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
