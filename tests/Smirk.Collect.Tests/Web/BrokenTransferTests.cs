using System.Globalization;
using Microsoft.AspNetCore.Http;
using Smirk.Collect.Tests.Played;
using Smirk.Collect.Web;
using Smirk.Imaging.Formats;

namespace Smirk.Collect.Tests.Web;

/// <summary>Transfers that break off, and what is done with the part that came.</summary>
public sealed class BrokenTransferTests : DownloadTests
{
    [Fact]
    public async Task A_transfer_that_breaks_off_goes_on_where_it_stopped()
    {
        var bytes = PlayedPictures.LargeOf("a");
        Web.On("h.com/a.png", (context, attempt) => attempt < 4 ? BreakOff(context, bytes, 150_000)
            : PlayedPictures.SendAsync(context, bytes));
        var file = await GetAsync("https://h.com/a.png");
        Assert.Equal(bytes, file.Read());
        Assert.Equal([null, "bytes=150000-", "bytes=300000-", "bytes=450000-"], Web.Requests.Select(r => r.Range));
        Assert.Equal(bytes.Length, file.Received);
    }

    [Fact]
    public async Task Interrupted_at_any_byte_the_picture_is_the_same_and_no_byte_comes_twice()
    {
        // Around the ends of buffers and of what is kept in memory, and anywhere.
        var bytes = PlayedPictures.LargeOf("a");
        var random = new Random(1);
        int[] counts = [FormatSniffer.HeadLength, 4095, 4096, 65_536, 65_537, 131_071, 131_072, 131_073, bytes.Length - 1,
            .. Enumerable.Range(0, 8).Select(_ => random.Next(4096, bytes.Length))];
        await Parallel.ForAsync(0, counts.Length, async (i, _) =>
        {
            Web.On($"h.com/{i}.png", (context, attempt) => attempt < 4 ? BreakOff(context, bytes, counts[i])
                : PlayedPictures.SendAsync(context, bytes));
            var file = await GetAsync($"https://h.com/{i}.png");
            Assert.Equal(bytes, file.Read());
            Assert.Equal(bytes.Length, file.Received);
        });
    }

    [Fact]
    public async Task A_picture_that_changed_between_two_parts_is_taken_anew()
    {
        var (old, now) = (PlayedPictures.LargeOf("old"), PlayedPictures.LargeOf("now"));
        Web.On("h.com/a.png", (context, attempt) => attempt == 1 ? BreakOff(context, old, 200_000)
            : PlayedPictures.SendAsync(context, now));
        Assert.Equal(now, (await GetAsync("https://h.com/a.png")).Read());
        Assert.Equal(PlayedPictures.TagOf(old), Web.Requests.Last().IfRange);
    }

    [Fact]
    public async Task A_part_left_by_a_killed_run_is_continued()
    {
        var bytes = PlayedPictures.LargeOf("a");
        Web.On("h.com/a.png", (context, attempt) => attempt == 1 ? BreakOff(context, bytes, 200_000) : attempt < 6 ? Status(context, 500)
            : PlayedPictures.SendAsync(context, bytes));
        await FailAsync("https://h.com/a.png");
        var file = await GetAsync("https://h.com/a.png");
        Assert.Equal(bytes, file.Read());
        Assert.Equal(bytes.Length - 200_000, file.Received);
    }

    [Fact]
    public async Task A_server_that_sends_another_part_than_asked_for_is_not_believed()
    {
        var bytes = PlayedPictures.LargeOf("a");
        Web.On("h.com/a.png", (context, attempt) =>
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
        Web.On("h.com/a.png", (context, attempt) =>
        {
            context.Response.Headers["Repr-Digest"] =
                $"sha-256=:{Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(bytes))}:";
            return PlayedPictures.SendAsync(context, attempt == 1 ? [.. bytes[..^1], 0] : bytes);
        });
        Assert.Equal(bytes, (await GetAsync("https://h.com/a.png")).Read());
        Assert.Equal(2, Web.Requests.Count);
    }

    [Fact]
    public async Task Wrong_lengths_are_noticed()
    {
        // More promised than sent: the connection ends in between, each time.
        Web.On("h.com/a.png", (context, _) => BreakOff(context, PlayedPictures.Of("a"), 3000));
        var failure = await FailAsync("https://h.com/a.png", o => o with { MostAttempts = 2 });
        Assert.Equal(WebFailureKind.Failed, failure.Kind);
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
