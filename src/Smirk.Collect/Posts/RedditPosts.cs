using System.Runtime.CompilerServices;
using Smirk.Collect.Web;
using Smirk.Workspace.Errors;

namespace Smirk.Collect.Posts;

/// <summary>Reads reddit's posts from the post sources that were chosen, one after the other until one answers.</summary>
/// <param name="web">Asks servers.</param>
/// <param name="chosen">"arctic", "oauth", "file:PATH", in the order to try; checked by <see cref="Check"/>.</param>
/// <param name="credentials">For "oauth".</param>
/// <param name="say">Told what is tried next and why.</param>
/// <param name="refused">Told of lines in files that are no post.</param>
public sealed class RedditPosts(
    WebRequester web, IReadOnlyList<string> chosen, RedditCredentials? credentials, Action<string> say, Action<string, string> refused)
{
    /// <summary>The post sources to use where the person chose none.</summary>
    public static IReadOnlyList<string> Default(RedditCredentials? credentials) => credentials is null ? ["arctic"] : ["arctic", "oauth"];

    /// <summary>Refuses what can't work, before any work is done.</summary>
    /// <exception cref="UsageException">An unknown post source, a file that isn't there, or oauth without credentials.</exception>
    public static void Check(IReadOnlyList<string> chosen, RedditCredentials? credentials)
    {
        foreach (var source in chosen)
        {
            if (source.StartsWith("file:") && !File.Exists(source[5..]) && !Directory.Exists(source[5..]))
                throw new UsageException($"--posts {source}: there is no such file.");
            if (source is "oauth" && credentials is null)
                throw new UsageException($"--posts oauth needs credentials. {RedditCredentials.HowToGet}");
            if (source is not ("arctic" or "oauth") && !source.StartsWith("file:"))
                throw new UsageException($"--posts '{source}' is none of arctic, oauth, file:PATH. {RedditCredentials.HowToGet}");
        }
    }

    /// <summary>A subreddit's or person's posts.</summary>
    /// <exception cref="WebFailureException">No post source answered, or one stopped in the middle; what it gave until then was
    /// given.</exception>
    public IAsyncEnumerable<Post> ListAsync(string field, string name, CancellationToken cancel) => FirstAsync(source => source switch
    {
        "arctic" => ArcticShift.SearchAsync(web, field, name, cancel),
        "oauth" => new RedditApi(web, credentials!).ListAsync(field == "subreddit" ? $"r/{name}/new" : $"user/{name}/submitted", cancel),
        _ => FileAsync(source[5..], field, name, cancel),
    }, cancel);

    /// <summary>One post.</summary>
    /// <exception cref="WebFailureException">No post source knows it.</exception>
    public IAsyncEnumerable<Post> ByIdAsync(string id, CancellationToken cancel) =>
        FirstAsync(source => OneAsync(source, id, cancel), cancel);

    private async IAsyncEnumerable<Post> OneAsync(string source, string id, [EnumeratorCancellation] CancellationToken cancel)
    {
        var posts = source switch
        {
            "arctic" => await ArcticShift.ByIdAsync(web, id, cancel),
            "oauth" => await new RedditApi(web, credentials!).ByIdAsync(id, cancel),
            _ => [.. PostFile.FilesOf(source[5..]).SelectMany(f => PostFile.Read(f, refused, cancel)).Where(p => p.Id == id).Take(1)],
        };
        if (posts.Count == 0)
            throw new WebFailureException(WebFailureKind.Gone, $"{source} doesn't know the post {id}");
        foreach (var post in posts)
            yield return post;
    }

    // A dump of all of reddit is filtered by what was asked for; a file of posts that the person names for it is taken at its word.
    private async IAsyncEnumerable<Post> FileAsync(
        string path, string field, string name, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        foreach (var file in PostFile.FilesOf(path))
        {
            var filter = !PostFile.IsDump(file) ? new PostFilter() : field == "subreddit" ? new PostFilter { Subreddits = [name] }
                : new PostFilter { Author = name };
            foreach (var post in PostFile.Read(file, refused, cancel).Where(filter.Concerns))
                yield return post;
        }
    }

    private async IAsyncEnumerable<Post> FirstAsync(
        Func<string, IAsyncEnumerable<Post>> open, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var i = 0; i < chosen.Count; i++)
        {
            await using var posts = open(chosen[i]).GetAsyncEnumerator(cancel);
            var any = false;
            while (await NextAsync(posts, chosen[i], canTryNext: !any && i + 1 < chosen.Count) is { } more)
            {
                if (!more)
                    yield break;
                any = true;
                yield return posts.Current;
            }
        }
    }

    // True for a post, false for the end, null where the next post source is to be tried.
    private async Task<bool?> NextAsync(IAsyncEnumerator<Post> posts, string source, bool canTryNext)
    {
        try
        {
            return await posts.MoveNextAsync();
        }
        catch (WebFailureException failure) when (canTryNext)
        {
            say($"{source}: {failure.Message}; trying the next post source");
            return null;
        }
    }
}
