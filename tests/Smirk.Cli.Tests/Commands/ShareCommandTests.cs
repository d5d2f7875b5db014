using System.Text.Json;

namespace Smirk.Cli.Tests.Commands;

/// <summary>The command as people type it, on a run of Smirk 0.1.</summary>
public sealed class ShareCommandTests
{
    [Fact]
    public async Task Share_writes_page_and_network_into_the_run_and_names_the_page_after_the_workspace()
    {
        using var folder = new TemporaryFolder();
        var ws = Copy(folder);
        var output = await SmirkProcess.Run("share", ws, "--json");
        Assert.True(output.ExitCode == 0, output.Error);
        var files = JsonDocument.Parse(output.Out).RootElement.GetProperty("files").EnumerateArray().ToList();
        var share = Path.Combine(ws, "runs", "0001", "share");
        Assert.Equal(["generator.onnx", "smirk.html"], Directory.GetFiles(share).Select(Path.GetFileName).Order());
        Assert.All(files, file => Assert.Equal(
            new FileInfo(file.GetProperty("path").GetString()!).Length, file.GetProperty("bytes").GetInt64()));
        var page = await File.ReadAllTextAsync(Path.Combine(share, "smirk.html"), TestContext.Current.CancellationToken);
        Assert.Contains("<title>Smug</title>", page);
    }

    [Fact]
    public async Task Share_writes_only_what_is_named()
    {
        using var folder = new TemporaryFolder();
        var (ws, onnx, python) = (Copy(folder), folder.File("out/faces.onnx"), folder.File("torch"));
        var output = await SmirkProcess.Run("share", ws, "--onnx", onnx, "--to-python", python, "--float32");
        Assert.True(output.ExitCode == 0, output.Error);
        Assert.Contains($"share: {onnx} (", output.Out);
        Assert.True(File.Exists(onnx));
        Assert.Equal(["generator.safetensors", "sample.py"], Directory.GetFiles(python).Select(Path.GetFileName).Order());
        Assert.False(Directory.Exists(Path.Combine(ws, "runs", "0001", "share")));
    }

    [Theory]
    [InlineData("--float32 --small", "exclude each other")]
    [InlineData("--credits all", "--credits all: expected none, counts or sources")]
    [InlineData("--name-direction hair", "--name-direction hair: expected a number and a name")]
    [InlineData("--name-direction 12=hair", "the directions have the numbers 1 to 10")]
    public async Task Share_refuses_what_cannot_be(string options, string expected)
    {
        using var folder = new TemporaryFolder();
        var output = await SmirkProcess.Run(["share", Copy(folder), .. options.Split(' ')]);
        Assert.Equal(2, output.ExitCode);
        Assert.Contains(expected, output.FailureLine);
    }

    private static string Copy(TemporaryFolder folder)
    {
        var from = Path.Combine(TestData.Repository, "tests", "fixtures", "workspace-0.1");
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, folder.File(Path.Combine("smug", Path.GetRelativePath(from, file))));
        return Path.Combine(folder.Path, "smug");
    }
}
