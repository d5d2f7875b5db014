namespace Smirk.Collect.Posts;

/// <summary>Which posts are wanted.</summary>
public sealed record PostFilter
{
    /// <summary>Only posts of these subreddits (case doesn't matter); empty for all.</summary>
    public IReadOnlyCollection<string> Subreddits { get; init; } = [];

    /// <summary>Only posts of this author; null for all.</summary>
    public string? Author { get; init; }

    /// <summary>Whether posts marked as not safe for work are wanted.</summary>
    public bool Nsfw { get; init; }

    /// <summary>Whether the post is in what was asked for at all; others aren't counted.</summary>
    public bool Concerns(Post post) =>
        (Subreddits.Count == 0 || Subreddits.Contains(post.Subreddit, StringComparer.OrdinalIgnoreCase))
        && (Author is null || Author.Equals(post.Author, StringComparison.OrdinalIgnoreCase));
}
