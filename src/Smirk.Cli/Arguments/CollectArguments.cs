using System.CommandLine;
using Smirk.Collect;
using Smirk.Collect.Posts;
using Smirk.Collect.Web;
using Smirk.Workspace.Errors;

namespace Smirk.Cli.Arguments;

/// <summary>The options of collecting, which <c>collect</c> and <c>make</c> share.</summary>
internal sealed class CollectArguments
{
    private readonly Option<string[]> _posts = new("--posts") { HelpName = "arctic|oauth|file:PATH", Description = "where posts of reddit are read; tried in the order given (default: arctic, then oauth with credentials)" };
    private readonly Option<string[]> _subreddits = new("--subreddit") { HelpName = "NAME", Description = "only posts of this subreddit, out of a file that holds more" };
    private readonly Option<bool> _nsfw = new("--nsfw") { Description = "take posts marked as not safe for work, too" };
    private readonly Option<bool> _retry = new("--retry-failed") { Description = "ask again for what failed, was refused or gone in earlier runs" };
    private readonly Option<double> _rate = new("--rate") { HelpName = "N", Description = "requests a second to one host; 0 for no limit", DefaultValueFactory = _ => new WebOptions().RequestsPerSecond };
    private readonly Option<int> _downloads = new("--downloads") { HelpName = "N", Description = "downloads at once, over all hosts", DefaultValueFactory = _ => 16 };
    private readonly Option<int> _perHost = new("--per-host") { HelpName = "N", Description = "downloads at once from one host", DefaultValueFactory = _ => new WebOptions().MostPerHost };
    private readonly Option<string[]> _map = new("--map") { HelpName = "HOST=BASEURL", Description = "send requests meant for HOST to BASEURL: a mirror, or a server of one's own" };
    private readonly Option<bool> _private = new("--allow-private") { Description = "let addresses of this machine and its network be asked (home servers)" };
    private readonly Option<bool> _ignoreNoAi = new("--ignore-noai") { Description = "take pictures whose server asks with 'noai' or 'noimageai' that they not be used for training" };
    private readonly Option<int> _depth = new("--depth") { HelpName = "N", Description = "how many links deep the pages of an address's host are followed", DefaultValueFactory = _ => 0 };
    private readonly Option<string?> _rev = new("--rev") { HelpName = "REV", Description = "branch, tag or commit of a git repository (default: HEAD)" };
    private readonly Option<bool> _history = new("--history") { Description = "all pictures that a git repository ever had" };

    /// <summary>Every option, in the order that --help shows them.</summary>
    public IReadOnlyList<Option> All => [_posts, _subreddits, _nsfw, _retry, _rate, _downloads, _perHost, _map, _private, _ignoreNoAi, _depth, _rev, _history];

    /// <summary>What the person chose.</summary>
    /// <exception cref="UsageException">A value is out of range, or credentials lie open.</exception>
    public CollectOptions Read(ParseResult parsed, IReadOnlyList<string> sources)
    {
        var (rate, downloads, perHost, depth) = (parsed.GetValue(_rate), parsed.GetValue(_downloads), parsed.GetValue(_perHost), parsed.GetValue(_depth));
        Require(rate is >= 0 and <= 10_000, $"--rate {rate} should be 0 (no limit) or the number of requests a second.");
        Require(downloads is >= 1 and <= 256, $"--downloads {downloads} should be between 1 and 256.");
        Require(perHost is >= 1 and <= 64, $"--per-host {perHost} should be between 1 and 64.");
        Require(depth is >= 0 and <= 10, $"--depth {depth} should be between 0 and 10.");
        return new CollectOptions
        {
            Sources = sources,
            PostSources = [.. (parsed.GetValue(_posts) ?? []).SelectMany(p => p.StartsWith("file:") ? [p] : p.Split(','))],
            Subreddits = [.. (parsed.GetValue(_subreddits) ?? []).Select(s => s.StartsWith("r/") ? s[2..] : s)],
            Nsfw = parsed.GetValue(_nsfw),
            RetryFailed = parsed.GetValue(_retry),
            Downloads = downloads,
            Depth = depth,
            Rev = parsed.GetValue(_rev),
            History = parsed.GetValue(_history),
            Reddit = RedditCredentials.Find(Environment.GetEnvironmentVariable, CredentialsFile),
            ImgurClientId = Environment.GetEnvironmentVariable("SMIRK_IMGUR_CLIENT_ID") is { Length: > 0 } id ? id : null,
            Web = new WebOptions
            {
                Map = new HostMap(parsed.GetValue(_map) ?? []),
                AllowPrivate = parsed.GetValue(_private),
                MostPerHost = perHost,
                RequestsPerSecond = rate,
                IgnoreNoAi = parsed.GetValue(_ignoreNoAi),
            },
        };
    }

    private static string CredentialsFile =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "smirk", "reddit.json");

    private static void Require(bool holds, string message)
    {
        if (!holds)
            throw new UsageException(message);
    }
}
