using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Smirk.Tests.Browser;

namespace Smirk.Studio.Tests.Runs;

/// <summary>The runs room in a real browser.</summary>
[Collection(nameof(RunsHouse))]
public sealed class RunsPageTests(RunsHouse house, Chromium chromium) : IClassFixture<Chromium>
{
    private const string Slider = ".timeline input", Where = ".timeline output", Grid = "img.grid";

    // For looking at: SMIRK_SHOTS names a folder.
    private static readonly string? Shots = Environment.GetEnvironmentVariable("SMIRK_SHOTS");

    [Fact]
    public async Task One_slider_moves_grid_curves_and_measurements_and_follows_at_its_end()
    {
        await using var tab = await Open("#runs/1");
        var page = tab.Page;
        await Assertions.Expect(page.Locator(Where)).ToHaveTextAsync("at 1.3 kimg");
        Assert.Equal("true", await page.GetAttributeAsync(".timeline > button", "aria-pressed"));
        await tab.Until($"document.querySelector('{Grid}').naturalWidth > 0");
        await Shot(tab, "run");
        Assert.Equal([], await Axe.Findings(tab));
        var (grid, cursor, measured) = (await Src(page), await Cursor(page), await page.InnerTextAsync(".measured > p"));

        await Slide(page, 1.0);
        await Assertions.Expect(page.Locator(Where)).ToHaveTextAsync("at 1.0 kimg");
        Assert.Equal("false", await page.GetAttributeAsync(".timeline > button", "aria-pressed"));
        Assert.NotEqual(grid, await Src(page));
        Assert.NotEqual(cursor, await Cursor(page));
        Assert.NotEqual(measured, await page.InnerTextAsync(".measured > p"));

        // Keys go from grid to grid, a click into a curve goes there, Live goes back to the end.
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Locator(".chart svg").First.ClickAsync(new LocatorClickOptions { Position = new Position { X = 60, Y = 60 } });
        Assert.Matches(new Regex(@"at 0\.\d+ kimg"), await page.InnerTextAsync(Where));
        await page.Keyboard.PressAsync("l");
        Assert.Equal(grid, await Src(page));

        // Hovering tells what a curve is there.
        await page.Locator(".chart svg").First.HoverAsync(new LocatorHoverOptions { Position = new Position { X = 100, Y = 60 } });
        Assert.Matches(new Regex(@"D [-\d.]+.*at [\d.]+ kimg", RegexOptions.Singleline), await page.InnerTextAsync(".chart .legend"));
        await page.ClickAsync("summary:has-text('Settings, and why')");
        Assert.Contains("asked for", await page.InnerTextAsync(".run > details table"));
        Silent(tab);
    }

    [Fact]
    public async Task Ticked_runs_are_compared_by_grids_curves_and_what_differs()
    {
        await using var tab = await Open("#runs/1");
        var page = tab.Page;
        foreach (var folder in new[] { "0001", "0002" })
            await page.GetByLabel($"compare {folder}").CheckAsync();
        await page.WaitForSelectorAsync(".compare");
        Assert.EndsWith("#runs/2,1", page.Url);
        Assert.Equal(2, await page.Locator(".grids img").CountAsync());
        Assert.Contains("The same place is the same latent", await page.InnerTextAsync(".compare"));
        var settings = await page.InnerTextAsync(".compare .halves section:nth-child(2)");
        Assert.Contains("gamma", settings);
        Assert.Contains("length", settings);
        Assert.DoesNotContain("batch", settings);
        Assert.Equal(2, await page.Locator(".compare .chart:has-text('Loss of D') polyline").CountAsync());
        await Slide(page, 1.0);
        await Assertions.Expect(page.Locator(".grids figcaption").Last).ToContainTextAsync("1.0 kimg");
        await Shot(tab, "compare");
        Assert.Equal([], await Axe.Findings(tab));
        await page.GetByLabel("compare 0002").UncheckAsync();
        await page.WaitForSelectorAsync(".run:not(.compare)");
        Silent(tab);
    }

    [Fact]
    public async Task A_run_is_started_and_stopped_and_made_longer_and_deleted_in_the_page()
    {
        await using var tab = await Open("#runs");
        await using var other = await Open("#runs");
        var page = tab.Page;
        await page.ClickAsync("text=Train…");
        await page.FillAsync("dialog input[placeholder='what to call it']", "<script>alert(1)</script>");
        await page.FillAsync("dialog [aria-label='Length']", "soon");
        await Assertions.Expect(page.Locator("dialog [role=status]")).ToContainTextAsync("--budget soon: expected a time");
        await page.FillAsync("dialog [aria-label='Length']", "10m");
        await page.ClickAsync("dialog summary:has-text('Options of the recipe')");
        await page.FillAsync("dialog [name=width]", "0.1");
        await page.FillAsync("dialog [name=batch]", "32");
        await page.FillAsync("dialog [name=evaluate-every]", "0");
        await page.FillAsync("dialog [name=nice]", "0");
        await Assertions.Expect(page.Locator("dialog .reasons")).ToContainTextAsync("asked for");
        await Shot(tab, "start");
        await page.ClickAsync("dialog button.main");
        await page.WaitForSelectorAsync(".run .state.training");
        var name = await page.InnerTextAsync(".run h2");
        Assert.Contains("<script>alert(1)</script>", name);
        var folder = name.Split(' ')[1].TrimEnd(',');

        // Another browser sees it come, and a reload in the middle finds it again.
        await Assertions.Expect(other.Page.Locator(".runs-list")).ToContainTextAsync("training");
        await tab.Until("document.querySelectorAll('.run .plots polyline').length > 2");
        await page.ReloadAsync();
        await page.WaitForSelectorAsync(".run .state.training");
        Assert.Equal(name, await page.InnerTextAsync(".run h2"));
        Assert.True(await page.IsDisabledAsync("text=Delete…"));
        await Assertions.Expect(page.Locator(".standing")).ToContainTextAsync(new Regex("left.*of memory.*machine \\d+ % busy"));

        await page.ClickAsync("text=Snapshot now");
        await page.WaitForSelectorAsync($"{Grid}:not([hidden])");
        await Shot(tab, "training");
        await page.ClickAsync("button:has-text('Stop')");
        await page.WaitForSelectorAsync(".run .state.stopped");
        await Assertions.Expect(other.Page.Locator(".runs-list")).Not.ToContainTextAsync("training");

        await page.ClickAsync("text=Resume…");
        await page.SelectOptionAsync("dialog select", "kimg");
        await page.FillAsync("dialog [aria-label='Length']", "0.1");
        await page.ClickAsync("dialog button.main");

        // It measures once more at its end, and the machine may be busy.
        await page.WaitForSelectorAsync(".run .state.done", new PageWaitForSelectorOptions { Timeout = 120_000 });
        await Assertions.Expect(page.Locator(".happened")).ToContainTextAsync("resumed with length 0.1 kimg instead of 10 minutes");

        await page.ClickAsync("text=Name…");
        await page.FillAsync("dialog input", "renamed");
        await page.FillAsync("dialog textarea", "what\nI saw");
        await page.ClickAsync("dialog button.main");
        await Assertions.Expect(page.Locator(".run h2").First).ToHaveTextAsync($"Run {folder}, renamed");
        Assert.Equal("what\nI saw", await page.InnerTextAsync(".run .notes"));

        await page.ClickAsync("text=Delete…");
        Assert.True(await page.IsDisabledAsync("dialog button.danger"));
        await Shot(tab, "delete");
        await page.FillAsync("dialog input", folder);
        await page.ClickAsync("dialog button.danger");
        await Assertions.Expect(page.Locator(".runs-list")).Not.ToContainTextAsync(folder);
        await Assertions.Expect(other.Page.Locator(".runs-list")).Not.ToContainTextAsync(folder);
        Silent(tab);
        Silent(other);
    }

    [Fact]
    public async Task On_a_narrow_screen_nothing_is_cut_off()
    {
        await using var tab = await Open("#runs/1", 400, 800);
        await tab.Until($"document.querySelector('{Grid}').naturalWidth > 0");
        await Shot(tab, "narrow");
        await tab.Page.GotoAsync(house.Studio.Server.Origin + "/#runs/1,2");
        await tab.Page.WaitForSelectorAsync(".compare");
        await Shot(tab, "narrow-compare");
        Assert.True(await tab.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        Silent(tab);
    }

    [Fact]
    public async Task An_empty_workspace_says_what_to_do()
    {
        await using var empty = await StudioHouse.Open(groups: 1);
        await using var tab = await chromium.Open(empty.Server.Invite());
        await tab.Page.EvaluateAsync("location.hash = '#runs'");
        await tab.Page.ClickAsync(".nothing button");
        await Assertions.Expect(tab.Page.Locator("dialog")).ToContainTextAsync("smirk pack");
        Silent(tab);
    }

    [Fact]
    [Trait("Speed", "slow")]
    public async Task A_training_of_two_minutes_is_followed_live_to_its_end()
    {
        await using var tab = await Open("#runs");
        var (process, run) = await house.StartElsewhere("--budget", "2m", "--held-out", "0.25");
        using (process)
        {
            await tab.Page.ClickAsync($".runs-list a[href='#runs/{run.Number}']");
            await tab.Page.WaitForSelectorAsync(".run .state.training");
            var seen = new List<(double End, int Points, string Grid)>();
            while (!process.HasExited)
            {
                seen.Add((await tab.Page.EvaluateAsync<double>($"Number(document.querySelector('{Slider}').max)"),
                    await tab.Page.EvaluateAsync<int>("document.querySelector('.run polyline')?.points.length ?? 0"), await Src(tab.Page)));
                await Task.Delay(5000, TestContext.Current.CancellationToken);
            }

            Assert.Equal(0, (await process.End()).ExitCode);
            Assert.Equal(seen.Select(s => s.End).Order(), seen.Select(s => s.End));
            Assert.True(seen.Select(s => s.End).Distinct().Count() > seen.Count / 2, "time stood still");
            Assert.True(seen[^1].Points > 10, $"{seen[^1].Points} points");
            Assert.True(seen.Select(s => s.Grid).Distinct().Count() > 3, "grids stood still");
        }

        await tab.Page.WaitForSelectorAsync(".run .state.done");
        await Shot(tab, "live");
        Silent(tab);
    }

    // The program is started for each plan and training, on a machine that may be busy with others.
    static RunsPageTests() => Assertions.SetDefaultExpectTimeout(60_000);

    private async Task<BrowserTab> Open(string hash, int width = 1280, int height = 900)
    {
        var tab = await chromium.Open(house.Studio.Server.Invite(), width, height);
        await tab.Page.EvaluateAsync($"location.hash = '{hash}'");
        await tab.Page.WaitForSelectorAsync(".runs .run");
        return tab;
    }

    private static Task Slide(IPage page, double kimg) => page.EvalOnSelectorAsync(Slider,
        "(input, kimg) => { input.value = kimg; input.dispatchEvent(new Event('input')); input.blur(); }", $"{kimg}");

    private static async Task<string> Src(IPage page) => await page.GetAttributeAsync(Grid, "src") ?? "";

    private static async Task<string?> Cursor(IPage page) => await page.Locator(".plot .cursor").First.GetAttributeAsync("x1");

    private static async Task Shot(BrowserTab tab, string name)
    {
        if (Shots is not null)
            await tab.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Shots, $"{name}.png") });
    }

    // What is half typed makes no plan: the page says why, and the browser says that it was refused.
    private static void Silent(BrowserTab tab)
    {
        var complaints = tab.Complaints.Where(c => !c.Contains("/api/runs/plan", StringComparison.Ordinal)).ToList();
        Assert.True(complaints.Count == 0, string.Join("\n", complaints));
    }
}
