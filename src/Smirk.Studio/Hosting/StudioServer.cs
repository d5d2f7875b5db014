using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Smirk.Studio.Explore;
using Smirk.Studio.Keys;
using Smirk.Studio.Pages;
using Smirk.Studio.Pictures;
using Smirk.Studio.Review;
using Smirk.Studio.Runs;
using Smirk.Studio.Safe;
using Smirk.Workspace;
using Smirk.Workspace.Errors;

namespace Smirk.Studio.Hosting;

/// <summary>A studio that answers until it is stopped.</summary>
public sealed class StudioServer : IAsyncDisposable
{
    // What a page sends are words and numbers; a picture has a limit of its own.
    private const long MostBytes = 1_000_000;

    private readonly WebApplication _app;
    private readonly StudioAddress _address;
    private readonly Sessions _sessions;

    private StudioServer(WebApplication app, StudioAddress address, Sessions sessions) =>
        (_app, _address, _sessions) = (app, address, sessions);

    /// <summary>The address with a token that lets one browser in; with a password, the page that asks for it.</summary>
    public string StartAddress { get; private set; } = "";

    /// <summary>"http://127.0.0.1:40001".</summary>
    public string Origin => _address.Origin;

    /// <summary>Ends when the studio is stopped, by Ctrl-C, SIGTERM or <see cref="DisposeAsync"/>.</summary>
    public Task Ended => _app.WaitForShutdownAsync();

    /// <summary>Opens the workspace, listens, and answers.</summary>
    /// <exception cref="UnusableInputException">There is no workspace there, the address can't be listened at, or the port is in
    /// use.</exception>
    public static async Task<StudioServer> Start(StudioOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var workspace = SmirkWorkspace.OpenToDecide(options.Workspace);
        var (address, sessions) = (new StudioAddress(), new Sessions());
        var app = Build(options);
        app.UseGuards(address, sessions);
        app.Use(Failures.Tell);
        app.MapPages();
        app.MapFacts(workspace);
        app.MapKeys(workspace);
        app.MapLogin(options, address, sessions);
        app.MapPictures(workspace, new Thumbnails(workspace, Path.Combine(options.CacheFolder, "thumbnails")));
        app.MapReview(workspace, app.Lifetime.ApplicationStopping);
        app.MapRuns(workspace, options, app.Lifetime.ApplicationStopping);
        app.MapExplore(workspace, options, app.Lifetime.ApplicationStopping);
        try
        {
            await app.StartAsync();
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await app.DisposeAsync();
            workspace.Dispose();
            throw new UnusableInputException(
                $"The studio can't listen at {options.Listen}, port {options.Port}: {error.Message.TrimEnd('.')}. Take another --port.");
        }

        address.Set(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return new StudioServer(app, address, sessions)
        {
            StartAddress = options.Password is null ? $"{address.Origin}/start?token={sessions.NewToken()}" : $"{address.Origin}/login",
        };
    }

    /// <summary>Another start address, good once.</summary>
    public string Invite() => $"{_address.Origin}/start?token={_sessions.NewToken()}";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static WebApplication Build(StudioOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "smirk-studio" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBytes;
            kestrel.Listen(IPAddress.Parse(options.Listen), options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Logging.ClearProviders();
        builder.Services.AddRoutingCore();
        builder.Services.Configure<RouteHandlerOptions>(routing => routing.ThrowOnBadRequest = true);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, StudioJson.Default));
        return builder.Build();
    }
}
