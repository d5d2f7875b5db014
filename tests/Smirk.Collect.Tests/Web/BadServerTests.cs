using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Http;
using Smirk.Dataset.Collect.Download;
using Smirk.Dataset.Collect.Web;
using Smirk.Tests.Played;

namespace Smirk.Tests.Web;

/// <summary>One picture at a time from a server that plays badly.</summary>
public sealed class BadServerTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private PlayedWeb _web = null!;

    public async ValueTask InitializeAsync() => _web = await PlayedWeb.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_picture_comes_with_its_bytes_and_nothing_of_a_browser()
    {
        var file = await GetAsync("https://h.com/a.png");
        Assert.Equal(PlayedPictures.Of("h.com/a.png"), file.Read());
        var request = Assert.Single(_web.Requests);
        Assert.StartsWith("smirk/0.1.0 (+https://", request.UserAgent);
        Assert.DoesNotContain("Mozilla", request.UserAgent);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(408)]
    public async Task What_passes_is_tried_again(int status)
    {
        _web.On("h.com/a.png", (context, attempt) => attempt < 3 ? Status(context, status) : PlayedPictures.SendAsync(context, "a"));
        Assert.Equal(PlayedPictures.Of("a"), (await GetAsync("https://h.com/a.png")).Read());
        Assert.Equal(3, _web.Requests.Count);
    }

    [Fact]
    public async Task What_never_passes_fails_after_its_attempts()
    {
        _web.On("h.com/a.png", (context, _) => Status(context, 500));
        var failure = await FailAsync("https://h.com/a.png");
        Assert.Equal((WebFailureKind.Failed, "500 Internal Server Error"), (failure.Kind, failure.Message));
        Assert.Equal(5, _web.Requests.Count);
    }

    [Theory]
    [InlineData(404, WebFailureKind.Gone)]
    [InlineData(410, WebFailureKind.Gone)]
    [InlineData(451, WebFailureKind.Gone)]
    [InlineData(403, WebFailureKind.Refused)]
    [InlineData(401, WebFailureKind.Refused)]
    public async Task What_does_not_pass_is_asked_once(int status, WebFailureKind kind)
    {
        _web.On("h.com/a.png", (context, _) => Status(context, status));
        Assert.Equal(kind, (await FailAsync("https://h.com/a.png")).Kind);
        Assert.Single(_web.Requests);
    }

    [Theory]
    [InlineData("Retry-After", "1")]
    [InlineData("Retry-After", "date")]
    [InlineData("x-ratelimit-reset", "1")]
    public async Task A_server_is_waited_for_as_long_as_it_asks(string header, string value)
    {
        _web.On("h.com/a.png", (context, attempt) =>
        {
            if (attempt > 1)
                return PlayedPictures.SendAsync(context, "a");
            context.Response.Headers[header] = value == "date" ? TimeProvider.System.GetUtcNow().AddSeconds(2).ToString("r", CultureInfo.InvariantCulture) : value;
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
        _web.On("h.com/a.png", (context, _) =>
        {
            context.Response.Headers.RetryAfter = "3600";
            return Status(context, 429);
        });
        var failure = await FailAsync("https://h.com/a.png");
        Assert.Equal(WebFailureKind.Failed, failure.Kind);
        Assert.Contains("asks to wait 60 min", failure.Message);
        Assert.Single(_web.Requests);
    }

    [Fact]
    public async Task A_transfer_that_breaks_off_goes_on_where_it_stopped()
    {
        var bytes = PlayedPictures.LargeOf("a");
        _web.On("h.com/a.png", (context, attempt) => attempt < 4 ? BreakOff(context, bytes, 150_000) : PlayedPictures.SendAsync(context, bytes));
        var file = await GetAsync("https://h.com/a.png");
        Assert.Equal(bytes, file.Read());
        Assert.Equal([null, "bytes=150000-", "bytes=300000-", "bytes=450000-"], _web.Requests.Select(r => r.Range));
        Assert.Equal(bytes.Length, file.Received);
    }

    [Fact]
    public async Task A_picture_that_changed_between_two_parts_is_taken_anew()
    {
        var (old, now) = (PlayedPictures.LargeOf("old"), PlayedPictures.LargeOf("now"));
        _web.On("h.com/a.png", (context, attempt) => attempt == 1 ? BreakOff(context, old, 200_000) : PlayedPictures.SendAsync(context, now));
        Assert.Equal(now, (await GetAsync("https://h.com/a.png")).Read());
        Assert.Equal(PlayedPictures.TagOf(old), _web.Requests.Last().IfRange);
    }

    [Fact]
    public async Task A_part_left_by_a_killed_run_is_continued()
    {
        var bytes = PlayedPictures.LargeOf("a");
        _web.On("h.com/a.png", (context, attempt) => attempt == 1 ? BreakOff(context, bytes, 200_000) : attempt < 6 ? Status(context, 500) : PlayedPictures.SendAsync(context, bytes));
        await FailAsync("https://h.com/a.png");
        var file = await GetAsync("https://h.com/a.png");
        Assert.Equal(bytes, file.Read());
        Assert.Equal(bytes.Length - 200_000, file.Received);
    }

    [Fact]
    public async Task A_server_that_sends_another_part_than_asked_for_is_not_believed()
    {
        var bytes = PlayedPictures.LargeOf("a");
        _web.On("h.com/a.png", (context, attempt) =>
        {
            if (attempt == 1)
                return BreakOff(context, bytes, 200_000);
            if (attempt > 2)
                return PlayedPictures.SendAsync(context, bytes);
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"bytes 100000-{bytes.Length - 1}/{bytes.Length}";
            return context.Response.Body.WriteAsync(bytes.AsMemory(100_000)).AsTask();
        });
        Assert.Equal(bytes, (await GetAsync("https://h.com/a.png")).Read());
    }

    [Fact]
    public async Task Bytes_that_do_not_match_the_promised_digest_are_asked_again()
    {
        var bytes = PlayedPictures.Of("a");
        _web.On("h.com/a.png", (context, attempt) =>
        {
            context.Response.Headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(bytes))}:";
            return PlayedPictures.SendAsync(context, attempt == 1 ? [.. bytes[..^1], 0] : bytes);
        });
        Assert.Equal(bytes, (await GetAsync("https://h.com/a.png")).Read());
        Assert.Equal(2, _web.Requests.Count);
    }

    [Fact]
    public async Task A_page_that_calls_itself_a_picture_is_refused_at_its_first_bytes()
    {
        _web.On("h.com/a.png", async (context, _) =>
        {
            context.Response.ContentType = "image/png";
            await context.Response.WriteAsync("<!DOCTYPE html><html>" + new string(' ', 100_000));
        });
        var failure = await FailAsync("https://h.com/a.png");
        Assert.Equal((WebFailureKind.Refused, "not a picture but a web page (HTML)"), (failure.Kind, failure.Message));
        Assert.Single(_web.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_picture_over_the_limit_is_refused(bool toldBefore)
    {
        var bytes = PlayedPictures.LargeOf("a");
        _web.On("h.com/a.png", (context, _) => toldBefore ? PlayedPictures.SendAsync(context, bytes) : context.Response.Body.WriteAsync(bytes).AsTask());
        var failure = await FailAsync("https://h.com/a.png", o => o with { LargestPicture = 300_000 });
        Assert.Equal(WebFailureKind.Unwanted, failure.Kind);
    }

    [Theory]
    [InlineData("noai, noimageai", "noai")]
    [InlineData("smirk: noindex, NoImageAI", "noimageai")]
    public async Task Who_asks_to_be_left_alone_is(string robots, string directive)
    {
        _web.On("h.com/a.png", (context, _) =>
        {
            context.Response.Headers["X-Robots-Tag"] = robots;
            return PlayedPictures.SendAsync(context, "a");
        });
        var failure = await FailAsync("https://h.com/a.png");
        Assert.Equal($"asks not to be used for training ({directive})", failure.Message);
        Assert.Equal(PlayedPictures.Of("a"), (await GetAsync("https://h.com/a.png", o => o with { IgnoreNoAi = true })).Read());
    }

    [Theory]
    [InlineData("https://h.com/removed.png")]
    [InlineData("/removed.png")]
    public async Task A_redirect_to_the_placeholder_is_gone(string location)
    {
        _web.On("h.com/a.png", (context, _) => Redirect(context, location));
        Assert.Equal(WebFailureKind.Gone, (await FailAsync("https://h.com/a.png")).Kind);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/", "link-local")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/private/secret.png", "loopback")]
    [InlineData("http://127.0.0.1:{0}/private/secret.png", "loopback")]
    [InlineData("http://localhost:{0}/private/secret.png", "loopback")]
    [InlineData("http://2130706433:{0}/private/secret.png", "loopback")]
    [InlineData("http://[::1]:{0}/private/secret.png", "loopback")]
    [InlineData("http://0.0.0.0:{0}/private/secret.png", "this host")]
    [InlineData("file:///etc/passwd", "isn't http or https")]
    [InlineData("gopher://127.0.0.1/", "isn't http or https")]
    [InlineData("https://name:secret@h.com/b.png", "user name")]
    public async Task Redirects_lead_nowhere_they_may_not(string location, string reason)
    {
        // A picture of the mapped host first: the pool then has a connection to this very server, which must not be of use.
        await GetAsync("https://h.com/first.png");
        _web.On("h.com/a.png", (context, _) => Redirect(context, string.Format(CultureInfo.InvariantCulture, location, _web.Port)));
        var failure = await FailAsync("https://h.com/a.png");
        Assert.Equal(WebFailureKind.Refused, failure.Kind);
        Assert.Contains(reason, failure.Message);
        Assert.DoesNotContain(_web.Asked, a => a.Contains("secret"));
    }

    [Fact]
    public async Task Redirects_in_a_circle_end()
    {
        _web.On("h.com/a.png", (context, _) => Redirect(context, "/b.png"));
        _web.On("h.com/b.png", (context, _) => Redirect(context, "/a.png"));
        Assert.Contains("circle", (await FailAsync("https://h.com/a.png")).Message);
        Assert.Equal(2, _web.Requests.Count);
    }

    [Fact]
    public async Task Redirects_without_end_end()
    {
        for (var i = 0; i < 30; i++)
        {
            var next = i + 1;
            _web.On($"h.com/{i}", (context, _) => Redirect(context, $"/{next}"));
        }

        Assert.Contains("more than 8 times", (await FailAsync("https://h.com/0")).Message);
        Assert.Equal(9, _web.Requests.Count);
    }

    [Fact]
    public async Task A_name_that_resolves_elsewhere_the_second_time_gains_nothing()
    {
        await using var both = await PlayedWeb.StartAsync("127.0.0.1");
        var asked = 0;

        // 127.0.0.1 plays the public address here; the name then turns to 127.0.0.2, which plays the private one.
        var guard = new ConnectionGuard(
            address => address.Equals(IPAddress.Parse("127.0.0.1")) ? null : AddressRules.WhyForbidden(address),
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(++asked == 1 ? "127.0.0.1" : "127.0.0.2")]));
        using var requester = new WebRequester(_web.Options() with { MostAttempts = 1 }, guard: guard);
        var download = new PictureDownload(requester, _folder.Path);
        both.On("a.png/", (context, _) =>
        {
            context.Response.Headers.Connection = "close"; // the next request has to connect, and so to resolve, again
            return PlayedPictures.SendAsync(context, "a");
        });
        var file = await download.GetAsync(new Uri($"http://rebinding.test:{both.Port}/a.png"), TestContext.Current.CancellationToken);
        Assert.Equal(PlayedPictures.Of("a"), file.Read());
        Assert.Equal(1, asked);
        var failure = await Assert.ThrowsAsync<WebFailureException>(() => download.GetAsync(new Uri($"http://rebinding.test:{both.Port}/b.png"), TestContext.Current.CancellationToken));
        Assert.Equal("rebinding.test is at 127.0.0.2, a loopback address", failure.Message);
    }

    [Fact]
    public async Task A_name_with_one_private_address_among_public_ones_is_refused()
    {
        var guard = new ConnectionGuard(AddressRules.WhyForbidden, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("93.184.215.14"), IPAddress.Parse("10.0.0.1")]));
        var refused = await Assert.ThrowsAsync<AddressRefusedException>(() => guard.ResolveAsync("mixed.test", TestContext.Current.CancellationToken));
        Assert.Contains("10.0.0.1, a private address", refused.Message);
    }

    [Fact]
    public async Task Private_addresses_are_asked_where_that_is_allowed()
    {
        var file = await GetAsync($"{_web.Base}h.com/a.png", o => o with { Map = HostMap.None, AllowPrivate = true });
        Assert.Equal(PlayedPictures.Of("h.com/a.png"), file.Read());
    }

    [Fact]
    public async Task A_server_that_drips_is_given_up()
    {
        _web.On("h.com/a.png", async (context, _) =>
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
        _web.On("h.com/a.png", (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        var failure = await FailAsync("https://h.com/a.png", o => o with { HeaderTimeout = TimeSpan.FromSeconds(0.2), MostAttempts = 2 });
        Assert.Equal("no answer within 0.2 s", failure.Message);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_compression_bomb_costs_the_limit_and_no_more(string encoding)
    {
        _web.On("h.com/list", async (context, _) =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            await using Stream packed = encoding == "gzip" ? new GZipStream(context.Response.Body, CompressionLevel.Optimal) : new BrotliStream(context.Response.Body, CompressionLevel.Optimal);
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 512; i++)
                await packed.WriteAsync(zeros, context.RequestAborted);
        });
        using var requester = new WebRequester(_web.Options("h.com") with { LargestText = 4 << 20 });
        var failure = await Assert.ThrowsAsync<WebFailureException>(() => requester.GetTextAsync(new Uri("https://h.com/list"), "*/*", null, TestContext.Current.CancellationToken));
        Assert.Equal("is over 4 MB of text", failure.Message);
    }

    [Fact]
    public async Task Wrong_lengths_are_noticed()
    {
        // More promised than sent: the connection ends in between, each time.
        _web.On("h.com/a.png", (context, _) => BreakOff(context, PlayedPictures.Of("a"), 3000));
        var failure = await FailAsync("https://h.com/a.png", o => o with { MostAttempts = 2 });
        Assert.Equal(WebFailureKind.Failed, failure.Kind);
    }

    [Fact]
    public async Task A_host_that_is_down_costs_later_addresses_one_attempt_each()
    {
        _web.On("h.com/1.png", (context, _) => Status(context, 502));
        using var requester = new WebRequester(_web.Options("h.com"));
        var download = new PictureDownload(requester, _folder.Path);
        for (var i = 0; i < 4; i++)
            await Assert.ThrowsAsync<WebFailureException>(() => download.GetAsync(new Uri("https://h.com/1.png"), TestContext.Current.CancellationToken));
        Assert.Equal((3 * 5) + 1, _web.Requests.Count);
    }

    [Fact]
    public async Task The_pace_is_kept_and_so_is_the_number_at_once()
    {
        using var requester = new WebRequester(_web.Options("h.com") with { RequestsPerSecond = 50, MostPerHost = 3 });
        var download = new PictureDownload(requester, _folder.Path);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 26).Select(i => download.GetAsync(new Uri($"https://h.com/{i}.png"), TestContext.Current.CancellationToken)));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.49, 10);
        Assert.InRange(_web.MostAtOnce, 1, 3);
    }

    private async Task<DownloadedFile> GetAsync(string address, Func<WebOptions, WebOptions>? with = null)
    {
        var options = _web.Options("h.com");
        using var requester = new WebRequester(with?.Invoke(options) ?? options);
        return await new PictureDownload(requester, _folder.Path).GetAsync(new Uri(address), TestContext.Current.CancellationToken);
    }

    private Task<WebFailureException> FailAsync(string address, Func<WebOptions, WebOptions>? with = null) =>
        Assert.ThrowsAsync<WebFailureException>(() => GetAsync(address, with));

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static Task Redirect(HttpContext context, string location)
    {
        context.Response.StatusCode = 302;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    }

    // Sends so many bytes of the rest and then cuts the connection, as a router does.
    private static async Task BreakOff(HttpContext context, byte[] bytes, int count)
    {
        var response = context.Response;
        response.Headers.ETag = PlayedPictures.TagOf(bytes);
        var from = 0;
        if (context.Request.Headers.Range.ToString() is { Length: > 6 } range)
        {
            from = int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture);
            response.StatusCode = 206;
            response.Headers.ContentRange = $"bytes {from}-{bytes.Length - 1}/{bytes.Length}";
        }

        response.ContentLength = bytes.Length - from;
        await response.Body.WriteAsync(bytes.AsMemory(from, Math.Min(count, bytes.Length - from)));
        await response.Body.FlushAsync();
        await Task.Delay(60); // what was sent arrives before the cut does
        context.Abort();
    }
}
