using Smirk.Collect.Media;
using Smirk.Collect.Posts;
using Smirk.Workspace.Catalog;

namespace Smirk.Collect.Sources;

/// <summary>One thing that a source names: a picture to fetch, or why it is none.</summary>
/// <param name="Origin">The post, album or page that names it; null for an address given by itself.</param>
/// <param name="Position">Its place there, from 0.</param>
/// <param name="Finding">What it is; never an album, which sources take apart.</param>
public sealed record ListedItem(CollectedPost? Origin, int Position, MediaFinding Finding)
{
    /// <summary>The catalog's form of a post of reddit.</summary>
    public static CollectedPost OriginOf(Post post) =>
        new(0, "reddit", post.Id, post.Subreddit, post.Author, post.Title, post.Permalink, post.Created.ToUnixTimeSeconds(), post.Score);
}
