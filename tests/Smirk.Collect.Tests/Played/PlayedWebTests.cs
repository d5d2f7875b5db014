using Microsoft.AspNetCore.Http;

namespace Smirk.Collect.Tests.Played;

/// <summary>A played web and a folder for every test.</summary>
public abstract class PlayedWebTests : IAsyncLifetime
{
    private protected TemporaryFolder Folder { get; } = new();

    private protected PlayedWeb Web { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Web = await PlayedWeb.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Web.DisposeAsync();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
