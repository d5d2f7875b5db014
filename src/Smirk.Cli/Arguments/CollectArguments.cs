using System.CommandLine;
using Smirk.Cli.Help;
using Smirk.Collect;
using Smirk.Collect.Posts;
using Smirk.Collect.Web;
using Smirk.Workspace.Errors;

namespace Smirk.Cli.Arguments;

/// <summary>The options of collecting, which <c>collect</c> and <c>make</c> share.</summary>
internal sealed class CollectArguments
{
    private readonly Option<string[]> _posts = new("--posts")
    {
        HelpName = "arctic|oauth|file:PATH",
        Description = "where Reddit posts are read from, tried in this order (default: arctic, then oauth if there are credentials)",
    };
    private readonly Option<string[]> _subreddits = new("--subreddit")
    {
        HelpName = "NAME",
        Description = "from a file of posts, only those of this subreddit",
    };
    private readonly Option<bool> _nsfw = new("--nsfw") { Description = "include posts marked as not safe for work" };
    private readonly Option<bool> _retry = new("--retry-failed")
    {
        Description = "retry what failed, was refused or was gone in earlier runs",
    };
    private readonly Option<double> _rate = new("--rate")
    {
        HelpName = "N",
        Description = "requests per second to one host; 0 for no limit",
        DefaultValueFactory = _ => new WebOptions().RequestsPerSecond,
    };
    private readonly Option<int> _downloads = new("--downloads")
    {
        HelpName = "N",
        Description = "parallel downloads in all",
        DefaultValueFactory = _ => 16,
    };
    private readonly Option<int> _perHost = new("--per-host")
    {
        HelpName = "N",
        Description = "parallel downloads from one host",
        DefaultValueFactory = _ => new WebOptions().MostPerHost,
    };
    private readonly Option<string[]> _map = new("--map")
    {
        HelpName = "HOST=BASEURL",
        Description = "send requests for HOST to BASEURL instead, such as a mirror",
    };
    private readonly Option<bool> _private = new("--allow-private")
    {
        Description = "allow addresses of this machine and its local network",
    };
    private readonly Option<bool> _ignoreNoAi = new("--ignore-noai")
    {
        Description = "take pictures even if their server marks them noai or noimageai (not for training)",
    };
    private readonly Option<int> _depth = new("--depth")
    {
        HelpName = "N",
        Description = "follow links between pages of the same host this deep",
        DefaultValueFactory = _ => 0,
    };
    private readonly Option<string?> _rev = new("--rev")
    {
        HelpName = "REV",
        Description = "branch, tag or commit of a git repository (default: HEAD)",
    };
    private readonly Option<bool> _history = new("--history") { Description = "every picture in the history of a git repository" };

    /// <summary>Adds all of them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Under("Collecting", _posts, _subreddits, _nsfw, _retry, _ignoreNoAi, _depth, _rev, _history);
        command.Under("Network", _rate, _downloads, _perHost, _map, _private);
    }

    /// <summary>What the person chose.</summary>
    /// <exception cref="UsageException">A value is out of range, or credentials lie open.</exception>
    public CollectOptions Read(ParseResult parsed, IReadOnlyList<string> sources, ImportArguments limits)
    {
        var import = limits.Read(parsed, []);
        var (rate, downloads, perHost, depth) =
            (parsed.GetValue(_rate), parsed.GetValue(_downloads), parsed.GetValue(_perHost), parsed.GetValue(_depth));
        Require(rate is >= 0 and <= 10_000, $"--rate {rate} is out of range; expected 0 (no limit) to 10000 requests per second.");
        Require(downloads is >= 1 and <= 256, $"--downloads {downloads} is out of range; expected 1 to 256.");
        Require(perHost is >= 1 and <= 64, $"--per-host {perHost} is out of range; expected 1 to 64.");
        Require(depth is >= 0 and <= 10, $"--depth {depth} is out of range; expected 0 to 10.");
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
            Import = import,
            Web = new WebOptions
            {
                LargestPicture = import.MaxBytes,
                Map = new HostMap(parsed.GetValue(_map) ?? []),
                AllowPrivate = parsed.GetValue(_private),
                MostPerHost = perHost,
                RequestsPerSecond = rate,
                IgnoreNoAi = parsed.GetValue(_ignoreNoAi),
            },
        };
    }

    private static string CredentialsFile =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "smirk", "reddit.json");

    private static void Require(bool holds, string message)
    {
        if (!holds)
            throw new UsageException(message);
    }
}
