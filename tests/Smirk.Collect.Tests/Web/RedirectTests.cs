using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Smirk.Collect.Download;
using Smirk.Collect.Tests.Played;
using Smirk.Collect.Web;

namespace Smirk.Collect.Tests.Web;

/// <summary>Where a server may lead to, and where it may not.</summary>
public sealed class RedirectTests : DownloadTests
{
    [Theory]
    [InlineData("https://h.com/removed.png")]
    [InlineData("/removed.png")]
    public async Task A_redirect_to_the_placeholder_is_gone(string location)
    {
        Web.On("h.com/a.png", (context, _) => Redirect(context, location));
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
        Web.On("h.com/a.png", (context, _) => Redirect(context, string.Format(CultureInfo.InvariantCulture, location, Web.Port)));
        var failure = await FailAsync("https://h.com/a.png");
        Assert.Equal(WebFailureKind.Refused, failure.Kind);
        Assert.Contains(reason, failure.Message);
        Assert.DoesNotContain(Web.Asked, a => a.Contains("secret"));
    }

    [Fact]
    public async Task Redirects_in_a_circle_end()
    {
        Web.On("h.com/a.png", (context, _) => Redirect(context, "/b.png"));
        Web.On("h.com/b.png", (context, _) => Redirect(context, "/a.png"));
        Assert.Contains("circle", (await FailAsync("https://h.com/a.png")).Message);
        Assert.Equal(2, Web.Requests.Count);
    }

    [Fact]
    public async Task Redirects_without_end_end()
    {
        for (var i = 0; i < 30; i++)
        {
            var next = i + 1;
            Web.On($"h.com/{i}", (context, _) => Redirect(context, $"/{next}"));
        }

        Assert.Contains("more than 8 times", (await FailAsync("https://h.com/0")).Message);
        Assert.Equal(9, Web.Requests.Count);
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
        using var requester = new WebRequester(Web.Options() with { MostAttempts = 1 }, guard: guard);
        var download = new PictureDownload(requester, Folder.Path);
        both.On("a.png/", (context, _) =>
        {
            context.Response.Headers.Connection = "close"; // the next request has to connect, and so to resolve, again
            return PlayedPictures.SendAsync(context, "a");
        });
        var file = await download.GetAsync(new Uri($"http://rebinding.test:{both.Port}/a.png"), TestContext.Current.CancellationToken);
        Assert.Equal(PlayedPictures.Of("a"), file.Read());
        Assert.Equal(1, asked);
        var failure = await Assert.ThrowsAsync<WebFailureException>(
            () => download.GetAsync(new Uri($"http://rebinding.test:{both.Port}/b.png"), TestContext.Current.CancellationToken));
        Assert.Equal("rebinding.test is at 127.0.0.2, a loopback address", failure.Message);
    }

    [Fact]
    public async Task A_name_with_one_private_address_among_public_ones_is_refused()
    {
        var guard = new ConnectionGuard(AddressRules.WhyForbidden, (_, _) =>
            Task.FromResult<IPAddress[]>([IPAddress.Parse("93.184.215.14"), IPAddress.Parse("10.0.0.1")]));
        var refused = await Assert.ThrowsAsync<AddressRefusedException>(
            () => guard.ResolveAsync("mixed.test", TestContext.Current.CancellationToken));
        Assert.Contains("10.0.0.1, a private address", refused.Message);
    }

    [Fact]
    public async Task Private_addresses_are_asked_where_that_is_allowed()
    {
        var file = await GetAsync($"{Web.Base}h.com/a.png", o => o with { Map = HostMap.None, AllowPrivate = true });
        Assert.Equal(PlayedPictures.Of("h.com/a.png"), file.Read());
    }

    [Fact]
    public async Task A_host_that_many_others_redirect_to_is_asked_at_its_own_pace()
    {
        const int hosts = 6;
        var asked = new ConcurrentBag<long>();
        for (var i = 0; i < hosts; i++)
        {
            var name = $"{i}.png";
            Web.On($"h{i}.com/a.png", (context, _) => Redirect(context, $"https://cdn.com/{name}"));
            Web.On($"cdn.com/{name}", async (context, _) =>
            {
                asked.Add(Stopwatch.GetTimestamp());
                await PlayedPictures.SendAsync(context, name);
            });
        }

        var all = Enumerable.Range(0, hosts).Select(i => $"h{i}.com").Append("cdn.com").ToArray();
        using var requester = new WebRequester(Web.Options(all) with { RequestsPerSecond = 10, MostPerHost = 1 });
        var download = new PictureDownload(requester, Folder.Path);
        await Task.WhenAll(Enumerable.Range(0, hosts).Select(
            i => download.GetAsync(new Uri($"https://h{i}.com/a.png"), TestContext.Current.CancellationToken)));
        var times = asked.Order().ToList();
        Assert.Equal(hosts, times.Count);
        Assert.InRange(Stopwatch.GetElapsedTime(times[0], times[^1]).TotalSeconds, (hosts - 1) * 0.09, 10);
    }

    [Fact]
    public async Task Hosts_that_redirect_to_each_other_do_not_wait_for_each_other()
    {
        Web.On("one.com/a", (context, _) => Redirect(context, "https://two.com/end.png"));
        Web.On("two.com/a", (context, _) => Redirect(context, "https://one.com/end.png"));
        using var requester = new WebRequester(Web.Options("one.com", "two.com") with { MostPerHost = 1 });
        var download = new PictureDownload(requester, Folder.Path);
        var both = Enumerable.Range(0, 20)
            .Select(i => download.GetAsync(new Uri($"https://{(i % 2 == 0 ? "one" : "two")}.com/a?{i}"),
                TestContext.Current.CancellationToken));
        await Task.WhenAll(both).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    private static Task Redirect(HttpContext context, string location)
    {
        context.Response.StatusCode = 302;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}
