using Microsoft.Playwright;

namespace Smirk.Tests.Browser;

/// <summary>The system's Chromium, driven from here; what it complains of and asks for is kept.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string? Program = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }
        .FirstOrDefault(File.Exists);

    private IPlaywright? _driver;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Program is null)
            return;
        _driver = await Playwright.CreateAsync();
        _browser = await _driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program, Args = ["--no-sandbox"] });
    }

    /// <summary>A window of its own; skips the test where there is no browser.</summary>
    public async Task<BrowserTab> Open(string address, int width = 1280, int height = 900)
    {
        Assert.SkipWhen(_browser is null, "Chromium isn't installed (apt-get install chromium)");
        var context = await _browser.NewContextAsync(
            new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, AcceptDownloads = true });
        var tab = new BrowserTab(context, await context.NewPageAsync());
        await tab.Page.GotoAsync(address);
        return tab;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _driver?.Dispose();
    }
}

/// <summary>One window.</summary>
public sealed class BrowserTab : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    internal BrowserTab(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) => Complaints.Add($"{message.Type}: {message.Text} ({message.Location})");
        page.PageError += (_, error) => Complaints.Add(error);
        page.Request += (_, request) => Requests.Add(request.Url);
        page.SetDefaultTimeout(30_000);
    }

    public IPage Page { get; }

    /// <summary>Lines on the console, and errors that nothing caught.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Every address that was asked for.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Waits until an expression is true. (The page's policy forbids what Playwright's own wait does.)</summary>
    public Task Until(string expression) => Until(() => Page.EvaluateAsync<bool>(expression), expression);

    /// <summary>Waits until something is so.</summary>
    public static async Task Until(Func<Task<bool>> isSo, string what)
    {
        for (var i = 0; i < 1200; i++)
        {
            if (await isSo())
                return;
            await Task.Delay(50);
        }

        Assert.Fail($"not within a minute: {what}");
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
