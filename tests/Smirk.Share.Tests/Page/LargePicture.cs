using Smirk.Tests.Browser;

namespace Smirk.Share.Tests.Page;

/// <summary>What tests ask of the shared page.</summary>
internal static class LargePicture
{
    /// <summary>Waits until the first tile is drawn.</summary>
    public static async Task<BrowserTab> Ready(this BrowserTab tab)
    {
        await tab.Page.WaitForSelectorAsync("#tiles .drawn");
        return tab;
    }

    /// <summary>A number that is another for other pixels of the large picture, once it is drawn.</summary>
    public static async Task<double> Pixels(this BrowserTab tab)
    {
        await tab.Page.WaitForSelectorAsync("#picture:not([aria-busy])");
        return await tab.Page.EvaluateAsync<double>("""
            () => {
              const c = document.getElementById('picture'), { data } = c.getContext('2d').getImageData(0, 0, c.width, c.height);
              return data.reduce((sum, v) => (sum * 31 + v) % 1000003, 0);
            }
            """);
    }

    /// <summary>Does something and waits until the large picture is another.</summary>
    public static async Task Changes(this BrowserTab tab, Func<Task> act)
    {
        var before = await tab.Pixels();
        await act();
        await BrowserTab.Until(async () => await tab.Pixels() != before, "the large picture is another");
    }
}
