using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Smirk.Collect.Tests.Played;
using Smirk.Workspace;

namespace Smirk.Collect.Tests.Stage;

/// <summary>Pages that nobody named are asked for as far as their host's robots.txt allows.</summary>
public sealed class RobotsTests : PlayedWebTests
{
    [Fact]
    public void What_was_found_on_the_way_keeps_to_robots_and_what_was_named_does_not_need_it()
    {
        Play("User-agent: *\nDisallow: /");
        Assert.Equal(1, Run(0).Fetched);
        Assert.DoesNotContain("h.com/robots.txt", Web.Asked);

        var followed = Run(2);
        Assert.Equal((0, 1), (followed.Fetched, followed.Already));
        Assert.Single(Web.Asked, a => a == "h.com/robots.txt");
        Assert.DoesNotContain("h.com/1", Web.Asked);
        Assert.Contains(followed.Skipped, s => s.Key.Contains("robots.txt", StringComparison.Ordinal) && s.Value == 1);
    }

    [Fact]
    public void Pictures_of_followed_pages_and_other_hosts_are_asked_about_too()
    {
        Play("User-agent: smirk\nDisallow: /2\nDisallow: /1.png", "<a href=/2>2</a><img src=/1.png><img src=https://cdn.com/c.png>");
        Web.On("cdn.com/robots.txt", (context, _) => Status(context, 404));
        Assert.Equal(2, Run(5).Fetched);
        Assert.Contains("cdn.com/c.png", Web.Asked);
        Assert.DoesNotContain("h.com/1.png", Web.Asked);
        Assert.DoesNotContain("h.com/2", Web.Asked);
    }

    [Fact]
    public void Where_robots_can_not_be_read_nothing_is_followed()
    {
        Play("");
        Web.On("h.com/robots.txt", (context, _) => Status(context, 500));
        Assert.Equal(1, Run(1).Fetched);
        Assert.DoesNotContain("h.com/1", Web.Asked);
    }

    [Fact]
    public void The_crawl_delay_lies_between_requests()
    {
        Play("User-agent: *\nCrawl-delay: 0.4");
        var watch = Stopwatch.StartNew();
        Assert.Equal(2, Run(1).Fetched);

        // After robots.txt: a page and two pictures.
        Assert.True(watch.Elapsed >= TimeSpan.FromSeconds(1.2), $"three requests took {watch.Elapsed}");
    }

    private void Play(string robots, string second = "<img src=/1.png>")
    {
        Web.On("h.com/robots.txt", (context, _) => context.Response.WriteAsync(robots));
        foreach (var (path, body) in new[] { ("0", "<a href=/1>1</a><img src=/0.png>"), ("1", second) })
        {
            Web.On($"h.com/{path}", (context, _) =>
            {
                context.Response.ContentType = "text/html";
                return context.Response.WriteAsync(body);
            });
        }
    }

    private CollectResult Run(int depth)
    {
        using var workspace = SmirkWorkspace.Open(Path.Combine(Folder.Path, "ws"));
        return new CollectStage(workspace).Run(
            new CollectOptions { Sources = ["https://h.com/0"], Depth = depth, Web = Web.Options("h.com", "cdn.com") });
    }
}
