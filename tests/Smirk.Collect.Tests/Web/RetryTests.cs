using System.Diagnostics;
using System.Globalization;
using Smirk.Collect.Download;
using Smirk.Collect.Tests.Played;
using Smirk.Collect.Web;

namespace Smirk.Collect.Tests.Web;

/// <summary>What is asked again, after how long, and what is not.</summary>
public sealed class RetryTests : DownloadTests
{
    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(408)]
    public async Task What_passes_is_tried_again(int status)
    {
        Web.On("h.com/a.png", (context, attempt) => attempt < 3 ? Status(context, status) : PlayedPictures.SendAsync(context, "a"));
        Assert.Equal(PlayedPictures.Of("a"), (await GetAsync("https://h.com/a.png")).Read());
        Assert.Equal(3, Web.Requests.Count);
    }

    [Fact]
    public async Task What_never_passes_fails_after_its_attempts()
    {
        Web.On("h.com/a.png", (context, _) => Status(context, 500));
        var failure = await FailAsync("https://h.com/a.png");
        Assert.Equal((WebFailureKind.Failed, "500 Internal Server Error"), (failure.Kind, failure.Message));
        Assert.Equal(5, Web.Requests.Count);
    }

    [Theory]
    [InlineData(404, WebFailureKind.Gone)]
    [InlineData(410, WebFailureKind.Gone)]
    [InlineData(451, WebFailureKind.Gone)]
    [InlineData(403, WebFailureKind.Refused)]
    [InlineData(401, WebFailureKind.Refused)]
    public async Task What_does_not_pass_is_asked_once(int status, WebFailureKind kind)
    {
        Web.On("h.com/a.png", (context, _) => Status(context, status));
        Assert.Equal(kind, (await FailAsync("https://h.com/a.png")).Kind);
        Assert.Single(Web.Requests);
    }

    [Theory]
    [InlineData("Retry-After", "1")]
    [InlineData("Retry-After", "date")]
    [InlineData("x-ratelimit-reset", "1")]
    public async Task A_server_is_waited_for_as_long_as_it_asks(string header, string value)
    {
        Web.On("h.com/a.png", (context, attempt) =>
        {
            if (attempt > 1)
                return PlayedPictures.SendAsync(context, "a");
            context.Response.Headers[header] =
                value == "date" ? TimeProvider.System.GetUtcNow().AddSeconds(2).ToString("r", CultureInfo.InvariantCulture) : value;
            context.Response.Headers["x-ratelimit-remaining"] = "0";
            return Status(context, 429);
        });
        var watch = Stopwatch.StartNew();
        await GetAsync("https://h.com/a.png");
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.9, 5);
    }

    [Fact]
    public async Task A_server_that_asks_for_an_hour_is_left_for_another_run()
    {
        Web.On("h.com/a.png", (context, _) =>
        {
            context.Response.Headers.RetryAfter = "3600";
            return Status(context, 429);
        });
        var failure = await FailAsync("https://h.com/a.png");
        Assert.Equal(WebFailureKind.Failed, failure.Kind);
        Assert.Contains("asks to wait 60 min", failure.Message);
        Assert.Single(Web.Requests);
    }

    [Fact]
    public async Task A_host_that_is_down_costs_later_addresses_one_attempt_each()
    {
        Web.On("h.com/1.png", (context, _) => Status(context, 502));
        using var requester = new WebRequester(Web.Options("h.com"));
        var download = new PictureDownload(requester, Folder.Path);
        for (var i = 0; i < 4; i++)
            await Assert.ThrowsAsync<WebFailureException>(
                () => download.GetAsync(new Uri("https://h.com/1.png"), TestContext.Current.CancellationToken));
        Assert.Equal((3 * 5) + 1, Web.Requests.Count);
    }

    [Fact]
    public async Task The_pace_is_kept_and_so_is_the_number_at_once()
    {
        using var requester = new WebRequester(Web.Options("h.com") with { RequestsPerSecond = 50, MostPerHost = 3 });
        var download = new PictureDownload(requester, Folder.Path);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 26).Select(i =>
            download.GetAsync(new Uri($"https://h.com/{i}.png"), TestContext.Current.CancellationToken)));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.49, 10);
        Assert.InRange(Web.MostAtOnce, 1, 3);
    }
}
