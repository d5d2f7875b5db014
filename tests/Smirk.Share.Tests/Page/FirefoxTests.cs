namespace Smirk.Share.Tests.Page;

/// <summary>The page works in Firefox, too.</summary>
public sealed class FirefoxTests(SharedPage shared) : IClassFixture<SharedPage>
{
    [Fact]
    public async Task A_picture_is_picked_moved_and_taken_back_from_a_file()
    {
        await using var firefox = await Firefox.Start();
        await firefox.Open(new Uri(shared.Path).AbsoluteUri);
        await firefox.Until("document.querySelectorAll('#tiles .drawn').length > 5");
        var before = await Pixels(firefox);
        await firefox.Evaluate("document.querySelectorAll('#tiles > button')[3].click()");
        await firefox.Until($"({Sum}) !== {before}");
        var picked = await Pixels(firefox);
        await firefox.Evaluate("(s => { s.value = 2.5; s.dispatchEvent(new Event('input')); s.dispatchEvent(new Event('change')); })"
            + "(document.querySelector('#panel0 input'))");
        await firefox.Until($"({Sum}) !== {picked}");
        await firefox.Evaluate("document.getElementById('undo').click()");
        await firefox.Until($"({Sum}) === {picked}");
        await firefox.Evaluate("document.getElementById('tab5').click()");
        Assert.Contains("WebAssembly SIMD", await firefox.Evaluate("document.getElementById('panel5').innerText"));
        Assert.Empty(firefox.Complaints);
    }

    private const string Sum = "(c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data"
        + ".reduce((sum, v) => (sum * 31 + v) % 1000003, 0))(document.getElementById('picture'))";

    private static Task<string> Pixels(Firefox firefox) => firefox.Evaluate(Sum);
}
