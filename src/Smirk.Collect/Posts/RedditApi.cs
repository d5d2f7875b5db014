using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Smirk.Collect.Web;

namespace Smirk.Collect.Posts;

/// <summary>Reddit's own API, for those who have an app: listings of at most 1,000 posts, newest first.</summary>
/// <remarks>https://github.com/reddit-archive/reddit/wiki/OAuth2 and www.reddit.com/dev/api. The token goes to oauth.reddit.com
/// only.</remarks>
public sealed class RedditApi(WebRequester web, RedditCredentials credentials)
{
    private const string ApiHost = "oauth.reddit.com";
    private static readonly Uri TokenAddress = new("https://www.reddit.com/api/v1/access_token");

    private string? _token;

    /// <summary>The posts of a listing such as "r/pics/new" or "user/name/submitted", page by page.</summary>
    /// <exception cref="WebFailureException">A page could not be had.</exception>
    public async IAsyncEnumerable<Post> ListAsync(string listing, [EnumeratorCancellation] CancellationToken cancel)
    {
        var seen = new HashSet<string>();
        var cursors = new HashSet<string>();
        for (string? after = ""; after is not null;)
        {
            var page = await PageAsync($"{listing}?limit=100&raw_json=1{(after.Length > 0 ? $"&after={Uri.EscapeDataString(after)}" : "")}",
                cancel);
            foreach (var post in page.Posts.Where(p => seen.Add(p.Id)))
                yield return post;

            // A listing changes while it is read; a cursor that comes again would go round for ever.
            after = page.After is { } next && cursors.Add(next) ? next : null;
        }
    }

    /// <summary>One post by its id.</summary>
    /// <exception cref="WebFailureException">The answer could not be had.</exception>
    public async Task<IReadOnlyList<Post>> ByIdAsync(string id, CancellationToken cancel) =>
        (await PageAsync($"by_id/t3_{Uri.EscapeDataString(id)}?raw_json=1", cancel)).Posts;

    private async Task<(IReadOnlyList<Post> Posts, string? After)> PageAsync(string path, CancellationToken cancel)
    {
        try
        {
            return await AskAsync(path, cancel);
        }
        catch (WebFailureException failure) when (failure.Status == 401)
        {
            _token = null; // Tokens last an hour or a day; a long listing outlives them.
            return await AskAsync(path, cancel);
        }
    }

    private async Task<(IReadOnlyList<Post> Posts, string? After)> AskAsync(string path, CancellationToken cancel)
    {
        _token ??= await GetTokenAsync(cancel);
        var json = await web.GetTextAsync(new Uri($"https://{ApiHost}/{path}"), "application/json", Authorize, cancel);
        try
        {
            using var document = JsonDocument.Parse(json);
            var after = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("data", out var data)
                && data.ValueKind == JsonValueKind.Object
                ? data.Text("after")
                : null;
            return ([.. PostLines.Posts(document.RootElement)], after);
        }
        catch (JsonException error)
        {
            throw new WebFailureException(WebFailureKind.Failed, "reddit's answer isn't JSON", error);
        }
    }

    private void Authorize(Uri at, HttpRequestHeaders headers)
    {
        if (at.Scheme == "https" && at.Host == ApiHost)
            headers.Authorization = new AuthenticationHeaderValue("bearer", _token);
    }

    private async Task<string> GetTokenAsync(CancellationToken cancel)
    {
        var form = credentials.RefreshToken is { } refresh
            ? new Dictionary<string, string> { ["grant_type"] = "refresh_token", ["refresh_token"] = refresh }
            : new Dictionary<string, string> { ["grant_type"] = "client_credentials" };
        using var request = new HttpRequestMessage(HttpMethod.Post, TokenAddress) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization =
            new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.Id}:{credentials.Secret}")));
        using var answer = await web.SendOnceAsync(request, cancel);
        if (!answer.Response.IsSuccessStatusCode)
            throw new WebFailureException(
                WebFailureKind.Refused, $"reddit doesn't accept the credentials ({(int)answer.Status}). {RedditCredentials.HowToGet}",
                status: (int)answer.Status);
        var json = await WebBody.ReadTextAsync(answer, web.Options, cancel);
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.Text("access_token") is { Length: > 0 } token
                ? token
                : throw new WebFailureException(
                    WebFailureKind.Refused, "reddit's answer holds no token; check SMIRK_REDDIT_ID and SMIRK_REDDIT_SECRET");
        }
        catch (JsonException error)
        {
            throw new WebFailureException(WebFailureKind.Failed, "reddit's token answer isn't JSON", error);
        }
    }
}
