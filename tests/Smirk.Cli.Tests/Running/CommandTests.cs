using System.Text.Json;

namespace Smirk.Cli.Tests.Running;

public sealed class CommandTests
{
    [Fact]
    public async Task Import_pack_and_why_tell_the_same_story_in_words_and_as_json()
    {
        using var folder = new TemporaryFolder();
        var pile = Pile.Write(folder, 20);
        var ws = folder.File("ws");
        var imported = await SmirkProcess.Run("import", pile, "-w", ws);
        Assert.Equal(3, imported.ExitCode);
        Assert.Contains("import: 29 files in, 28 out (1 no picture)", imported.Out);
        Assert.Contains("exact: 28 files in, 24 out (4 exact copies)", imported.Out);
        Assert.Contains($"warning: {pile}/junk.png: no picture: this is a text", imported.Error);
        var packed = JsonDocument.Parse((await SmirkProcess.Run("pack", "-w", ws, "--json")).Out);
        Assert.Equal(24, packed.RootElement.GetProperty("rows").GetInt32());

        var dropped = await SmirkProcess.Run("why", "copies/0001.jpg", "-w", ws);
        Assert.Equal(0, dropped.ExitCode);
        Assert.Contains($"drop      exact: byte for byte the same as {pile}/2/0002.png", dropped.Out);
        Assert.DoesNotContain("  kept", dropped.Out);
        var member = await SmirkProcess.Run("why", $"{pile}/more.zip!3.png", "-w", ws);
        Assert.Contains("  kept", member.Out);
        Assert.Contains("packed    packs/64 row", member.Out);
        Assert.Contains("refused   no picture", (await SmirkProcess.Run("why", "junk.png", "-w", ws)).Out);
        var unknown = await SmirkProcess.Run("why", "nonesuch.png", "-w", ws);
        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains("knows nothing of 'nonesuch.png'", unknown.FailureLine);

        // A copy that was never imported, but has the same bytes.
        var copy = folder.Write("elsewhere.png", await File.ReadAllBytesAsync(
            Path.Combine(pile, "0", "0003.png"), TestContext.Current.CancellationToken));
        using var story = JsonDocument.Parse((await SmirkProcess.Run("why", copy, "-w", ws, "--json")).Out);
        Assert.Equal($"{pile}/0/0003.png", story.RootElement[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task Doctor_reports_a_missing_libtorch()
    {
        using var folder = new TemporaryFolder();
        foreach (var library in new[] { "libsmirk_vips.so", "libsmirk_vision.so" })
            File.CreateSymbolicLink(folder.File(library), "/nowhere");
        folder.Write("libsmirk_torch.so", "this is no library"u8);
        using var process = SmirkProcess.Start(["doctor"], ("SMIRK_NATIVE", folder.Path));
        var output = await process.End();
        Assert.Equal(1, output.ExitCode);
        Assert.Contains("MISSING libtorch", output.Out);
        Assert.Contains("apt-get install libtorch-dev", output.Out);
        Assert.DoesNotContain("   at ", output.Out + output.Error);
    }

    [Fact]
    public async Task Every_malformed_picture_goes_through_import_within_a_gigabyte()
    {
        var hostile = TestData.Require("hostile");
        using var folder = new TemporaryFolder();
        using var process = SmirkProcess.Start(["import", hostile, "-w", folder.File("ws")]);
        long peak = 0;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, process.PeakMemory);
            Thread.Sleep(5);
        }

        Assert.InRange(peak, 1, 1_000_000_000);
        var output = await process.End();
        Assert.Equal(3, output.ExitCode);
        var files = Directory.EnumerateFiles(hostile, "*", SearchOption.AllDirectories).Count();
        Assert.Contains($"import: {files} files in", output.Out);
    }
}
