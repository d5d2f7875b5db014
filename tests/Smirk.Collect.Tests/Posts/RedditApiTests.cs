using System.Diagnostics;
using System.Text;
using Smirk.Collect.Posts;
using Smirk.Collect.Tests.Played;
using Smirk.Collect.Web;
using Smirk.Workspace.Errors;

namespace Smirk.Collect.Tests.Posts;

public sealed class RedditApiTests
{
    private static readonly RedditCredentials App = new("an-id", "a-secret", null);

    [Fact]
    public async Task Listings_are_read_page_by_page_with_a_token()
    {
        var reddit = RecordedReddit.Load();
        await using var web = await StartAsync();
        web.On("oauth.reddit.com/r/pics/new", (context, _) => reddit.ListAsync(context, 50));
        Assert.Equal(315, (await ListAsync(web)).Count);
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("an-id:a-secret")), web.Requests.First().Authorization);
        Assert.All(web.Requests.Skip(1), r => Assert.Equal("bearer token-1", r.Authorization));
        Assert.Equal(1 + 7, web.Requests.Count);
    }

    [Fact]
    public async Task A_cursor_that_repeats_ends_the_listing()
    {
        await using var web = await StartAsync();
        web.On("oauth.reddit.com/r/pics/new", (context, _) =>
            RecordedReddit.SendAsync(context, """{"data":{"after":"t3_same","children":[{"kind":"t3","data":{"id":"same"}}]}}"""));
        Assert.Single(await ListAsync(web));
        Assert.Equal(1 + 2, web.Requests.Count);
    }

    [Fact]
    public async Task Pages_that_change_between_requests_give_each_post_once()
    {
        var reddit = RecordedReddit.Load();
        await using var web = await StartAsync();

        // Every page begins with the last posts of the one before, as when new posts push the others down.
        string Page(int attempt) => string.Join(',', reddit.Posts.Skip((attempt - 1) * 40).Take(60).Select(p => p.GetRawText()));
        web.On("oauth.reddit.com/r/pics/new", (context, attempt) => RecordedReddit.SendAsync(
            context,
            $$"""{"data":{"after":{{(attempt < 6 ? $"\"t3_{attempt}\"" : "null")}},"children":[{{Page(attempt)}}] } }"""));
        var posts = await ListAsync(web);
        Assert.Equal(posts.Count, posts.Select(p => p.Id).Distinct().Count());
        Assert.Equal(260, posts.Count);
    }

    [Fact]
    public async Task A_token_that_expired_is_renewed()
    {
        await using var web = await StartAsync();
        web.On("oauth.reddit.com/r/pics/new", (context, attempt) =>
        {
            if (attempt != 2)
            {
                var after = attempt == 1 ? "\"t3_a\"" : "null";
                return RecordedReddit.SendAsync(
                    context, $$"""{"data":{"after":{{after}},"children":[{"kind":"t3","data":{"id":"id{{attempt}}"} }] } }""");
            }

            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        });
        Assert.Equal(["id1", "id3"], (await ListAsync(web)).Select(p => p.Id));
        Assert.Equal("bearer token-2", web.Requests.Last().Authorization);
    }

    [Fact]
    public async Task The_rate_limit_is_kept()
    {
        await using var web = await StartAsync();
        web.On("oauth.reddit.com/r/pics/new", (context, attempt) =>
        {
            context.Response.Headers["x-ratelimit-used"] = "100";
            context.Response.Headers["x-ratelimit-remaining"] = "0.0";
            context.Response.Headers["x-ratelimit-reset"] = "1";
            return RecordedReddit.SendAsync(context, $$"""{"data":{"after":{{(attempt == 1 ? "\"t3_a\"" : "null")}},"children":[] } }""");
        });
        var watch = Stopwatch.StartNew();
        await ListAsync(web);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.95, 5);
    }

    [Fact]
    public async Task Credentials_go_to_no_other_host()
    {
        await using var web = await StartAsync();
        web.On("oauth.reddit.com/r/pics/new", (context, _) =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = "https://evil.com/r/pics/new";
            return Task.CompletedTask;
        });
        web.On("evil.com/r/pics/new", (context, _) => RecordedReddit.SendAsync(context, "{}"));
        await ListAsync(web);
        Assert.Equal("", web.Requests.Single(r => r.Host == "evil.com").Authorization);
    }

    [Fact]
    public async Task Refused_credentials_are_explained_without_being_shown()
    {
        await using var web = await PlayedWeb.StartAsync();
        web.On("www.reddit.com/api/v1/access_token", (context, _) =>
        {
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        });
        var failure = await Assert.ThrowsAsync<WebFailureException>(() => ListAsync(web));
        Assert.Contains("--posts arctic", failure.Message);
        Assert.DoesNotContain("a-secret", failure.ToString());
        Assert.DoesNotContain("a-secret", App.ToString());
    }

    [Fact]
    public void A_file_of_credentials_that_others_can_read_is_refused()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new TemporaryFolder();
        var file = folder.Write("reddit.json", """{"id":"i","secret":"s"}"""u8);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Contains("chmod 600", Assert.Throws<UsageException>(() => RedditCredentials.Find(_ => null, file)).Message);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal("i", RedditCredentials.Find(_ => null, file)!.Id);
    }

    [Fact]
    public void Asking_for_oauth_without_credentials_tells_how_things_stand() =>
        Assert.Contains("new API apps need its approval", Assert.Throws<UsageException>(() => RedditPosts.Check(["oauth"], null)).Message);

    private static async Task<PlayedWeb> StartAsync()
    {
        var web = await PlayedWeb.StartAsync();
        web.On("www.reddit.com/api/v1/access_token", (context, attempt) =>
            RecordedReddit.SendAsync(context, $$"""{"access_token":"token-{{attempt}}","expires_in":3600}"""));
        return web;
    }

    private static async Task<List<Post>> ListAsync(PlayedWeb web)
    {
        using var requester = new WebRequester(web.Options("www.reddit.com", "oauth.reddit.com", "evil.com"));
        var posts = new List<Post>();
        await foreach (var post in new RedditApi(requester, App).ListAsync("r/pics/new", TestContext.Current.CancellationToken))
            posts.Add(post);
        return posts;
    }
}
