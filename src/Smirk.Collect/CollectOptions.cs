using Smirk.Collect.Posts;
using Smirk.Collect.Web;
using Smirk.Dataset.Import;

namespace Smirk.Collect;

/// <summary>What to collect, and how.</summary>
public sealed record CollectOptions
{
    /// <summary>Sources as the person wrote them: r/NAME, addresses, files, folders; see docs/collect.md.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Where posts of reddit are read, tried in this order: "arctic", "oauth", "file:PATH". Empty for arctic, then oauth where
    /// there are credentials.</summary>
    public IReadOnlyList<string> PostSources { get; init; } = [];

    /// <summary>Only posts of these subreddits; empty for all.</summary>
    public IReadOnlyList<string> Subreddits { get; init; } = [];

    /// <summary>Whether posts marked as not safe for work are taken.</summary>
    public bool Nsfw { get; init; }

    /// <summary>Whether what was refused or gone before, or failed in <see cref="CollectDefaults.FailuresUntilLeft"/> runs, is asked for
    /// again.</summary>
    public bool RetryFailed { get; init; }

    /// <summary>Downloads at once, over all hosts.</summary>
    public int Downloads { get; init; } = 16;

    /// <summary>How many links deep the pages of an address's host are followed; 0 for the page itself.</summary>
    public int Depth { get; init; }

    /// <summary>Branch, tag or commit of git sources; null for HEAD.</summary>
    public string? Rev { get; init; }

    /// <summary>Whether git sources give the pictures of all their history.</summary>
    public bool History { get; init; }

    /// <summary>How servers are spoken to.</summary>
    public WebOptions Web { get; init; } = new();

    /// <summary>Reddit credentials; null where there are none.</summary>
    public RedditCredentials? Reddit { get; init; }

    /// <summary>imgur's client id; null to ask as its own pages do.</summary>
    public string? ImgurClientId { get; init; }

    /// <summary>What pictures have to be like; its sources are not looked at.</summary>
    public ImportOptions Import { get; init; } = new() { Sources = [] };
}

/// <summary>Values of the collect stage that aren't options, and why they are what they are.</summary>
public static class CollectDefaults
{
    /// <summary>An address that failed in so many runs is left alone until asked for: hosts that died would cost each run
    /// minutes.</summary>
    public const int FailuresUntilLeft = 3;

    /// <summary>Pages followed from one address: a site of more is a job for another tool.</summary>
    public const int MostPages = 1000;
}
