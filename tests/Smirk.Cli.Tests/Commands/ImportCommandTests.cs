using Smirk.Imaging;
using Smirk.Imaging.Writing;

namespace Smirk.Cli.Tests.Commands;

public sealed class ImportCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Deleted_pictures_stay_until_they_are_pruned()
    {
        var path = _folder.Write("in/a.png", Drawn(10));
        _folder.Write("in/b.png", Drawn(90));
        Assert.Equal(0, (await Import()).ExitCode);
        File.Delete(path);
        var told = await Import();
        Assert.Contains($"import: 1 picture is no longer in its source ({path})", told.Out);
        Assert.Contains("import: It stays; --prune drops it", told.Out);
        Assert.Contains("  kept", (await Why()).Out);

        Assert.Contains("import: 1 picture dropped", (await Import("--prune")).Out);
        var why = await Why();
        Assert.Contains("no longer in its source, and pruned", why.Out);
        Assert.DoesNotContain("  kept", why.Out);
        Assert.DoesNotContain("no longer in its source", (await Import()).Out);
    }

    [Fact]
    public async Task Perhaps_damaged_pictures_are_named_and_can_be_dropped()
    {
        var whole = PictureWriter.Jpeg(Picture(30));
        var path = _folder.Write("in/a.jpg", [.. whole[..^2], .. "codes that no block has need of"u8, .. whole[^2..]]);
        _folder.Write("in/b.png", Drawn(90));
        Assert.Contains($"1 picture perhaps damaged ({path}); the report shows them, --drop damaged drops them", (await Import()).Out);
        Assert.Contains("keep      damage: perhaps damaged: its data hold more", (await Why("a.jpg")).Out);
        await Import("--drop", "damaged");
        Assert.Contains("drop      damage: perhaps damaged", (await Why("a.jpg")).Out);
    }

    private Task<SmirkOutput> Import(params string[] more) =>
        SmirkProcess.Run(["import", _folder.File("in"), "-w", _folder.File("ws"), .. more]);

    private Task<SmirkOutput> Why(string name = "a.png") => SmirkProcess.Run("why", name, "-w", _folder.File("ws"));

    private static byte[] Drawn(int shift) => PictureWriter.Png(Picture(shift));

    private static Picture Picture(int shift)
    {
        var picture = new Picture(96, 96, 0, 0, 0);
        for (var i = 0; i < picture.Pixels.Length; i++)
            picture.Pixels[i] = (byte)((i / 3 % 96 * 2) + (i / 288) + shift + (i % 3 * 20));
        return picture;
    }
}
