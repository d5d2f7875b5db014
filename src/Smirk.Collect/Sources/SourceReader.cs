using System.Text;
using System.Text.RegularExpressions;
using Smirk.Collect.Git;
using Smirk.Collect.Posts;
using Smirk.Workspace.Errors;

namespace Smirk.Collect.Sources;

/// <summary>Tells what a source is from how it is written and, for files, how it begins.</summary>
public static partial class SourceReader
{
    /// <summary>The source that <paramref name="given"/> names.</summary>
    /// <exception cref="UsageException">It is none; the message says what would be.</exception>
    public static CollectSource Read(string given)
    {
        if (given == "-")
            return new RecordedPosts(given);
        if (File.Exists(given) || Directory.Exists(given))
            return ReadLocal(given);
        if (Listing().Match(given) is { Success: true } listing)
            return listing.Groups["kind"].Value is "r" ? new RedditListing(given, "subreddit", listing.Groups["name"].Value)
                : new RedditListing(given, "author", listing.Groups["name"].Value);
        if (GitAddress.Parse(given) is { } git)
            return new GitSource(given, git);
        if (!Uri.TryCreate(given, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new UsageException(
                $"'{given}' is no source: it is no file here, and not r/NAME, u/NAME, an http(s) address or a git address.");
        return IsReddit(address.Host) ? ReadReddit(given, address) : new WebSource(given, address);
    }

    /// <summary>The same, or null when <paramref name="given"/> is no source.</summary>
    public static CollectSource? TryRead(string given)
    {
        try
        {
            return Read(given);
        }
        catch (UsageException) when (!given.Contains("://"))
        {
            return null;
        }
    }

    /// <summary>The id of the post of reddit at <paramref name="address"/>; null when it leads elsewhere.</summary>
    public static string? PostIdOf(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!IsReddit(address.Host))
            return null;
        return address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
        {
            [_, _, "comments", var id, ..] when IsId(id) => id,
            ["comments" or "gallery", var id, ..] when IsId(id) => id,
            [var id] when address.Host == "redd.it" && IsId(id) => id,
            _ => null,
        };
    }

    private static CollectSource ReadLocal(string given)
    {
        if (GitAddress.Parse(given) is { } git)
            return new GitSource(given, git);
        if (Directory.Exists(given))
            return Directory.EnumerateFiles(given) is var files && files.Any(PostFile.IsNamedSo)
                && files.All(f => PostFile.IsNamedSo(f) || f.EndsWith(".txt") || f.EndsWith(".md"))
                ? new RecordedPosts(given)
                : new LocalFiles(given);
        if (PostFile.IsNamedSo(given))
            return new RecordedPosts(given);
        return LooksLikeAddresses(given) ? new AddressList(given) : new LocalFiles(given);
    }

    private static CollectSource ReadReddit(string given, Uri address)
    {
        if (address.AbsolutePath.EndsWith(".json"))
            throw new UsageException($"'{given}': {RedditCredentials.HowToGet}");
        if (PostIdOf(address) is { } id)
            return new RedditPost(given, id);
        return address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
        {
            [_, _, "s", _, ..] =>
                throw new UsageException(
                    $"'{given}' is a share link, which tells only a browser what it leads to: open it and give the address of the post."),
            ["r", var name, ..] => new RedditListing(given, "subreddit", name),
            ["u" or "user", var name, ..] => new RedditListing(given, "author", name),
            _ => throw new UsageException($"'{given}' is neither a subreddit, a person's page nor a post of reddit."),
        };
    }

    // The first line that says anything is an address. Lists from other systems begin with a byte order mark.
    private static bool LooksLikeAddresses(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var head = new byte[4096];
            var text = Encoding.UTF8.GetString(head, 0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
            return text.TrimStart('\uFEFF').Split('\n', StringSplitOptions.TrimEntries)
                .FirstOrDefault(l => l.Length > 0 && l[0] != '#') is { } first
                && (first.StartsWith("http://") || first.StartsWith("https://"));
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool IsReddit(string host) =>
        host is "reddit.com" or "redd.it" || (host.EndsWith(".reddit.com") && host != "i.reddit.com");

    private static bool IsId(string id) => id.Length is > 2 and < 12 && id.All(char.IsAsciiLetterOrDigit);

    [GeneratedRegex("^/?(?<kind>r|u|user)/(?<name>[A-Za-z0-9_-]{2,50})/?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listing();
}
