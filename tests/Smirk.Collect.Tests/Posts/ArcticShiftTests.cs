using Smirk.Collect.Posts;
using Smirk.Collect.Tests.Played;
using Smirk.Collect.Web;

namespace Smirk.Collect.Tests.Posts;

public sealed class ArcticShiftTests
{
    private const string Host = "arctic-shift.photon-reddit.com";
    private const string Search = Host + "/api/posts/search";

    [Theory]
    [InlineData(7)]
    [InlineData(100)]
    public async Task Pages_are_read_to_the_end_each_post_once(int pageSize)
    {
        var reddit = RecordedReddit.Load();
        var posts = await SearchAsync(web => web.On(Search, (context, _) => reddit.SearchAsync(context, pageSize)));
        Assert.Equal(reddit.Posts.Select(p => p.GetProperty("id").GetString()).Order(), posts.Select(p => p.Id).Order());
    }

    [Fact]
    public async Task An_archive_that_repeats_its_page_is_read_once()
    {
        var asked = 0;
        var posts = await SearchAsync(web => web.On(Search, (context, attempt) =>
        {
            asked = attempt;
            return RecordedReddit.SendAsync(context, """{"data":[{"id":"aaa","created_utc":100},{"id":"bbb","created_utc":200}]}""");
        }));
        Assert.Equal(["aaa", "bbb"], posts.Select(p => p.Id));
        Assert.InRange(asked, 2, 4);
    }

    [Fact]
    public async Task Posts_of_one_second_on_both_sides_of_a_pages_end_all_come()
    {
        // Eleven posts, eight of them of the same second, pages of ten, "after" exclusive as the archive has it.
        var all = Enumerable.Range(0, 11).Select(i => (Id: $"id{i:00}", At: i switch { < 2 => i, < 10 => 50, _ => 60 })).ToList();
        var posts = await SearchAsync(web => web.On(Search, (context, _) =>
        {
            var after = int.Parse(context.Request.Query["after"].ToString());
            var posts = all.Where(p => p.At > after).Take(9).Select(p => $"{{\"id\":\"{p.Id}\",\"created_utc\":{p.At}}}");
            return RecordedReddit.SendAsync(context, $"{{\"data\":[{string.Join(',', posts)}]}}");
        }));
        Assert.Equal(all.Skip(1).Select(p => p.Id), posts.Select(p => p.Id));
    }

    [Fact]
    public async Task An_error_in_the_answer_is_told()
    {
        var failure = await Assert.ThrowsAsync<WebFailureException>(
            () => SearchAsync(web => web.On(Search, (context, _) =>
                RecordedReddit.SendAsync(context, """{"data":null,"error":"Timeout. Maybe slow down a bit"}"""))));
        Assert.Contains("Maybe slow down", failure.Message);
    }

    private static async Task<List<Post>> SearchAsync(Action<PlayedWeb> play)
    {
        await using var web = await PlayedWeb.StartAsync();
        play(web);
        using var requester = new WebRequester(web.Options(Host));
        var posts = new List<Post>();
        await foreach (var post in ArcticShift.SearchAsync(requester, "subreddit", "pics", TestContext.Current.CancellationToken))
            posts.Add(post);
        return posts;
    }
}
