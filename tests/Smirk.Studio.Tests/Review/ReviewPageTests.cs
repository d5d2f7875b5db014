using Microsoft.Playwright;
using Smirk.Tests.Browser;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;

namespace Smirk.Studio.Tests.Review;

/// <summary>A person at the keyboard, in a real browser.</summary>
public sealed class ReviewPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData("k", false, "drop", "keep")]
    [InlineData("k", true, "keep", "drop")]
    [InlineData("d", false, "keep", "drop")]
    [InlineData("d", true, "drop", "keep")]
    [InlineData("a", false, "alternate", null)]
    [InlineData("n", false, "not-duplicate", null)]
    [InlineData("b", false, "drop", "drop")]
    public async Task Each_verdict_is_one_key_and_undo_takes_it_back(string key, bool flips, string member, string? keeper)
    {
        await using var house = await StudioHouse.Open(groups: 1);
        await using var tab = await Open(house);
        var before = Log(house);
        var left = await Left(tab);
        if (flips)
        {
            await tab.Page.Keyboard.PressAsync("Space");
            await tab.Until("document.querySelector('.card.seen').dataset.side === 'member'");
        }

        await tab.Page.Keyboard.PressAsync(key);
        await LeftIs(tab, left - 1);
        await Logged(house, before.Count + (keeper is null ? 1 : 2));
        var now = Log(house).Where(d => d.By == Decision.Person).ToList();
        Assert.Equal(member, now.First(d => d.KeeperId is not null && before.Any(b => b.SubjectId == d.SubjectId)).Kind);
        if (keeper is not null)
            Assert.Equal(keeper, now.First(d => before.All(b => b.SubjectId != d.SubjectId)).Kind);

        await tab.Page.Keyboard.PressAsync("z");
        await LeftIs(tab, left);
        await Logged(house, before.Count);
        await tab.Page.Keyboard.PressAsync("Shift+Z");
        await LeftIs(tab, left - 1);
        await tab.Page.Keyboard.PressAsync("z");
        await LeftIs(tab, left);
        Assert.Equal(before, Log(house));
        Silent(tab);
    }

    [Fact]
    public async Task Fifty_groups_are_reviewed_by_keyboard_alone_and_nothing_is_lost()
    {
        await using var house = await StudioHouse.Open(groups: 50);
        await using var tab = await Open(house);
        var left = await Left(tab);
        Assert.InRange(left, 95, 100);
        for (var i = 0; i < left; i++)
            await tab.Page.Keyboard.PressAsync(i % 3 == 0 ? "a" : i % 3 == 1 ? "k" : "n");
        await LeftIs(tab, 0);
        await tab.Until("document.getElementById('status').textContent.startsWith('All of it is answered')");
        var answered = await Until(() => Log(house).Count(d => d.By == Decision.Person && d.KeeperId is not null), count => count >= left);
        Assert.True(answered >= left, $"{answered} of {left}");

        // The next page's questions have the same answers, from the log.
        await tab.Page.ReloadAsync();
        await LeftIs(tab, 0);
        Silent(tab);
    }

    [Fact]
    public async Task Space_flips_in_place_and_zoom_is_the_same_for_both_and_holds_the_verdict_keys()
    {
        await using var house = await StudioHouse.Open(groups: 1);
        await using var tab = await Open(house);
        var before = Log(house);
        await tab.Until("[...document.querySelectorAll('.layer img')].every(i => i.complete && i.naturalWidth)");
        var (keeper, member) = (await Box(tab, ".keeper img"), await Box(tab, ".member img"));
        Assert.Equal(keeper.X, member.X, 3.0);
        Assert.Equal(keeper.Y + keeper.Height, member.Y + member.Height, 3.0);

        await tab.Page.Mouse.MoveAsync(400, 400);
        await tab.Page.Mouse.WheelAsync(0, -400);
        await tab.Until("document.querySelector('.verdict-key').disabled");
        (keeper, member) = (await Box(tab, ".keeper img"), await Box(tab, ".member img"));
        Assert.Equal(keeper.X, member.X, 5.0);
        Assert.Equal(keeper.Width, member.Width, 5.0);
        await tab.Page.Keyboard.PressAsync("d");
        await tab.Page.Keyboard.PressAsync("b");
        await tab.Page.Keyboard.PressAsync("Space");
        await tab.Until("document.querySelector('.card.seen').dataset.side === 'member'");
        Assert.Equal(before, Log(house));

        await tab.Page.Keyboard.PressAsync("Escape");
        foreach (var (key, mode) in new[] { ("s", "side"), ("l", "split"), ("x", "difference") })
        {
            await tab.Page.Keyboard.PressAsync(key);
            await tab.Page.WaitForSelectorAsync($".viewer.{mode}");
            await tab.Page.Keyboard.PressAsync(key);
            await tab.Page.WaitForSelectorAsync(".viewer.flip");
        }

        Silent(tab);
    }

    [Fact]
    public async Task Keys_do_nothing_while_somebody_types_and_can_be_changed()
    {
        await using var house = await StudioHouse.Open(groups: 1);
        await using var tab = await Open(house);
        var left = await Left(tab);
        await tab.Page.ClickAsync("text=Another browser…");
        await tab.Page.FocusAsync("#dialog input");
        await tab.Page.Keyboard.PressAsync("d");
        await tab.Page.ClickAsync("#dialog >> text=Close");
        Assert.Equal(left, await Left(tab));

        await tab.Page.Keyboard.PressAsync("?");
        await tab.Page.ClickAsync("[aria-label='Key for: Alternates: both stay']");
        await tab.Page.Keyboard.PressAsync("j");
        await tab.Page.ClickAsync("#dialog >> text=Close");
        await tab.Page.Keyboard.PressAsync("a");
        await tab.Page.Keyboard.PressAsync("j");
        await LeftIs(tab, left - 1);
        await tab.Page.ReloadAsync();
        await tab.Page.WaitForSelectorAsync(".verdict-key >> text=J");
        Silent(tab);
    }

    [Fact]
    public async Task Many_are_answered_only_after_a_list_of_what_that_does_and_undone_as_one()
    {
        await using var house = await StudioHouse.Open(groups: 3);
        await using var tab = await Open(house);
        var before = Log(house);
        await tab.Page.ClickAsync("text=Agree…");
        await tab.Page.WaitForSelectorAsync("#dialog >> text=dropped as copies (resize)");
        await tab.Page.ClickAsync("#dialog >> text=Cancel");
        Assert.Equal(before, Log(house));
        await tab.Page.ClickAsync("text=Agree…");
        await tab.Page.ClickAsync("#dialog .main");
        await LeftIs(tab, 0);
        await tab.Page.Keyboard.PressAsync("z");
        await LeftIs(tab, 6);
        Assert.Equal(before, Log(house));
        Silent(tab);
    }

    [Fact]
    public async Task Two_browsers_see_each_others_answers_and_a_restart_loses_nothing()
    {
        await using var house = await StudioHouse.Open(groups: 3);
        await using var one = await Open(house);
        await using var other = await Open(house);
        await one.Page.Keyboard.PressAsync("a");
        await LeftIs(one, 5);
        await other.Page.ReloadAsync();
        await LeftIs(other, 5);
        await other.Page.Keyboard.PressAsync("n");
        await LeftIs(other, 4);
        var log = Log(house);
        await house.Restart();
        await one.Page.Keyboard.PressAsync("k");
        await one.Until("document.getElementById('status').textContent.includes('answer')");
        Assert.Equal(log, Log(house));
        await using var next = await Open(house);
        await LeftIs(next, 4);
        await next.Page.Keyboard.PressAsync("z");
        await LeftIs(next, 5);
        Silent(next);
    }

    [Fact]
    public async Task A_narrow_screen_shows_all_of_it()
    {
        await using var house = await StudioHouse.Open(groups: 1);
        await using var tab = await Open(house, 390, 800);
        Assert.True(await tab.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways");
        Assert.True(await tab.Page.IsVisibleAsync(".verdict-key >> text=Drop both"));
        Silent(tab);
    }

    private async Task<BrowserTab> Open(StudioHouse house, int width = 1280, int height = 860)
    {
        var tab = await chromium.Open(house.Server.Invite(), width, height);
        await tab.Page.WaitForSelectorAsync(".card .name");
        await tab.Until("document.querySelector('.layer img') !== null");
        return tab;
    }

    private static async Task<int> Left(BrowserTab tab) =>
        int.Parse((await tab.Page.InnerTextAsync(".left")).Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);

    private static Task LeftIs(BrowserTab tab, int left) =>
        tab.Until($"document.querySelector('.left')?.textContent.split(' ')[0] === '{left}'");

    private static async Task<LocatorBoundingBoxResult> Box(BrowserTab tab, string what) =>
        (await tab.Page.Locator(what).BoundingBoxAsync())!;

    private static Task Logged(StudioHouse house, int count) => BrowserTab.Until(() => Task.FromResult(Log(house).Count == count),
        $"{count} decisions stand");

    private static async Task<int> Until(Func<int> count, Func<int, bool> isEnough)
    {
        for (var i = 0; i < 100 && !isEnough(count()); i++)
            await Task.Delay(100);
        return count();
    }

    private static IReadOnlyList<Decision> Log(StudioHouse house)
    {
        using var workspace = SmirkWorkspace.OpenToRead(house.Workspace);
        return workspace.Catalog.Decisions.All();
    }

    private static void Silent(BrowserTab tab) => Assert.Empty(tab.Complaints);
}
