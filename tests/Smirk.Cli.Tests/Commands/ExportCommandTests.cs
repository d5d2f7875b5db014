using System.Text.Json;
using Smirk.Cli.Tests.Running;

namespace Smirk.Cli.Tests.Commands;

/// <summary>The real program: killed, run again, asked for what can't be.</summary>
public sealed class ExportCommandTests
{
    [Fact]
    public async Task Killed_at_any_moment_no_file_is_half_there_and_run_again_all_are()
    {
        using var folder = new TemporaryFolder();
        var ws = folder.File("ws");
        Assert.InRange((await SmirkProcess.Run("import", Pile.Write(folder, 250, 160), "-w", ws)).ExitCode, 0, 3);
        Assert.Equal(0, (await SmirkProcess.Run("export", ws, "-o", folder.File("calm"), "--trigger", "smug")).ExitCode);
        var calm = Files(folder.File("calm"));
        foreach (var files in (int[])[0, 1, 150, 300])
        {
            var output = folder.File($"out{files}");
            using (var process = SmirkProcess.Start(["export", ws, "-o", output, "--trigger", "smug", "--max-side", "200"]))
            {
                while (!process.HasExited && Count(output) < files)
                    Thread.Sleep(1);
                process.Kill();
                await process.End();
            }

            // What has its name has all its bytes.
            foreach (var (name, bytes) in Files(output))
                Assert.Equal(calm[name], bytes);
            Assert.Equal(0, (await SmirkProcess.Run("export", ws, "-o", output, "--trigger", "smug", "--max-side", "200")).ExitCode);
            Assert.Equal(calm, Files(output));
        }
    }

    [Theory]
    [InlineData("--split 0.1", "no validation part")]
    [InlineData("--split 2 --format coco", "expected a share")]
    [InlineData("--format npz --what pictures", "say which with --size")]
    [InlineData("--what pack --max-side 100", "don't apply")]
    [InlineData("--format coco --what pack", "no boxes")]
    [InlineData("--face-names", "--format kohya")]
    [InlineData("--size 64 --max-side 64", "exclude each other")]
    [InlineData("--labels nothing", "expected none, folder")]
    [InlineData("--captions gone.csv", "no file gone.csv")]
    [InlineData("--format tar", "tar")]
    public async Task Wrong_options_are_one_line_and_nothing_is_made(string options, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write("in/a.png", Pile.Png(1, 64));
        await SmirkProcess.Run("import", folder.File("in"), "-w", folder.File("ws"));
        var output = await SmirkProcess.Run(["export", folder.File("ws"), "-o", folder.File("out"), .. options.Split(' ')]);
        Assert.Equal(2, output.ExitCode);
        Assert.Contains(expected, output.FailureLine);
        Assert.False(Path.Exists(folder.File("out")));
    }

    [Fact]
    public async Task A_picture_in_a_set_that_was_exported_is_not_imported_twice_unless_it_is_named()
    {
        using var folder = new TemporaryFolder();
        folder.Write("in/a.png", Pile.Png(1, 64));
        await SmirkProcess.Run("import", folder.File("in"), "-w", folder.File("ws"));
        var output = await SmirkProcess.Run("export", folder.File("ws"), "-o", folder.File("in/out"), "--json");
        using var json = JsonDocument.Parse(output.Out);
        Assert.Equal(2, json.RootElement.GetProperty("written").GetInt32());
        Assert.Contains("1 unchanged", Said(await SmirkProcess.Run("import", folder.File("in"), "-w", folder.File("ws"), "--json")));
        var named = await SmirkProcess.Run("import", folder.File("in/out"), "-w", folder.File("other"));
        Assert.Equal((0, ""), (named.ExitCode, named.Error));

        static string Said(SmirkOutput output)
        {
            using var document = JsonDocument.Parse(output.Out);
            return $"{document.RootElement.GetProperty("unchanged").GetInt64()} unchanged";
        }
    }

    private static int Count(string folder) => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.png").Count() : 0;

    private static SortedDictionary<string, string> Files(string folder) => !Directory.Exists(folder) ? [] : new(
        Directory.EnumerateFiles(folder).Where(f => Path.GetFileName(f)[0] != '.').ToDictionary(f => Path.GetFileName(f), f =>
            Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f)))));
}
