using System.Runtime.CompilerServices;
using System.Text.Json;
using Smirk.Collect.Web;

namespace Smirk.Collect.Posts;

/// <summary>Arctic Shift, the public archive of reddit: the only public way past the listings' 1,000 posts.</summary>
/// <remarks>https://github.com/ArthurHeitmann/arctic_shift, api/README.md. Pages by created_utc, oldest first.</remarks>
public static class ArcticShift
{
    private const string Base = "https://arctic-shift.photon-reddit.com";

    /// <summary>All posts of a subreddit ("subreddit") or of a person ("author").</summary>
    /// <exception cref="WebFailureException">A page could not be had.</exception>
    public static async IAsyncEnumerable<Post> SearchAsync(
        WebRequester web, string field, string name, [EnumeratorCancellation] CancellationToken cancel)
    {
        var seen = new HashSet<string>();
        long after = 0;
        while (true)
        {
            var page =
                await PageAsync(web, $"{Base}/api/posts/search?{field}={Uri.EscapeDataString(name)}&after={after}&limit=auto&sort=asc",
                    cancel);
            var newest = after;
            var news = 0;
            foreach (var post in page)
            {
                newest = Math.Max(newest, post.Created.ToUnixTimeSeconds());
                if (!seen.Add(post.Id))
                    continue;
                news++;
                yield return post;
            }

            // Pages overlap by a second, because posts of the same second may lie on both sides of a page's end. Where a page
            // brings nothing new that second is stepped over, and where time doesn't go on the end is reached, or the archive repeats
            // itself.
            var next = news > 0 ? newest - 1 : newest;
            if (page.Count == 0 || (news == 0 && next <= after))
                yield break;
            after = Math.Max(next, after + (news > 0 ? 0 : 1));
        }
    }

    /// <summary>One post by its id; none when the archive doesn't have it.</summary>
    /// <exception cref="WebFailureException">The answer could not be had.</exception>
    public static Task<IReadOnlyList<Post>> ByIdAsync(WebRequester web, string id, CancellationToken cancel) =>
        PageAsync(web, $"{Base}/api/posts/ids?ids={Uri.EscapeDataString(id)}", cancel);

    private static async Task<IReadOnlyList<Post>> PageAsync(WebRequester web, string address, CancellationToken cancel)
    {
        var json = await web.GetTextAsync(new Uri(address), "application/json", null, cancel);
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.Text("error") is { Length: > 0 } error)
                throw new WebFailureException(WebFailureKind.Failed, $"Arctic Shift says: {error}");
            return [.. PostLines.Posts(document.RootElement)];
        }
        catch (JsonException error)
        {
            throw new WebFailureException(WebFailureKind.Failed, "Arctic Shift's answer isn't JSON", error);
        }
    }
}
