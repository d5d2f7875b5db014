using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Smirk.Share.Tests.Page;

/// <summary>The system's Firefox, driven through WebDriver BiDi: Playwright drives only a Firefox of its own.</summary>
internal sealed partial class Firefox : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private readonly TemporaryFolder _profile;
    private int _last;
    private string _context = "";

    private Firefox(Process process, TemporaryFolder profile) => (_process, _profile) = (process, profile);

    /// <summary>Lines on the console and errors that nothing caught.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Starts it; skips the test where there is none.</summary>
    public static async Task<Firefox> Start()
    {
        var program = new[] { "/usr/bin/firefox-esr", "/usr/bin/firefox" }.FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "Firefox isn't installed (apt-get install firefox-esr)");
        var profile = new TemporaryFolder();
        var process = Process.Start(new ProcessStartInfo(program!,
            ["--headless", "--no-remote", "--remote-debugging-port=0", "--profile", profile.Path])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        _ = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var firefox = new Firefox(process, profile);
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (Listening().Match(line) is not { Success: true } match)
                continue;
            _ = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await firefox._socket.ConnectAsync(new Uri(match.Groups[1].Value + "/session"), TestContext.Current.CancellationToken);
            await firefox.Ask("session.new", new { capabilities = new { } });
            await firefox.Ask("session.subscribe", new { events = new[] { "log.entryAdded" } });
            var tree = await firefox.Ask("browsingContext.getTree", new { });
            firefox._context = tree.GetProperty("contexts")[0].GetProperty("context").GetString()!;
            return firefox;
        }

        throw new InvalidOperationException("Firefox ended before it listened.");
    }

    /// <summary>Opens an address.</summary>
    public Task Open(string url) => Ask("browsingContext.navigate", new { context = _context, url, wait = "complete" });

    /// <summary>The value of an expression, as text.</summary>
    public async Task<string> Evaluate(string expression)
    {
        var answer = await Ask("script.evaluate",
            new { expression = $"String({expression})", target = new { context = _context }, awaitPromise = true });
        return answer.GetProperty("result").GetProperty("value").GetString()!;
    }

    /// <summary>Waits until an expression is true.</summary>
    public async Task Until(string expression)
    {
        for (var i = 0; i < 300; i++)
        {
            if (await Evaluate(expression) == "true")
                return;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"not within 30 seconds: {expression}; the page says: {await Evaluate("document.body.innerText.slice(0, 300)")}");
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _profile.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<JsonElement> Ask(string method, object parameters)
    {
        var id = ++_last;
        var message = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["id"] = id,
            ["method"] = method,
            ["params"] = parameters,
        });
        await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        while (true)
        {
            var answer = await Receive();
            if (answer.TryGetProperty("id", out var number) && number.ValueKind == JsonValueKind.Number && number.GetInt32() == id)
                return answer.TryGetProperty("result", out var result) ? result : throw new InvalidOperationException(answer.ToString());
            if (answer.TryGetProperty("method", out var happened) && happened.GetString() == "log.entryAdded")
                Complaints.Add(answer.GetProperty("params").GetProperty("text").ToString());
        }
    }

    private async Task<JsonElement> Receive()
    {
        using var whole = new MemoryStream();
        var part = new byte[1 << 16];
        WebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(part, TestContext.Current.CancellationToken);
            whole.Write(part, 0, received.Count);
        }
        while (!received.EndOfMessage);
        return JsonDocument.Parse(whole.ToArray()).RootElement;
    }

    [GeneratedRegex(@"(ws://\S+)")]
    private static partial Regex Listening();
}
