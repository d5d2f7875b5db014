using System.IO.Compression;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Smirk.Imaging.Reading;
using Smirk.Tests.Browser;

namespace Smirk.Share.Tests.Page;

/// <summary>What a person does with the page, in a real browser.</summary>
public sealed class PageTests(SharedPage shared, Chromium chromium) : IClassFixture<SharedPage>, IClassFixture<Chromium>
{
    [Fact]
    public async Task There_is_no_end_of_pictures()
    {
        await using var tab = await Open();
        var first = await Count(tab);
        await tab.Page.EvaluateAsync("scrollTo(0, document.body.scrollHeight)");
        await tab.Until($"document.querySelectorAll('#tiles > button').length > {first}");
        await tab.Page.WaitForSelectorAsync($"#tiles > .drawn:nth-child({first + 1})");
        Silent(tab);
    }

    [Fact]
    public async Task A_picked_picture_is_refined_by_colour_and_by_shape_as_strongly_as_wanted()
    {
        await using var tab = await Open();
        await tab.Changes(() => tab.Page.ClickAsync("#tiles > button:nth-child(3)"));
        await tab.Page.ClickAsync("text=Like this");
        foreach (var kind in new[] { "Colour", "Details", "Pose and shape" })
        {
            await tab.Page.ClickAsync($"#bar >> text={kind}");
            await tab.Page.WaitForSelectorAsync("#tiles > .drawn");
            Assert.Equal("true", await tab.Page.GetAttributeAsync($"#bar button:has-text('{kind}')", "aria-pressed"));
        }

        var before = await Code(tab, 1);
        await tab.Page.EvaluateAsync(SetSlider("#bar input", "1"));
        await tab.Until($"document.querySelector('#tiles > button').dataset.code !== '{before}'");
        await tab.Changes(() => tab.Page.ClickAsync("#tiles > button:nth-child(2)"));
        Silent(tab);
    }

    [Fact]
    public async Task Two_pictures_are_mixed_level_by_level()
    {
        await using var tab = await Open();
        await tab.Page.ClickAsync("#tab2");
        await tab.Page.ClickAsync("text=Add the picked one");
        await tab.Changes(() => tab.Page.ClickAsync("#tiles > button:nth-child(5)"));
        await tab.Changes(() => tab.Page.ClickAsync("text=Add the picked one"));
        await tab.Changes(() => tab.Page.ClickAsync("[aria-label='Pose and shape from picture 2']"));
        await tab.Changes(() => tab.Page.ClickAsync("#undo"));
        Silent(tab);
    }

    [Fact]
    public async Task A_walk_between_favourites_is_played_and_saved()
    {
        await using var tab = await Open();
        foreach (var n in new[] { 2, 3 })
        {
            await tab.Changes(() => tab.Page.ClickAsync($"#tiles > button:nth-child({n})"));
            await tab.Page.ClickAsync("#actions >> text=Keep");
        }

        await tab.Page.ClickAsync("#tab3");
        await tab.Changes(() => tab.Page.ClickAsync("text=Play"));
        await tab.Page.ClickAsync("text=Stop");
        await tab.Page.EvaluateAsync(SetSlider("#panel3 input", "0.5"));
        var gif = PictureReader.Decode(await Download(tab, "text=Save GIF"));
        Assert.Equal((256, 256), (gif.Width, gif.Height));
        var webm = await Download(tab, "text=Save WebM");
        Assert.Equal([0x1A, 0x45, 0xDF, 0xA3], webm[..4]);
        Silent(tab);
    }

    [Fact]
    public async Task Sliders_and_painted_numbers_change_the_picture_and_undo_brings_it_back()
    {
        await using var tab = await Open();
        await tab.Changes(() => tab.Page.ClickAsync("#tiles > button:nth-child(2)"));
        var before = await tab.Pixels();
        await tab.Changes(() => tab.Page.EvaluateAsync(SetSlider("#panel0 input", "2.5")));
        await tab.Changes(() => tab.Page.ClickAsync("#undo"));
        Assert.Equal(before, await tab.Pixels());
        await tab.Changes(() => tab.Page.Keyboard.PressAsync("Control+y"));
        await tab.Changes(() => tab.Page.Keyboard.PressAsync("Control+z"));
        await tab.Page.ClickAsync("#tab1");
        await tab.Changes(() => tab.Page.ClickAsync("#pixels", new() { Position = new Position { X = 30, Y = 30 } }));
        await tab.Page.FocusAsync("#pixels");
        await tab.Page.Keyboard.PressAsync("ArrowRight");
        await tab.Changes(() => tab.Page.Keyboard.PressAsync("+"));
        Silent(tab);
    }

    [Fact]
    public async Task Less_creativity_and_one_class_make_other_pictures()
    {
        await using var tab = await Open();
        var before = await Code(tab, 2);
        await tab.Page.EvaluateAsync(SetSlider("#bar input", "0.3"));
        await tab.Until($"document.querySelectorAll('#tiles > button')[1].dataset.code !== '{before}'");
        await tab.Page.SelectOptionAsync("#bar select", "1");
        await tab.Page.WaitForSelectorAsync("#tiles > .drawn");
        var codes = await tab.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('#tiles > button')].map(t => t.dataset.code)");

        // The first bytes are the class.
        Assert.All(codes, code => Assert.StartsWith("AAE", code));
        Silent(tab);
    }

    [Fact]
    public async Task A_saved_picture_and_an_address_bring_their_picture_back()
    {
        await using var tab = await Open();
        await tab.Changes(() => tab.Page.ClickAsync("#tiles > button:nth-child(4)"));
        var (pixels, address) = (await tab.Pixels(), tab.Page.Url);
        var png = await Download(tab, "#actions >> text=Save");
        Assert.Equal(512, PictureReader.Decode(png).Width);
        await tab.Changes(() => tab.Page.ClickAsync("text=Surprise me"));
        await tab.Page.ClickAsync("#tab4");
        var file = new FilePayload { Name = "a.png", MimeType = "image/png", Buffer = png };
        await tab.Changes(() => tab.Page.SetInputFilesAsync("input[type=file]", file));
        Assert.Equal(pixels, await tab.Pixels());
        await tab.Changes(() => tab.Page.ClickAsync("text=Surprise me"));
        await tab.Changes(() => Drop(tab, png));
        Assert.Equal(pixels, await tab.Pixels());
        await using var other = await chromium.Open(address);
        await other.Ready();
        Assert.Equal(pixels, await other.Pixels());
        Silent(tab);
    }

    [Fact]
    public async Task Favourites_stay_in_the_browser()
    {
        await using var tab = await Open();
        await tab.Page.ClickAsync("#actions >> text=Keep");
        await tab.Page.ReloadAsync();
        await tab.Ready();
        await tab.Page.ClickAsync("#bar >> text=♥ 1");
        await tab.Page.WaitForSelectorAsync("#tiles > .drawn");
        Assert.Equal(1, await Count(tab));
        Silent(tab);
    }

    [Fact]
    public async Task Many_pictures_are_saved_as_a_sheet_and_as_a_zip()
    {
        await using var tab = await Open();
        await tab.Page.ClickAsync("#tab4");
        await tab.Page.FillAsync("#panel4 input[type=number]", "5");
        var sheet = PictureReader.Decode(await Download(tab, "text=Contact sheet"));
        Assert.Equal((3 * 128, 2 * 128), (sheet.Width, sheet.Height));
        using var zip = new ZipArchive(new MemoryStream(await Download(tab, "text=Zip of pictures")));
        Assert.Equal(5, zip.Entries.Count);
        using var entry = zip.Entries[4].Open();
        using var png = new MemoryStream();
        await entry.CopyToAsync(png, TestContext.Current.CancellationToken);
        Assert.Equal(512, PictureReader.Decode(png.ToArray()).Width);
        Silent(tab);
    }

    [Fact]
    public async Task The_page_says_what_it_is_and_shows_hostile_text_as_text()
    {
        await using var tab = await Open();
        await tab.Page.ClickAsync("#tab5");
        var about = await tab.Page.InnerTextAsync("#panel5");
        Assert.Contains("40 pictures", about);
        Assert.Contains("<script>alert(1)</script>", about);
        Assert.Contains("WebAssembly SIMD", about);
        Assert.Contains("Smirk 0.1.0", about);
        Assert.Equal("Discs & <b>more</b>", await tab.Page.InnerTextAsync("h1"));
        Assert.Equal("Discs & <b>more</b>", await tab.Page.TitleAsync());
        Silent(tab);
    }

    private async Task<BrowserTab> Open() => await (await chromium.Open(new Uri(shared.Path).AbsoluteUri)).Ready();

    private static Task<int> Count(BrowserTab tab) => tab.Page.Locator("#tiles > button").CountAsync();

    private static Task<string?> Code(BrowserTab tab, int n) =>
        tab.Page.GetAttributeAsync($"#tiles > button:nth-child({n})", "data-code");

    private static string SetSlider(string selector, string value) =>
        $"{{ const s = document.querySelector('{selector}'); s.value = '{value}'; "
            + "s.dispatchEvent(new Event('input')); s.dispatchEvent(new Event('change')); }";

    private static async Task<byte[]> Download(BrowserTab tab, string button)
    {
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Page.ClickAsync(button));
        return await File.ReadAllBytesAsync(await download.PathAsync());
    }

    private static Task Drop(BrowserTab tab, byte[] png) => tab.Page.EvaluateAsync("""
        base64 => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([Uint8Array.from(atob(base64), c => c.charCodeAt(0))], "a.png", { type: "image/png" }));
          document.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
        }
        """, Convert.ToBase64String(png));

    // Nothing on the console, and nothing asked for but the page and what it makes itself.
    private static void Silent(BrowserTab tab)
    {
        Assert.Empty(tab.Complaints);
        Assert.All(tab.Requests, address => Assert.Matches(new Regex("^(file:///.*page\\.html|blob:)"), address));
    }
}
