using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Smirk.Collect.Web;

namespace Smirk.Collect.Tests.Played;

/// <summary>What was asked: host and path as the client meant them.</summary>
internal sealed record PlayedRequest(
    string Host, string Path, string? Range, string? IfRange, string UserAgent, string Authorization, string Accept, string Protocol)
{
    public string Address => $"{Host}{Path}";
}

/// <summary>A real server on loopback that plays any number of hosts: /HOST/PATH is HOST's PATH. Without a part of its own an address gives
/// a picture.</summary>
internal sealed class PlayedWeb : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Func<HttpContext, int, Task>> _parts = new();
    private readonly ConcurrentDictionary<string, int> _attempts = new();
    private readonly WebApplication _app;

    private PlayedWeb(WebApplication app) => _app = app;

    /// <summary>http://127.0.0.1:PORT/</summary>
    public string Base { get; private set; } = "";

    public int Port => new Uri(Base).Port;

    public ConcurrentQueue<PlayedRequest> Requests { get; } = new();

    /// <summary>Picture addresses that were asked, each as often as it was.</summary>
    public IEnumerable<string> Asked => Requests.Select(r => r.Address);

    /// <summary>The most requests that were under way at once.</summary>
    public int MostAtOnce { get; private set; }

    private int _now;
    private readonly Lock _gate = new();

    public static Task<PlayedWeb> StartAsync(params string[] addresses) => StartAsync(null, addresses);

    /// <summary>The same over TLS and HTTP/2, with a certificate.</summary>
    public static async Task<PlayedWeb> StartAsync(X509Certificate2? certificate, params string[] addresses)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MinResponseDataRate = null;
            foreach (var address in addresses.Length == 0 ? ["127.0.0.1"] : addresses)
                k.Listen(IPAddress.Parse(address), 0, l => _ = certificate is null ? l : l.UseHttps(certificate));
        });
        var app = builder.Build();
        var web = new PlayedWeb(app);
        app.Run(web.PlayAsync);
        await app.StartAsync();
        web.Base = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/";
        return web;
    }

    /// <summary>What answers where no part was given; null for a picture.</summary>
    public Func<HttpContext, Task>? Otherwise { get; set; }

    /// <summary>Makes an address ("host/path", without its query) behave as <paramref name="play"/> says; it is told which attempt this is,
    /// from 1.</summary>
    public void On(string address, Func<HttpContext, int, Task> play) => _parts[address] = play;

    /// <summary>Entries for --map.</summary>
    public IEnumerable<string> MapEntries(IEnumerable<string> hosts) => hosts.Select(h => $"{h}={Base}{h}/");

    public HostMap Map(params string[] hosts) => new(MapEntries(hosts));

    /// <summary>Options that find this server behind the hosts, and don't wait.</summary>
    public WebOptions Options(params string[] hosts) => new()
    {
        Map = Map(hosts),
        RequestsPerSecond = 0,
        FirstRetryDelay = TimeSpan.FromMilliseconds(4),
        HeaderTimeout = TimeSpan.FromSeconds(5),
        IdleTimeout = TimeSpan.FromSeconds(5),
    };

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task PlayAsync(HttpContext context)
    {
        var path = context.Request.Path.Value![1..];
        var slash = path.IndexOf('/');
        var (host, rest) = slash < 0 ? (path, "/") : (path[..slash], path[slash..]);
        var headers = context.Request.Headers;
        Requests.Enqueue(new PlayedRequest(host, rest + context.Request.QueryString, headers.Range, headers.IfRange,
            headers.UserAgent.ToString(), headers.Authorization.ToString(), headers.Accept.ToString(), context.Request.Protocol));
        lock (_gate)
            MostAtOnce = Math.Max(MostAtOnce, ++_now);
        try
        {
            if (_parts.TryGetValue(host + rest, out var play))
                await play(context, _attempts.AddOrUpdate(host + rest, 1, (_, n) => n + 1));
            else if (Otherwise is { } otherwise)
                await otherwise(context);
            else
                await PlayedPictures.SendAsync(context, host + rest);
        }
        finally
        {
            lock (_gate)
                _now--;
        }
    }
}
