using Smirk.Cli.Tests.Running;

namespace Smirk.Cli.Tests.Commands;

/// <summary>--aspect as people type it.</summary>
public sealed class AspectTests
{
    [Fact]
    public async Task Pack_says_the_shape_and_train_and_sample_know_it_without_an_option()
    {
        using var folder = new TemporaryFolder();
        var ws = folder.File("ws");
        await SmirkProcess.Run("import", Pile.Write(folder, 20), "-w", ws);
        var packed = await SmirkProcess.Run("pack", "-w", ws, "--size", "32", "--aspect", "6:4");
        Assert.True(packed.ExitCode == 0, packed.Error);
        Assert.Contains("pack: squeezed from 3:2 to squares; shown as 39×26 pixels", packed.Out);
        var trained = await SmirkProcess.Run("train", "-w", ws, "--size", "32", "--kimg", "0.05", "--width", "0.1", "--held-out", "0");
        Assert.True(trained.ExitCode == 0, trained.Error);
        var sampled = await SmirkProcess.Run("sample", ws, "-n", "4", "--grid", folder.File("grid.png"), "--out", folder.File("out"));
        Assert.True(sampled.ExitCode == 0, sampled.Error);
        Assert.Equal((78, 52), SizeOf(folder.File("grid.png")));
        Assert.All(Directory.GetFiles(folder.File("out"), "*.png"), path => Assert.Equal((39, 26), SizeOf(path)));
        var projected = await SmirkProcess.Run("project", folder.File("pile/0/0003.png"), "-w", ws, "-o", folder.File("mine.png"),
            "--beside", "--steps", "2", "--no-compare");
        Assert.True(projected.ExitCode == 0, projected.Error);
        Assert.Equal((78, 26), SizeOf(folder.File("mine.png")));
        Assert.Contains("taken whole: 0,10,64,43", projected.Out);
    }

    [Fact]
    public async Task Shapes_that_cant_be_are_refused_before_any_work()
    {
        using var folder = new TemporaryFolder();
        var ws = folder.File("ws");
        await Refused("--aspect 1:3: expected from 1:2 to 2:1", "pack", "-w", ws, "--aspect", "1:3");
        await Refused("--aspect wide: expected WIDTH:HEIGHT", "make", Pile.Write(folder, 4), "-w", ws, "--aspect", "wide");
        var idx = folder.Write("train-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28, .. new byte[784]]);
        await Refused("IDX files are finished sets of square pictures", "make", idx, "-w", ws, "--aspect", "2:3");
        var tune = folder.Write("tune.mid", "MThd"u8);
        await Refused("tunes become square rolls", "make", tune, "-w", ws, "--aspect", "2:3");
        Assert.False(Directory.Exists(ws));

        static async Task Refused(string why, params string[] arguments)
        {
            var output = await SmirkProcess.Run(arguments);
            Assert.Equal(2, output.ExitCode);
            Assert.Contains(why, output.Error);
        }
    }

    // From a PNG's header.
    private static (int Width, int Height) SizeOf(string path)
    {
        var header = File.ReadAllBytes(path).AsSpan(16, 8).ToArray();
        return ((header[2] << 8) + header[3], (header[6] << 8) + header[7]);
    }
}
