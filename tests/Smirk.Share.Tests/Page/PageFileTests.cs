using System.Net;
using System.Net.Sockets;
using System.Text;
using Smirk.Share.Onnx;
using Smirk.Tests.Browser;

namespace Smirk.Share.Tests.Page;

/// <summary>The page as a file: from a server, in part, damaged, small, without SIMD.</summary>
public sealed class PageFileTests(SharedPage shared, Chromium chromium) : IClassFixture<SharedPage>, IClassFixture<Chromium>
{
    [Fact]
    public async Task A_static_server_serves_it_and_is_asked_for_nothing_else()
    {
        var root = $"http://localhost:{FreePort()}/";
        using var server = new HttpListener { Prefixes = { root } };
        server.Start();
        var asked = new List<string>();
        var serving = Task.Run(() => Serve(server, asked), TestContext.Current.CancellationToken);
        await using (var tab = await (await chromium.Open(root + "page.html")).Ready())
        {
            await tab.Changes(() => tab.Page.ClickAsync("#tiles > button:nth-child(2)"));
            Assert.Empty(tab.Complaints);
            Assert.All(tab.Requests, address => Assert.True(address.EndsWith("/page.html") || address.StartsWith("blob:"), address));
        }

        server.Stop();
        await serving;

        // A browser asks every server for a page's icon by itself.
        Assert.Equal(["/page.html"], asked.Where(path => path != "/favicon.ico"));
    }

    [Fact]
    public async Task The_policy_lets_nothing_out()
    {
        // A server that would answer: it is never connected to.
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var place = $"localhost:{((IPEndPoint)server.LocalEndpoint).Port}";
        await using var tab = await (await chromium.Open(Address(shared.Path))).Ready();
        var outcome = await tab.Page.EvaluateAsync<string>("""
            async place => {
              const loaded = make => new Promise((done, fail) => { const e = make(); e.onload = e.onopen = done; e.onerror = fail; });
              const tries = [
                fetch(`http://${place}/`),
                loaded(() => Object.assign(new Image(), { src: `http://${place}/` })),
                loaded(() => new WebSocket(`ws://${place}`)),
                loaded(() => document.head.appendChild(Object.assign(document.createElement("script"), { src: `http://${place}/` }))),
              ];
              navigator.sendBeacon(`http://${place}/`, "x");
              return (await Promise.allSettled(tries)).map(result => result.status).join(" ");
            }
            """, place);
        Assert.Equal("rejected rejected rejected rejected", outcome);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.False(server.Pending());
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.4)]
    [InlineData(0.02)]
    public async Task A_page_that_was_cut_short_says_so(double share)
    {
        var page = await File.ReadAllTextAsync(shared.Path, TestContext.Current.CancellationToken);
        var cut = shared.Write($"cut-{share}.html", page[..(int)(page.Length * share)]);
        await using var tab = await chromium.Open(Address(cut));
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.Contains("incomplete", await tab.Page.InnerTextAsync("#notice"));
        Assert.Contains("Get the file again".ToLowerInvariant(), (await tab.Page.InnerTextAsync("#notice")).ToLowerInvariant());
    }

    [Fact]
    public async Task A_page_whose_network_is_damaged_says_so()
    {
        var page = await File.ReadAllTextAsync(shared.Path, TestContext.Current.CancellationToken);
        var at = page.IndexOf("id=\"model\">", StringComparison.Ordinal) + 5000;
        var damaged = new StringBuilder(page) { [at] = page[at] == 'A' ? 'B' : 'A', [at + 1] = 'z' };
        await using var tab = await chromium.Open(Address(shared.Write("damaged.html", damaged.ToString())));
        await tab.Until("document.getElementById('notice').textContent.includes('damaged')");
        Assert.True(await tab.Page.IsHiddenAsync("#app"));
    }

    [Fact]
    public async Task Without_webassembly_simd_it_is_slower_and_the_same()
    {
        await using var fast = await (await chromium.Open(Address(shared.Path))).Ready();
        await fast.Changes(() => fast.Page.ClickAsync("#tiles > button:nth-child(2)"));
        await using var plain = await (await chromium.Open(fast.Page.Url + "&plain-javascript")).Ready();
        await plain.Page.ClickAsync("#tab5");
        Assert.Contains("plain JavaScript", await plain.Page.InnerTextAsync("#panel5"));
        Assert.Equal(await fast.Pixels(), await plain.Pixels());
    }

    [Fact]
    public async Task Small_weights_and_a_generator_without_levels_work()
    {
        var small = shared.Make("small.html", new ShareOptions { Snapshot = shared.Snapshot, Precision = WeightPrecision.Int8 });
        Assert.True(new FileInfo(small).Length < 0.7 * new FileInfo(shared.Path).Length);
        await using var tab = await (await chromium.Open(Address(small))).Ready();
        Assert.Empty(tab.Complaints);
    }

    [Theory]
    [InlineData(390, 844)]
    [InlineData(1920, 1080)]
    public async Task Nothing_sticks_out_at_the_side_and_every_control_has_a_name(int width, int height)
    {
        await using var tab = await (await chromium.Open(Address(shared.Path), width, height)).Ready();
        for (var i = 0; i < 6; i++)
        {
            await tab.Page.ClickAsync($"#tab{i}");
            Assert.True(await tab.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"tab {i} is too wide");
        }

        var nameless = await tab.Page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll("button, input, select, canvas[tabindex]")].filter(e => e.type !== "file" &&
              !(e.getAttribute("aria-label") || e.textContent.trim() || e.labels?.[0]?.textContent.trim())).map(e => e.outerHTML)
            """);
        Assert.Empty(nameless);
    }

    [Fact]
    public async Task The_keyboard_alone_goes_through_tiles_and_tools()
    {
        await using var tab = await (await chromium.Open(Address(shared.Path))).Ready();
        await tab.Page.FocusAsync("#tiles > button");
        await tab.Page.Keyboard.PressAsync("ArrowRight");
        await tab.Page.Keyboard.PressAsync("ArrowDown");
        await tab.Changes(() => tab.Page.Keyboard.PressAsync("Enter"));
        await tab.Page.FocusAsync("#tab0");
        await tab.Page.Keyboard.PressAsync("ArrowRight");
        Assert.True(await tab.Page.IsVisibleAsync("#pixels"));
        Assert.Equal("tab1", await tab.Page.EvaluateAsync<string>("document.activeElement.id"));
    }

    private static string Address(string path) => new Uri(path).AbsoluteUri;

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private void Serve(HttpListener server, List<string> asked)
    {
        try
        {
            while (true)
            {
                var context = server.GetContext();
                asked.Add(context.Request.Url!.AbsolutePath);
                var path = Path.Combine(shared.Folder, context.Request.Url.AbsolutePath.TrimStart('/'));
                if (File.Exists(path))
                    context.Response.Close(File.ReadAllBytes(path), willBlock: true);
                else
                    context.Response.StatusCode = (int)HttpStatusCode.NotFound;
                context.Response.Close();
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            // Stopped.
        }
    }
}
