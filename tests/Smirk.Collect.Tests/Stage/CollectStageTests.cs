using System.Text;
using Microsoft.AspNetCore.Http;
using Smirk.Collect.Tests.Played;
using Smirk.Collect.Web;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Errors;

namespace Smirk.Collect.Tests.Stage;

/// <summary>The whole stage, on the recorded posts and a server that plays every host they name.</summary>
public sealed class CollectStageTests : PlayedWebTests
{
    private readonly IReadOnlyList<string> _hosts = RecordedReddit.Hosts(RecordedReddit.NdjsonPath);
    [Fact]
    public void Recorded_posts_come_whole_and_a_second_run_asks_for_nothing()
    {
        var first = Run(RecordedReddit.NdjsonPath);
        Assert.Equal((315, 40, 0, 0), (first.Posts, first.Gone, first.Failed, first.Refused));

        // 335 pictures are named, some of them by several posts.
        Assert.Equal(Catalog(c => c.Media.All().Count), first.Fetched);
        Assert.Equal(first.Fetched, Web.Asked.Distinct().Count());
        Assert.Equal(first.Fetched, Web.Requests.Count);
        Assert.Equal(17, first.Skipped["video"]);
        Assert.Equal(first.Fetched, Catalog(c => c.Pictures.Kept().Count));
        Assert.DoesNotContain(Web.Asked, a => a.Contains("hrcfr0ttnm741")); // of a post that a moderator removed

        var again = Run(RecordedReddit.NdjsonPath);
        Assert.Equal((0, first.Fetched, 0), (again.Fetched, again.Already, again.Bytes));
        Assert.Equal(first.Fetched, Web.Requests.Count);
    }

    [Fact]
    public void The_same_posts_through_arctic_oauth_and_a_file_give_the_same_pictures()
    {
        var reddit = RecordedReddit.Load();
        Web.On("arctic-shift.photon-reddit.com/api/posts/search", (context, _) => reddit.SearchAsync(context, 100));
        Web.On("www.reddit.com/api/v1/access_token", (context, _) => RecordedReddit.SendAsync(context, """{"access_token":"t"}"""));
        Web.On("oauth.reddit.com/r/pics/new", (context, _) => reddit.ListAsync(context, 100));
        var sets = new[] { "arctic", "oauth", $"file:{RecordedReddit.NdjsonPath}" }.Select(posts =>
        {
            Run("r/pics", o => o with { PostSources = [posts], Reddit = new("id", "secret", null) }, posts[..3]);
            return Catalog(c => c.Media.All().Select(m => m.Address).Order().ToList(), posts[..3]);
        }).ToList();
        Assert.NotEmpty(sets[0]);
        Assert.Equal(sets[0], sets[1]);
        Assert.Equal(sets[0], sets[2]);
    }

    [Fact]
    public void The_next_post_source_is_tried_where_one_does_not_answer()
    {
        Web.On("arctic-shift.photon-reddit.com/api/posts/search", (context, _) => Status(context, 500));
        var result = Run("r/pics", o => o with { PostSources = ["arctic", $"file:{RecordedReddit.NdjsonPath}"] });
        Assert.Equal((315, 0), (result.Posts, result.Failed));
    }

    [Fact]
    public void Posts_that_break_off_in_the_middle_are_fetched_as_far_as_they_came()
    {
        var reddit = RecordedReddit.Load();
        Web.On("arctic-shift.photon-reddit.com/api/posts/search", (context, attempt) => attempt == 1 ? reddit.SearchAsync(context, 100)
            : Status(context, 500));
        var result = Run("r/pics");
        Assert.Equal((100, 1), (result.Posts, result.Failed));
        Assert.True(result.Fetched > 0);
        Assert.Contains("failed\tr/pics\t500 Internal Server Error", File.ReadAllText(result.FailedList!));
    }

    [Fact]
    public void A_lost_original_is_replaced_by_the_preview_and_called_degraded()
    {
        Web.On("i.redd.it/8pnwbvvts3c51.png", (context, _) => Status(context, 404));
        Run(Posts("hux6du"));
        var media = Catalog(c => c.Media.Find("https://i.redd.it/8pnwbvvts3c51.png"))!;
        Assert.Equal((MediaState.Fetched, "degraded"), (media.State, media.Quality));
        Assert.StartsWith("https://preview.redd.it/8pnwbvvts3c51.png", media.FetchedFrom);
        Assert.Contains("not in original quality", File.ReadAllText(Path.Combine(Workspace(), "credits.md")));
    }

    [Fact]
    public void The_preview_is_the_last_resort_for_a_dead_host_and_not_for_a_tired_one()
    {
        var posts = Posts("48dnth");
        Web.On("i.sli.mg/cvwxYe.jpg", (context, _) => Status(context, 503));
        var tired = Run(posts, null, "tired");
        Assert.Equal((0, 1), (tired.Fetched, tired.Failed));

        // Nobody listens on port 1.
        var map = new HostMap([.. Web.MapEntries(_hosts.Where(h => h != "i.sli.mg")), "i.sli.mg=http://127.0.0.1:1/"]);
        var dead = Run(posts, o => o with { Web = o.Web with { Map = map } }, "dead");
        Assert.Equal((1, 0), (dead.Fetched, dead.Failed));
        Assert.Equal("last-resort", Catalog(c => c.Media.All().Single().Quality, "dead"));
    }

    [Fact]
    public void What_was_gone_or_refused_is_asked_again_only_on_request_and_what_failed_three_times()
    {
        Web.On("h.com/gone.png", (context, _) => Status(context, 404));
        Web.On("h.com/page.png", (context, _) => context.Response.WriteAsync("<html>"));
        Web.On("h.com/tired.png", (context, _) => Status(context, 500));
        var list =
            Folder.Write(
                "links.txt", "https://h.com/gone.png\nhttps://h.com/page.png\nhttps://h.com/tired.png\nhttps://h.com/good.png\n"u8);
        var first = Run(list);
        Assert.Equal((1, 1, 1, 1), (first.Fetched, first.Gone, first.Refused, first.Failed));
        Assert.Equal(
            "kind\taddress\treason\nfailed\thttps://h.com/tired.png\t500 Internal Server Error\nrefused\thttps://h.com/page.png\tnot a "
                + "picture but a web page (HTML)\n",
            File.ReadAllText(first.FailedList!));

        Assert.Equal([1L, 1L, 0L], Enumerable.Range(0, 3).Select(_ => Run(list).Failed).ToList());
        Assert.Equal(3 * 5, Web.Asked.Count(a => a == "h.com/tired.png"));
        Assert.Equal((1, 1), (Web.Asked.Count(a => a == "h.com/gone.png"), Web.Asked.Count(a => a == "h.com/page.png")));

        var retried = Run(list, o => o with { RetryFailed = true });
        Assert.Equal((0, 1, 1, 1, 1), (retried.Fetched, retried.Already, retried.Gone, retried.Refused, retried.Failed));
        Assert.Equal((2, 2, 1), (Web.Asked.Count(a => a == "h.com/gone.png"), Web.Asked.Count(a => a == "h.com/page.png"),
            Web.Asked.Count(a => a == "h.com/good.png")));
    }

    [Fact]
    public void A_picture_that_the_person_deleted_is_not_fetched_again()
    {
        var list = Folder.Write("links.txt", "https://h.com/a.png\n"u8);
        Run(list);
        Directory.Delete(Path.Combine(Workspace(), "pictures"), recursive: true);
        var again = Run(list);
        Assert.Equal((0, 1), (again.Fetched, again.Already));
        Assert.Single(Web.Requests);
    }

    [Fact]
    public void Posts_over_18_are_left_out_unless_wanted()
    {
        var file = Folder.Write("p.ndjson", """{"id":"aaa","over_18":true,"url":"https://i.redd.it/aaa.png"}"""u8);
        Assert.Equal(1, Run(file).Skipped["over 18 (--nsfw takes them)"]);
        Assert.Equal(1, Run(file, o => o with { Nsfw = true }).Fetched);
    }

    [Fact]
    public void A_file_is_filtered_by_subreddit()
    {
        var result = Run(RecordedReddit.NdjsonPath, o => o with { Subreddits = ["earthporn"] });
        Assert.Equal(29, result.Posts);
    }

    [Fact]
    public void Imgur_albums_are_taken_apart_and_remembered()
    {
        Web.On("imgur.com/ajaxalbums/getimages/AbCdE/hit.json", (context, _) => RecordedReddit.SendAsync(context, """
            {"data":{"count":3,"images":[
             {"hash":"aaaaaaa","ext":".png"},{"hash":"bbbbbbb","ext":".jpg?1"},{"hash":"ccccccc","ext":".mp4"}]}}
            """));
        var result = Run("https://imgur.com/a/AbCdE");
        Assert.Equal((2, 1), (result.Fetched, result.Skipped["video"]));
        Assert.Equal(["https://i.imgur.com/aaaaaaa.png", "https://i.imgur.com/bbbbbbb.jpg"],
            Catalog(c => c.Media.All().Select(m => m.Address).ToList()));
        Assert.Equal(2, Run("https://imgur.com/a/AbCdE").Already);
        Assert.Equal(3, Web.Requests.Count);
    }

    [Fact]
    public void An_album_is_asked_from_the_api_where_there_is_an_id()
    {
        Web.On("api.imgur.com/3/album/AbCdE/images", (context, _) =>
            RecordedReddit.SendAsync(context, """{"data":[{"id":"aaaaaaa","type":"image/jpeg"}]}"""));
        Assert.Equal(1, Run("https://imgur.com/a/AbCdE", o => o with { ImgurClientId = "client" }).Fetched);
        Assert.Equal("Client-ID client", Web.Requests.First().Authorization);
        Assert.Equal("", Web.Requests.Last().Authorization);
    }

    [Fact]
    public void A_page_gives_its_pictures_and_is_read_again_only_when_it_changed()
    {
        Web.On("h.com/gallery", (context, _) =>
        {
            context.Response.Headers.ETag = "\"v1\"";
            if (context.Request.Headers.IfNoneMatch == "\"v1\"")
                return Status(context, 304);
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync("""
                <title>Smugs</title><base href="/pictures/"><a href="big.png"><img src="small.png"></a>
                <img srcset="w1.png 1x, w2.png 2x" src="w1.png"><a href="/other">other</a>
                <script>document.write('<img src=no.png>')</script>
                """);
        });
        var result = Run("https://h.com/gallery");
        Assert.Equal(2, result.Fetched);
        Assert.Equal(["https://h.com/pictures/big.png", "https://h.com/pictures/w2.png"],
            Catalog(c => c.Media.All().Select(m => m.Address).ToList()));
        Assert.Equal(2, Run("https://h.com/gallery").Already);
        Assert.Equal(4, Web.Requests.Count);
    }

    [Fact]
    public void Pages_are_followed_as_deep_as_asked()
    {
        foreach (var (path, body) in new[] { ("0", "<a href=/1>1</a><img src=/0.png>"),
            ("1", "<a href=/2>2</a><a href=/0>0</a><img src=/1.png>"), ("2", "<img src=/2.png>") })
        {
            Web.On($"h.com/{path}", (context, _) =>
            {
                context.Response.ContentType = "text/html";
                return context.Response.WriteAsync(body);
            });
        }

        Assert.Equal(1, Run("https://h.com/0", null, "a").Fetched);
        Assert.Equal(2, Run("https://h.com/0", o => o with { Depth = 1 }, "b").Fetched);
    }

    [Fact]
    public void A_page_that_asks_to_be_left_alone_is()
    {
        Web.On("h.com/gallery", (context, _) =>
        {
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync("<meta name=Robots content='noimageai'><img src=a.png>");
        });
        var left = Run("https://h.com/gallery");
        Assert.Equal((0, 1), (left.Fetched, left.Failed));
        Assert.Equal(1, Run("https://h.com/gallery", o => o with { Web = o.Web with { IgnoreNoAi = true } }).Fetched);
    }

    [Fact]
    public void A_list_may_name_posts_and_one_that_is_unknown_costs_its_line_only()
    {
        var list =
            Folder.Write("links.txt", "https://www.reddit.com/r/pics/comments/hux6du/x/\nhttps://redd.it/zzzzzz\nhttps://h.com/a.png\n"u8);
        var result = Run(list, o => o with { PostSources = [$"file:{RecordedReddit.NdjsonPath}"] });
        Assert.Equal((5, 1, 0), (result.Fetched, result.Gone, result.Failed));
    }

    [Fact]
    public void A_repository_or_folder_that_cannot_be_used_costs_itself_only()
    {
        Directory.CreateDirectory(Path.Combine(Folder.Path, "empty"));
        var result =
            Run("", o => o with { Sources = ["https://169.254.169.254/a.git", Path.Combine(Folder.Path, "empty"), "https://h.com/a.png"] });
        Assert.Equal((1, 1, 1), (result.Fetched, result.Failed, result.Refused));
        Assert.Contains("failed\thttps://169.254.169.254/a.git\t169.254.169.254 is a link-local address",
            File.ReadAllText(result.FailedList!));
        Assert.True(File.Exists(Path.Combine(Workspace(), "credits.md")));
    }

    [Theory]
    [InlineData(16, 4, 16)]
    [InlineData(5, 4, 5)]
    [InlineData(16, 1, 8)]
    public void No_more_come_at_once_than_wanted_over_all_hosts(int downloads, int perHost, int most)
    {
        var hosts = Enumerable.Range(0, 8).Select(i => $"h{i}.com").ToArray();
        var addresses = hosts.SelectMany(h => Enumerable.Range(0, 8).Select(i => $"{h}/{i}.png")).ToList();
        foreach (var address in addresses)
        {
            Web.On(address, async (context, _) =>
            {
                await Task.Delay(30);
                await PlayedPictures.SendAsync(context, address);
            });
        }

        var list = Folder.Write("links.txt", System.Text.Encoding.UTF8.GetBytes(string.Concat(addresses.Select(a => $"https://{a}\n"))));
        Assert.Equal(64, Run(list, o => o with { Downloads = downloads, Web = Web.Options(hosts) with { MostPerHost = perHost } }).Fetched);
        Assert.InRange(Web.MostAtOnce, most - 2, most);
    }

    [Fact]
    public void Nothing_of_a_title_or_address_becomes_a_path()
    {
        var file = Folder.Write("p.ndjson", """{"id":"aaa","title":"../../../evil","url":"https://i.redd.it/..%2f..%2f..%2fevil.png"}"""u8);
        var before = Directory.GetFileSystemEntries(Folder.Path).Length;
        Run(file);
        Assert.Equal(before + 1, Directory.GetFileSystemEntries(Folder.Path).Length);
        Assert.DoesNotContain(Directory.GetFileSystemEntries(Workspace(), "*", SearchOption.AllDirectories), p => p.Contains("evil"));
    }

    [Fact]
    public void Addresses_that_are_none_are_left_out()
    {
        const string Post = """{"id":"aaa","media_metadata":{"m":{"status":"valid","e":"Image","m":"image/x","s":{"u":":::"}},"""
            + """ "n":{"status":"valid","e":"Image","m":"image/png","s":{"u":"file:///etc/passwd"}}}}""";
        var file = Folder.Write("p.ndjson", Encoding.UTF8.GetBytes(Post));
        var result = Run(file);
        Assert.Equal((1, 0, 1), (result.Fetched, result.Failed, result.Skipped["no usable address"]));
    }

    [Fact]
    public void Markup_in_titles_does_not_act_in_the_credits()
    {
        const string Post = """{"id":"aaa","author":"me","title":"<script>x</script> ](javascript:y) # z","subreddit":"s","url":"""
            + """ "https://i.redd.it/aaa.png","permalink":"/r/s/comments/aaa/"}""";
        var file = Folder.Write("p.ndjson", Encoding.UTF8.GetBytes(Post));
        Run(file);
        Assert.Contains(@"- [\<script\>x\</script\> \](javascript:y) \# z](<https://www.reddit.com/r/s/comments/aaa/>) by me",
            File.ReadAllText(Path.Combine(Workspace(), "credits.md")));
    }

    [Fact]
    public void The_listing_prints_addresses_and_fetches_nothing()
    {
        var addresses = new List<string>();
        CollectStage.List(Options(RecordedReddit.NdjsonPath), addresses.Add);
        Assert.Equal(335, addresses.Count);
        Assert.Empty(Web.Requests);
        Assert.Contains("https://i.redd.it/8pnwbvvts3c51.png", addresses);
    }

    [Fact]
    public void Wrong_sources_stop_before_any_work()
    {
        Assert.Throws<UsageException>(() => Run("https://h.com/a.png", o => o with { Sources = ["https://h.com/a.png", "nonsense"] }));
        Assert.Empty(Web.Requests);
    }

    private string Posts(string id) =>
        Folder.Write("some.ndjson", System.Text.Encoding.UTF8.GetBytes(
            File.ReadLines(RecordedReddit.NdjsonPath)
            .Single(l => l.Contains($"\"name\": \"t3_{id}\"") || l.Contains($"\"name\":\"t3_{id}\""))));

    private string Workspace(string name = "ws") => Path.Combine(Folder.Path, name);

    private CollectOptions Options(string source) => new() { Sources = [source], Web = Web.Options([.. _hosts, "h.com"]) };

    private CollectResult Run(string source, Func<CollectOptions, CollectOptions>? with = null, string workspace = "ws")
    {
        using var opened = SmirkWorkspace.Open(Workspace(workspace));
        var options = Options(source);
        return new CollectStage(opened).Run(with?.Invoke(options) ?? options);
    }

    private T Catalog<T>(Func<CatalogDatabase, T> read, string workspace = "ws")
    {
        using var opened = SmirkWorkspace.OpenToRead(Workspace(workspace));
        return read(opened.Catalog);
    }
}
