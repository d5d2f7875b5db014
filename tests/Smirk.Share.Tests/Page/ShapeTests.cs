using System.IO.Compression;
using Microsoft.ML.OnnxRuntime;
using Smirk.Imaging.Reading;
using Smirk.Tests.Browser;

namespace Smirk.Share.Tests.Page;

/// <summary>Pictures that were squeezed into squares are shown and saved in their shape: 26 × 39 pixels for squares of 32, or as many times
/// as large.</summary>
public sealed class ShapeTests(ShapePage page, Chromium chromium) : IClassFixture<ShapePage>, IClassFixture<Chromium>
{
    [Fact]
    public async Task Canvases_and_what_is_saved_have_the_shape()
    {
        await using var tab = await (await chromium.Open(new Uri(page.Shared.Path).AbsoluteUri)).Ready();
        await tab.Page.WaitForSelectorAsync("#tiles > .drawn");
        foreach (var canvas in new[] { "#picture", "#tiles > .drawn canvas" })
        {
            var sizes = await tab.Page.EvaluateAsync<double[]>($$"""
                () => {
                  const canvas = document.querySelector('{{canvas}}'), box = canvas.getBoundingClientRect();
                  return [canvas.width / canvas.height, box.width / box.height];
                }
                """);
            Assert.Equal(2.0 / 3, sizes[0], 0.001);
            Assert.Equal(2.0 / 3, sizes[1], 0.02);
        }

        Assert.Contains("Pictures of 26 × 39 pixels", await tab.Page.InnerTextAsync("#tagline"));
        var png = PictureReader.Decode(await Download(tab, "#actions >> text=Save"));
        Assert.Equal((16 * 26, 16 * 39), (png.Width, png.Height));
        await tab.Page.ClickAsync("text=Walk");
        await tab.Page.EvaluateAsync(
            "{ const s = document.querySelector('#panel3 input'); s.value = '0.5'; s.dispatchEvent(new Event('input')); }");
        var gif = PictureReader.Decode(await Download(tab, "text=Save GIF"));
        Assert.Equal((8 * 26, 8 * 39), (gif.Width, gif.Height));
        await tab.Page.ClickAsync("#tab4");
        await tab.Page.FillAsync("#panel4 input[type=number]", "5");
        var sheet = PictureReader.Decode(await Download(tab, "text=Contact sheet"));
        Assert.Equal((3 * 4 * 26, 2 * 4 * 39), (sheet.Width, sheet.Height));
        using var zip = new ZipArchive(new MemoryStream(await Download(tab, "text=Zip of pictures")));
        Assert.Equal(5, zip.Entries.Count);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public void The_network_stays_square_and_says_its_shape_and_the_script_stretches()
    {
        var folder = page.Shared.Folder;
        var (onnx, python) = (Path.Combine(folder, "g.onnx"), Path.Combine(folder, "python"));
        page.Shared.Make("again.html", new ShareOptions { Snapshot = page.Shared.Snapshot, OnnxPath = onnx, PythonFolder = python });
        using var session = new InferenceSession(onnx);
        Assert.Equal("2:3", session.ModelMetadata.CustomMetadataMap["aspect"]);
        Assert.Equal([32, 32], session.OutputMetadata.Values.Single().Dimensions[2..]);
        if (!Debian.Python("torch"))
            return;
        Shell.Run(folder, "/usr/bin/python3 python/sample.py -n 5 --seed 1 --out grid.png");
        var grid = PictureReader.Decode(File.ReadAllBytes(Path.Combine(folder, "grid.png")));
        Assert.Equal((3 * 26, 2 * 39), (grid.Width, grid.Height));
    }

    private static async Task<byte[]> Download(BrowserTab tab, string button)
    {
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Page.ClickAsync(button));
        return await File.ReadAllBytesAsync(await download.PathAsync());
    }
}
