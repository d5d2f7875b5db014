using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Story;

/// <summary>Where on the web a file came from.</summary>
/// <param name="Address">The address by which the picture is known.</param>
/// <param name="FetchedFrom">The address that its bytes came from, where that is another one; null otherwise.</param>
/// <param name="Quality">"original", "degraded" or "last-resort".</param>
/// <param name="Posts">The posts, albums and pages that named it.</param>
public sealed record CollectedStory(string Address, string? FetchedFrom, string Quality, IReadOnlyList<CollectedPost> Posts)
{
    /// <summary>The stories of one file: none for an imported one, several where several addresses gave it.</summary>
    public static IReadOnlyList<CollectedStory> Of(CatalogDatabase catalog, long fileId)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return [.. catalog.Media.OfFile(fileId).Select(m => new CollectedStory(
            m.Address, m.FetchedFrom == m.Address ? null : m.FetchedFrom, m.Quality ?? "original", catalog.Posts.OfMedia(m.Id)))];
    }

    /// <summary>The story for people, a line each.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"address   {Address}{(Quality == "original" ? "" : $" ({Quality})")}";
        if (FetchedFrom is not null)
            yield return $"fetched   {FetchedFrom}";
        foreach (var post in Posts)
        {
            var by = post.Author.Length > 0 ? $" by {post.Author}" : "";
            var at = post.CreatedUnix > 0 ? $", {DateTimeOffset.FromUnixTimeSeconds(post.CreatedUnix):yyyy-MM-dd}" : "";
            var score = post.Site == "reddit" ? $", score {post.Score}" : "";
            yield return $"post      {Shown(post.Title.Length > 0 ? post.Title : post.SiteId)}{Shown(by)}{at}{score}";
            yield return $"          {Shown(post.Address)}";
        }
    }

    // Titles are strangers' text and a terminal obeys control characters.
    private static string Shown(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
