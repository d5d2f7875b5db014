using System.Diagnostics;
using System.Net;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;

namespace Smirk.Studio.Tests.Hosting;

/// <summary>The program that a person starts.</summary>
public sealed class StudioProgramTests
{
    private const string Prefix = "studio: http://127.0.0.1:";

    [Fact]
    public async Task It_prints_an_address_that_opens_and_ctrl_c_ends_it()
    {
        await using var house = await StudioHouse.Open(groups: 1);
        using var studio = Start(house);
        using var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() });
        using (var page = await client.GetAsync(new Uri(await Address(studio))))
            Assert.Contains("Smirk studio", await page.Content.ReadAsStringAsync());

        // 300 MB without a run open.
        studio.Refresh();
        Assert.InRange(studio.PeakWorkingSet64, 1, 300_000_000);
        using (var kill = Process.Start("kill", ["-INT", $"{studio.Id}"]))
            await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await studio.WaitForExitAsync(patience.Token);
        Assert.Equal(0, studio.ExitCode);
    }

    [Fact]
    public async Task Killed_and_started_again_it_has_lost_nothing()
    {
        await using var house = await StudioHouse.Open(groups: 2);
        long[] answered;
        using (var studio = Start(house))
        {
            var address = new Uri(await Address(studio));
            using var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() });
            (await client.GetAsync(address)).Dispose();
            client.DefaultRequestHeaders.Add("X-Smirk", "1");
            client.DefaultRequestHeaders.Add("Origin", address.GetLeftPart(UriPartial.Authority));
            answered = [.. Log(house).Select(d => d.SubjectId)];
            foreach (var id in answered)
            {
                using var answer = await client.PostAsync(new Uri(address, "/api/review/answer"),
                    StudioHouse.Json($$"""{"words":[{"id":{{id}},"word":"alternate"}]}"""));
                Assert.True(answer.IsSuccessStatusCode);
            }

            studio.Kill();
            await studio.WaitForExitAsync();
        }

        var person = Log(house).Where(d => d.By == Decision.Person).ToList();
        Assert.Equal(answered.Order(), person.Select(d => d.SubjectId).Order());
        using var again = Start(house);
        Assert.StartsWith(Prefix, "studio: " + await Address(again));
        again.Kill();
        Assert.Equal(person, Log(house).Where(d => d.By == Decision.Person));
    }

    [Theory]
    [InlineData("There is no workspace in", "nowhere")]
    [InlineData("--port 70000: expected 1 to 65535", "WS", "--port", "70000")]
    [InlineData("needs --password", "WS", "--listen", "192.0.2.7")]
    [InlineData("expected an IP address of this machine", "WS", "--listen", "everywhere")]
    [InlineData("give the one address that browsers will use", "WS", "--listen", "0.0.0.0", "--password", "correct horse")]
    [InlineData("--password has 3 characters; expected 8 or more", "WS", "--password", "abc")]
    [InlineData("can't listen at 192.0.2.7", "WS", "--listen", "192.0.2.7", "--password", "correct horse")]
    public async Task What_makes_no_sense_is_told(string words, params string[] arguments)
    {
        await using var house = await StudioHouse.Open(groups: 1);
        var output = await SmirkProcess.Run(["studio", .. arguments.Select(a => a == "WS" ? house.Workspace : a), "--no-browser"]);
        Assert.NotEqual(0, output.ExitCode);
        Assert.Contains(words, output.Error);
    }

    [Fact]
    public async Task A_port_in_use_is_told()
    {
        await using var house = await StudioHouse.Open(groups: 1);
        var port = new Uri(house.Server.Origin).Port;
        var output = await SmirkProcess.Run("studio", house.Workspace, "--port", $"{port}", "--no-browser");
        Assert.Equal(1, output.ExitCode);
        Assert.Contains($"can't listen at 127.0.0.1, port {port}", output.Error);
    }

    private static Process Start(StudioHouse house) => Process.Start(
        new ProcessStartInfo(SmirkProcess.Executable, ["studio", house.Workspace, "--no-browser"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["XDG_CACHE_HOME"] = house.File("cache") },
        })!;

    private static async Task<string> Address(Process studio) => (await studio.StandardOutput.ReadLineAsync())!["studio: ".Length..];

    private static IReadOnlyList<Decision> Log(StudioHouse house)
    {
        using var workspace = SmirkWorkspace.OpenToRead(house.Workspace);
        return workspace.Catalog.Decisions.All();
    }
}
