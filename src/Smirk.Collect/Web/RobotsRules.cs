using System.Globalization;

namespace Smirk.Collect.Web;

/// <summary>What a host's robots.txt says to one program (RFC 9309): which paths it may ask for, and how slowly.</summary>
public sealed class RobotsRules
{
    private readonly List<(string Pattern, bool Allows)> _rules;

    private RobotsRules(List<(string, bool)> rules, TimeSpan? delay) => (_rules, Delay) = (rules, delay);

    /// <summary>No robots.txt: all is allowed.</summary>
    public static RobotsRules AllowAll { get; } = new([], null);

    /// <summary>A robots.txt that can't be had for now: nothing is allowed.</summary>
    public static RobotsRules AllowNothing { get; } = new([("/", false)], null);

    /// <summary>The pause wanted between two requests; null where none is asked for.</summary>
    public TimeSpan? Delay { get; }

    /// <summary>Reads the groups that concern <paramref name="product"/>; those for everybody where none names it.</summary>
    public static RobotsRules Read(string text, string product)
    {
        ArgumentNullException.ThrowIfNull(text);
        var groups = Groups(text);
        var own = groups.FindAll(g => g.Agents.Exists(a => a.Equals(product, StringComparison.OrdinalIgnoreCase)));
        if (own.Count == 0)
            own = groups.FindAll(g => g.Agents.Contains("*"));
        return new RobotsRules([.. own.SelectMany(g => g.Rules)], own.Select(g => g.Delay).FirstOrDefault(d => d is not null));
    }

    /// <summary>Whether <paramref name="address"/> may be asked for: the longest pattern that fits decides, and allows where two are as
    /// long.</summary>
    public bool Allows(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var path = Normal(address.PathAndQuery);
        var (longest, allows) = (-1, true);
        foreach (var (pattern, allowed) in _rules)
        {
            if (pattern.Length < longest || (pattern.Length == longest && !allowed) || !Fits(pattern, path))
                continue;
            (longest, allows) = (pattern.Length, allowed);
        }

        return allows;
    }

    private sealed record Group(List<string> Agents, List<(string, bool)> Rules)
    {
        public TimeSpan? Delay { get; set; }
    }

    private static List<Group> Groups(string text)
    {
        var groups = new List<Group>();
        var namesAgents = false;
        foreach (var line in text.TrimStart('\uFEFF').Split(['\n', '\r']))
        {
            var parts = line.Split('#')[0].Split(':', 2, StringSplitOptions.TrimEntries);
            if (parts.Length < 2)
                continue;
            var (key, value) = (parts[0].ToLowerInvariant(), parts[1]);
            if (key == "user-agent")
            {
                // Several names in a row share what follows.
                if (!namesAgents)
                    groups.Add(new Group([], []));
                groups[^1].Agents.Add(value.Split('/')[0].Trim());
                namesAgents = true;
                continue;
            }

            if (groups.Count == 0 || key is not ("allow" or "disallow" or "crawl-delay"))
                continue;
            namesAgents = false;
            if (key == "crawl-delay")
                groups[^1].Delay ??= DelayOf(value);
            else if (value.Length > 0)
                groups[^1].Rules.Add((Normal(value), key == "allow"));
        }

        return groups;
    }

    private static TimeSpan? DelayOf(string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, 86_400)) : null;

    // The same letter may be written as itself or in percents.
    private static string Normal(string path)
    {
        try
        {
            return Uri.UnescapeDataString(path);
        }
        catch (UriFormatException)
        {
            return path;
        }
    }

    // * is anything, $ at the end is the end; where the pattern ends before the path, it fits.
    private static bool Fits(string pattern, string path)
    {
        var anchored = pattern.EndsWith('$');
        var parts = (anchored ? pattern[..^1] : pattern).Split('*');
        if (!path.StartsWith(parts[0], StringComparison.Ordinal))
            return false;
        var at = parts[0].Length;
        for (var i = 1; i < parts.Length; i++)
        {
            var isLast = i == parts.Length - 1;
            var next = isLast && anchored && path.EndsWith(parts[i], StringComparison.Ordinal) ? path.Length - parts[i].Length
                : path.IndexOf(parts[i], at, StringComparison.Ordinal);
            if (next < at)
                return false;
            at = next + parts[i].Length;
        }

        return !anchored || at == path.Length;
    }
}
