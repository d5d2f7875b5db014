using System.Globalization;
using System.Security.Cryptography;

namespace Smirk.Collect.Web;

/// <summary>How long to wait before the next request: what the server asks for, else doubling with jitter.</summary>
internal static class Waits
{
    /// <summary>The wait before attempt <paramref name="attempt"/> + 1, half of it by chance, so that many who were refused at once don't
    /// come back at once.</summary>
    public static TimeSpan Backoff(WebOptions options, int attempt)
    {
        var full = options.FirstRetryDelay * Math.Pow(2, Math.Min(attempt - 1, 16));
        return full * (0.5 + (RandomNumberGenerator.GetInt32(1000) / 2000.0));
    }

    /// <summary>What the answer asks for: Retry-After (seconds or date), else the rate limit's reset where nothing remains; null when it
    /// asks for nothing.</summary>
    public static TimeSpan? Asked(WebAnswer answer, TimeProvider time)
    {
        if (answer.Response.Headers.RetryAfter is { } after)
            return after.Delta ?? (after.Date - time.GetUtcNow() is { } left && left > TimeSpan.Zero ? left : TimeSpan.Zero);
        return RateLimitLeft(answer) is { } nothing && nothing.Remaining < 1 ? nothing.Reset : null;
    }

    /// <summary>Requests left in this period, and when it ends; null where the server doesn't say.</summary>
    public static (double Remaining, TimeSpan Reset)? RateLimitLeft(WebAnswer answer)
    {
        if (Number(answer.Header("x-ratelimit-remaining")) is not { } remaining
            || Number(answer.Header("x-ratelimit-reset")) is not { } reset)
            return null;
        return (remaining, TimeSpan.FromSeconds(Math.Clamp(reset, 0, 86400)));
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && number >= 0
            ? number : null;
}
