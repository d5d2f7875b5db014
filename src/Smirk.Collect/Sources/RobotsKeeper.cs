using System.Text;
using Smirk.Collect.Web;

namespace Smirk.Collect.Sources;

/// <summary>Asks each host once for its robots.txt, before anything is asked of it that nobody named, and sees to its crawl
/// delay.</summary>
internal sealed class RobotsKeeper(WebRequester web)
{
    // What rules for us are addressed to.
    private const string Product = "smirk";

    // RFC 9309 wants 500 KiB read at least.
    private const int MostCharacters = 1 << 20;

    private readonly Dictionary<string, RobotsRules> _rules = [];

    /// <summary>Why <paramref name="address"/> isn't asked for; null where it may be.</summary>
    public async Task<string?> WhyNotAsync(Uri address, CancellationToken cancel)
    {
        var host = address.GetLeftPart(UriPartial.Authority);
        if (!_rules.TryGetValue(host, out var rules))
        {
            _rules[host] = rules = await AskAsync(new Uri($"{host}/robots.txt"), cancel);
            if (rules.Delay is { } pace && pace <= web.Options.LongestWait)
                web.SlowDown(address, pace);
        }

        if (rules.Delay is { } delay && delay > web.Options.LongestWait)
            return $"{host}/robots.txt asks to wait {delay.TotalMinutes:0} min between two requests";

        if (rules.Allows(address))
            return null;
        return rules == RobotsRules.AllowNothing ? $"{host}/robots.txt can't be read for now"
            : $"{host}/robots.txt asks not to be followed";
    }

    private async Task<RobotsRules> AskAsync(Uri address, CancellationToken cancel)
    {
        try
        {
            var text = Encoding.UTF8.GetString(await web.GetTextAsync(address, "text/plain", null, cancel));
            return RobotsRules.Read(text[..Math.Min(text.Length, MostCharacters)], Product);
        }
        catch (WebFailureException failure)
        {
            // None there (4xx): all is allowed. No answer (5xx): nothing, until there is one.
            return failure.Status is >= 400 and < 500 ? RobotsRules.AllowAll : RobotsRules.AllowNothing;
        }
    }
}
