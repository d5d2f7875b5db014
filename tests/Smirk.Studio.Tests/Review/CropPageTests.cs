using Microsoft.Playwright;
using Smirk.Tests.Browser;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;

namespace Smirk.Studio.Tests.Review;

/// <summary>Crops in a real browser: boxes by mouse and keys, and many at once.</summary>
public sealed class CropPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_box_is_drawn_moved_turned_and_kept_for_the_next_pack()
    {
        await using var house = await StudioHouse.Open(groups: 2);
        var picture = AddCrops(house);
        await using var tab = await chromium.Open(house.Server.Invite());
        await Go(tab, house, $"review/crop/{picture}");
        await tab.Page.WaitForSelectorAsync("rect.face");
        await tab.Until("document.querySelector('.frame img').naturalWidth > 0");
        var frame = (await tab.Page.Locator(".frame").BoundingBoxAsync())!;
        var scale = frame.Width / 300;

        // Another face, then a step of the arrows, a turn, and the first one goes.
        await tab.Page.Mouse.MoveAsync(frame.X + (200 * scale), frame.Y + (30 * scale));
        await tab.Page.Mouse.DownAsync();
        await tab.Page.Mouse.MoveAsync(frame.X + (280 * scale), frame.Y + (110 * scale), new MouseMoveOptions { Steps = 5 });
        await tab.Page.Mouse.UpAsync();
        await tab.Until("document.querySelectorAll('rect.face').length === 2");
        await tab.Page.Keyboard.PressAsync("ArrowDown");
        await tab.Page.Keyboard.PressAsync("]");
        await tab.Page.Mouse.ClickAsync(frame.X + (50 * scale), frame.Y + (50 * scale));
        await tab.Page.Keyboard.PressAsync("Delete");
        await tab.Until("document.querySelectorAll('rect.face').length === 1");
        await tab.Page.Keyboard.PressAsync("k");
        await BrowserTab.Until(() => Task.FromResult(Crops(house, picture).Any(c => c.By == Decision.Person)), "the box is in the catalog");
        var box = Assert.Single(Crops(house, picture), c => c.By == Decision.Person);
        Assert.InRange(box.X, 196, 204);
        Assert.InRange(box.Y, 29, 38);
        Assert.InRange(box.Width, 76, 84);
        Assert.Equal(5, box.Angle);

        await tab.Page.Keyboard.PressAsync("z");
        await BrowserTab.Until(() => Task.FromResult(Crops(house, picture).All(c => c.By != Decision.Person)), "undo takes the box back");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task All_crops_are_sorted_chosen_and_dropped_after_a_list()
    {
        await using var house = await StudioHouse.Open(groups: 2);
        AddCrops(house);
        await using var tab = await chromium.Open(house.Server.Invite());
        await Go(tab, house, "review/grid");
        await tab.Page.WaitForSelectorAsync(".cell");
        await tab.Page.SelectOptionAsync("select", "size");
        await tab.Page.ClickAsync(".slot:nth-child(1) .cell");
        await tab.Page.ClickAsync("text=Drop the chosen…");
        await tab.Page.WaitForSelectorAsync("#dialog >> text=Drop 1 picture?");
        await tab.Page.ClickAsync("#dialog >> text=Cancel");
        Assert.DoesNotContain(Log(house), d => d.By == Decision.Person);
        await tab.Page.ClickAsync("text=Drop the chosen…");
        await tab.Page.ClickAsync("#dialog .main");
        await BrowserTab.Until(() => Task.FromResult(Log(house).Any(d => d is { By: Decision.Person, Kind: "drop" })), "it is dropped");
        await tab.Page.ClickAsync("text=Undo");
        await BrowserTab.Until(() => Task.FromResult(Log(house).All(d => d.By != Decision.Person)), "undo takes it back");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_hundred_thousand_crops_scroll()
    {
        await using var house = await StudioHouse.Open(groups: 1);
        await using var tab = await chromium.Open(house.Server.Invite());
        await tab.Page.EvaluateAsync("""
            async () => {
              const { VirtualGrid } = await import('/web/studio/virtual.js');
              const slot = i => Object.assign(document.createElement('div'), { className: 'slot', textContent: i });
              const grid = new VirtualGrid(148, 182, slot, 'many');
              grid.element.style.height = '600px';
              document.getElementById('room').replaceChildren(grid.element);
              grid.show(100000);
              grid.reveal(99999);
              window.grid = grid;
            }
            """);
        await tab.Until("[...document.querySelectorAll('.slot')].some(s => s.textContent === '99999')");
        Assert.InRange(await tab.Page.EvaluateAsync<int>("document.querySelectorAll('.slot').length"), 10, 120);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Every_view_is_usable_by_all()
    {
        await using var house = await StudioHouse.Open(groups: 2);
        var picture = AddCrops(house);
        await using var tab = await chromium.Open(house.Server.Invite());
        foreach (var (room, ready) in new[]
        {
            ("review/pair", ".card .story div"), ($"review/crop/{picture}", "rect.face"), ("review/grid", ".cell"),
            ("review/damage", ".empty"),
        })
        {
            await Go(tab, house, room);
            await tab.Page.WaitForSelectorAsync(ready);
            Assert.Equal([], await Axe.Findings(tab));
        }

        await Go(tab, house, "review/pair");
        await tab.Page.ClickAsync("text=Keys (?)");
        Assert.Equal([], await Axe.Findings(tab));
    }

    private static Task Go(BrowserTab tab, StudioHouse house, string room) => tab.Page.GotoAsync($"{house.Server.Origin}/#{room}");

    // A doubtful crop in each kept picture; returns the first one's picture.
    private static long AddCrops(StudioHouse house)
    {
        using var workspace = SmirkWorkspace.Open(house.Workspace);
        var kept = workspace.Catalog.Pictures.Kept();
        foreach (var (picture, i) in kept.Select((p, i) => (p, i)))
        {
            var crop = new CropRow(0, picture.Id, 20, 20, 80 + i, 80 + i, 0.4, "face", "smirk") { Margin = 0.6, Doubt = 0.5 };
            workspace.Catalog.Crops.Add(crop);
        }

        return kept[0].Id;
    }

    private static IReadOnlyList<CropRow> Crops(StudioHouse house, long picture)
    {
        using var workspace = SmirkWorkspace.OpenToRead(house.Workspace);
        return workspace.Catalog.Crops.OfPicture(picture);
    }

    private static IReadOnlyList<Decision> Log(StudioHouse house)
    {
        using var workspace = SmirkWorkspace.OpenToRead(house.Workspace);
        return workspace.Catalog.Decisions.All();
    }
}
