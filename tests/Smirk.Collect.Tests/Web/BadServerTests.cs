using System.Diagnostics;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Smirk.Collect.Tests.Played;
using Smirk.Collect.Web;

namespace Smirk.Collect.Tests.Web;

/// <summary>One picture at a time from a server that plays badly.</summary>
public sealed class BadServerTests : DownloadTests
{
    [Fact]
    public async Task A_picture_comes_with_its_bytes_and_nothing_of_a_browser()
    {
        var file = await GetAsync("https://h.com/a.png");
        Assert.Equal(PlayedPictures.Of("h.com/a.png"), file.Read());
        var request = Assert.Single(Web.Requests);
        Assert.Matches(@"^smirk/\d+\.\d+\.\d+ \(\+https://", request.UserAgent);
        Assert.DoesNotContain("Mozilla", request.UserAgent);
        Assert.Equal("image/*", request.Accept);
    }

    [Fact]
    public async Task A_page_that_calls_itself_a_picture_is_refused_at_its_first_bytes()
    {
        Web.On("h.com/a.png", async (context, _) =>
        {
            context.Response.ContentType = "image/png";
            await context.Response.WriteAsync("<!DOCTYPE html><html>" + new string(' ', 100_000));
        });
        var failure = await FailAsync("https://h.com/a.png");
        Assert.Equal((WebFailureKind.Refused, "not a picture but a web page (HTML)"), (failure.Kind, failure.Message));
        Assert.Single(Web.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_picture_over_the_limit_is_refused(bool toldBefore)
    {
        var bytes = PlayedPictures.LargeOf("a");
        Web.On("h.com/a.png", (context, _) => toldBefore ? PlayedPictures.SendAsync(context, bytes)
            : context.Response.Body.WriteAsync(bytes).AsTask());
        var failure = await FailAsync("https://h.com/a.png", o => o with { LargestPicture = 300_000 });
        Assert.Equal(WebFailureKind.Unwanted, failure.Kind);
    }

    [Theory]
    [InlineData("noai, noimageai", "noai")]
    [InlineData("smirk: noindex, NoImageAI", "noimageai")]
    public async Task Who_asks_to_be_left_alone_is(string robots, string directive)
    {
        Web.On("h.com/a.png", (context, _) =>
        {
            context.Response.Headers["X-Robots-Tag"] = robots;
            return PlayedPictures.SendAsync(context, "a");
        });
        var failure = await FailAsync("https://h.com/a.png");
        Assert.Equal($"asks not to be used for training ({directive})", failure.Message);
        Assert.Equal(PlayedPictures.Of("a"), (await GetAsync("https://h.com/a.png", o => o with { IgnoreNoAi = true })).Read());
    }

    [Fact]
    public async Task A_server_that_drips_is_given_up()
    {
        Web.On("h.com/a.png", async (context, _) =>
        {
            var bytes = PlayedPictures.Of("a");
            context.Response.ContentLength = bytes.Length;
            for (var i = 0; i < bytes.Length && !context.RequestAborted.IsCancellationRequested; i++)
            {
                await context.Response.Body.WriteAsync(bytes.AsMemory(i, 1), context.RequestAborted);
                await Task.Delay(20, context.RequestAborted);
            }
        });
        var watch = Stopwatch.StartNew();
        var failure = await FailAsync("https://h.com/a.png", o => o with { IdleTimeout = TimeSpan.FromSeconds(0.3), MostAttempts = 2 });
        Assert.Equal((WebFailureKind.Failed, "came at less than 512 bytes a second"), (failure.Kind, failure.Message));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.3, 4);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up()
    {
        Web.On("h.com/a.png", (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted)
            .ContinueWith(_ => { }, TaskScheduler.Default));
        var failure = await FailAsync("https://h.com/a.png", o => o with { HeaderTimeout = TimeSpan.FromSeconds(0.2), MostAttempts = 2 });
        Assert.Equal("no answer within 0.2 s", failure.Message);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_compression_bomb_costs_the_limit_and_no_more(string encoding)
    {
        Web.On("h.com/list", async (context, _) =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            await using Stream packed = encoding == "gzip" ? new GZipStream(context.Response.Body, CompressionLevel.Optimal)
                : new BrotliStream(context.Response.Body, CompressionLevel.Optimal);
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 512; i++)
                await packed.WriteAsync(zeros, context.RequestAborted);
        });
        using var requester = new WebRequester(Web.Options("h.com") with { LargestText = 4 << 20 });
        var failure = await Assert.ThrowsAsync<WebFailureException>(
            () => requester.GetTextAsync(new Uri("https://h.com/list"), "*/*", null, TestContext.Current.CancellationToken));
        Assert.Equal("is over 4 MB of text", failure.Message);
    }
}
