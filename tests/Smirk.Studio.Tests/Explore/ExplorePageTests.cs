using Microsoft.Playwright;
using Smirk.Gan.Sample;
using Smirk.Tests.Browser;

namespace Smirk.Studio.Tests.Explore;

/// <summary>The explore room in a real browser.</summary>
public sealed class ExplorePageTests(ExploreHouse house, Chromium chromium) : IClassFixture<Chromium>
{
    // A search takes minutes beside other programs.
    private const float Patience = 300_000;

    private const string Source = "document.querySelector('.explore .large').src";

    // The latent of the large picture; empty as long as a tile stands for it. Two latents may look alike to the last bit: after minutes of
    // training a level's style changes hardly anything.
    private const string Shown = "document.querySelector('.explore .large').dataset.code";

    [Fact]
    public async Task Pictures_are_picked_refined_mixed_and_kept()
    {
        await using var tab = await Open();
        var page = tab.Page;
        await tab.Until("document.querySelectorAll('.grid button').length >= 24");
        var first = await CodeShown(tab);
        var looks = await page.EvaluateAsync<string>(Source);
        await page.ClickAsync(".grid button:nth-child(3)");
        var picked = await CodeShown(tab, except: first);
        Assert.NotEqual(looks, await page.EvaluateAsync<string>(Source));
        Assert.Equal(picked, (await Codes(tab))[2]);
        await tab.Until("document.querySelector('.grid button:nth-child(3)').getAttribute('aria-current') === 'true'");
        await page.ClickAsync("text=♡ Keep");
        await tab.Until("document.querySelector('.grid button:nth-child(3)').classList.contains('liked')");

        // Pictures like it; then another of them, and both mixed.
        await page.ClickAsync("role=tab[name=Mix]");
        await page.ClickAsync("text=Add the picked one");
        var before = await Codes(tab);
        await page.ClickAsync("role=tab[name=Refine]");
        await page.ClickAsync("text=Pictures like it");
        await tab.Until("document.querySelectorAll('.grid button').length >= 24");
        await tab.Until($"document.querySelector('.grid button')?.dataset.code !== '{before[0]}'");
        await tab.Until("document.querySelectorAll('.grid button').length >= 24");
        await page.ClickAsync(".grid button:nth-child(5)");
        var second = await CodeShown(tab, except: picked);
        await page.ClickAsync("role=tab[name=Mix]");
        await page.ClickAsync("text=Add the picked one");
        await tab.Until("document.querySelectorAll('.explore table input').length > 2");
        var mixed = await CodeShown(tab, except: second);
        await page.Locator(".explore table input[aria-label='Pose and shape from picture 2']").CheckAsync();
        var after = await CodeShown(tab, except: mixed);
        await page.Keyboard.PressAsync("Escape");
        await page.EvaluateAsync("document.activeElement.blur()");
        await page.Keyboard.PressAsync("z");
        await CodeShown(tab, except: after);
        await page.Keyboard.PressAsync("Shift+Z");
        await tab.Until($"{Shown} === '{after}'");

        // Favourites stay with the browser.
        await page.ReloadAsync();
        await page.ClickAsync("role=group[name='What the tiles show'] >> text=Favourites");
        await tab.Until("document.querySelectorAll('.grid button').length === 1");
        Assert.Equal(before[2], (await Codes(tab))[0]);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Tiles_go_on_without_an_end_and_are_sorted_by_what_D_says()
    {
        await using var tab = await Open();
        await tab.Until("document.querySelectorAll('.grid button').length >= 24");
        await tab.Until(
            "(document.querySelector('.explore .tiles').scrollTop = 1e6, document.querySelectorAll('.grid button').length >= 96)");
        await tab.Page.ClickAsync("text=Sort by realness");
        await tab.Until("document.querySelectorAll('.badge').length === 48");
        var scores = await tab.Page.EvaluateAsync<double[]>("[...document.querySelectorAll('.badge')].map(b => Number(b.textContent))");
        Assert.Equal(scores.OrderDescending(), scores);
        await tab.Page.ClickAsync("text=Ask about 48 more");
        await tab.Until("document.querySelectorAll('.badge').length === 96");
        await tab.Page.ClickAsync("text=How real?");
        await tab.Until("/more real than \\d+ of 48 others/.test(document.querySelector('.score').textContent)");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Sliders_time_and_nearest_pictures_follow_the_picked_one()
    {
        await using var tab = await Open();
        var page = tab.Page;
        await page.ClickAsync("role=tab[name=Sliders]");
        await page.WaitForSelectorAsync("input[aria-label='Direction 2']");
        var before = await CodeShown(tab);
        await page.EvaluateAsync("""
            () => {
              const slider = document.querySelector("input[aria-label='Direction 1']");
              for (const value of ['-2', '0', '2.5']) { slider.value = value; slider.dispatchEvent(new Event('input')); }
              slider.dispatchEvent(new Event('change'));
            }
            """);
        await CodeShown(tab, except: before);
        await page.ClickAsync("role=tab[name=Time]");
        var late = await page.EvaluateAsync<string>(Source);
        await page.EvaluateAsync("""
            () => {
              const slider = document.querySelector("input[aria-label='Trained for']");
              slider.value = '0';
              slider.dispatchEvent(new Event('input'));
              slider.dispatchEvent(new Event('change'));
            }
            """);
        await tab.Until($"{Source} !== '{late}' && document.querySelector('.which span').textContent.includes('0 kimg')");
        await page.ClickAsync("role=tab[name=Nearest]");
        await page.ClickAsync("text=Find the nearest");
        await tab.Until("document.querySelectorAll('.thumb img').length === 16");
        await page.ClickAsync(".thumb >> nth=0");
        await page.WaitForSelectorAsync("#dialog[open] >> text=in pack");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_picture_of_ones_own_is_cut_projected_and_gone_on_from()
    {
        await using var tab = await Open();
        var page = tab.Page;
        await page.ClickAsync("role=tab[name='Your picture']");
        await Give(page, "mine.png", ExploreHouse.OwnPicture());
        await page.WaitForSelectorAsync(".explore rect.face");
        await tab.Until("document.querySelector('.frame img').naturalWidth > 0");
        await page.Locator(".frame").ScrollIntoViewIfNeededAsync();
        var frame = (await page.Locator(".frame").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(frame.X + (frame.Width / 2), frame.Y + (frame.Height / 2));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(frame.X + (frame.Width / 2) - 20, frame.Y + (frame.Height / 2), new MouseMoveOptions { Steps = 3 });
        await page.Mouse.UpAsync();
        await tab.Until("Number(document.querySelector('rect.face').getAttribute('x')) < 25");
        var before = await CodeShown(tab);
        await page.ClickAsync("text='Search'");
        await page.WaitForSelectorAsync(".projection >> text=/Step \\d+ of 150/", new() { Timeout = Patience });
        await page.WaitForSelectorAsync(".projection >> text=the nearest of 1000 samples", new() { Timeout = Patience });
        await CodeShown(tab, except: before);

        // It is still compared with held-out pictures, and other tests need other snapshots, which have to wait for that.
        const string Cancel = "[...document.querySelectorAll('.projection button')].find(b => b.textContent === 'Cancel')";
        await page.EvaluateAsync($"() => {Cancel}.click()");
        await tab.Until($"{Cancel}.hidden");

        // The latent that was found is a latent like any other.
        await page.ClickAsync("role=tab[name=Save]");
        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("text='Latents'"));
        Assert.Single(LatentFile.Read(await download.PathAsync()));
        await Give(page, "x.svg", "<svg/>"u8.ToArray());
        await tab.Until("document.getElementById('status').textContent.length > 10");
        Assert.All(tab.Complaints, complaint => Assert.Contains("400 (Bad Request)", complaint));
    }

    [Fact]
    public async Task Every_tool_is_usable_by_all_wide_and_narrow()
    {
        foreach (var width in new[] { 1280, 400 })
        {
            await using var tab = await Open(width);
            await tab.Until("document.querySelectorAll('.grid button').length >= 12");
            foreach (var name in new[] { "Refine", "Mix", "Walk", "Sliders", "Time", "Nearest", "Your picture", "Save" })
            {
                await tab.Page.ClickAsync($"role=tab[name='{name}']");
                if (name == "Sliders")
                    await tab.Page.WaitForSelectorAsync("input[aria-label='Direction 1']");
                Assert.Equal([], await Axe.Findings(tab));
            }

            Assert.True(await tab.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"too wide for {width}");
            Assert.Empty(tab.Complaints);
        }
    }

    private static Task Give(IPage page, string name, byte[] bytes) => page.SetInputFilesAsync(
        "input[type=file]", new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = bytes });

    private async Task<BrowserTab> Open(int width = 1280)
    {
        var studio = await house.Studio();
        var tab = await chromium.Open(studio.Server.Invite(), width, 860);
        await tab.Page.GotoAsync($"{studio.Server.Origin}/#explore");
        await tab.Until("document.querySelector('.explore .large')?.src.startsWith('data:') ?? false");
        return tab;
    }

    // The latent of the large picture, once it is there and another one than was.
    private static async Task<string> CodeShown(BrowserTab tab, string except = "")
    {
        await tab.Until($"![undefined, '', '{except}'].includes({Shown})");
        return await tab.Page.EvaluateAsync<string>(Shown);
    }

    private static Task<string[]> Codes(BrowserTab tab) =>
        tab.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('.grid button')].map(b => b.dataset.code)");
}
