using System.Text.Json;

namespace Smirk.Cli.Tests.Running;

/// <summary>A run of Smirk 0.1, in a workspace that lies elsewhere now than when it was trained.</summary>
public sealed class MovedRunTests
{
    [Fact]
    public async Task Evaluate_and_resume_work_in_a_moved_workspace_of_0_1()
    {
        using var folder = new TemporaryFolder();
        var ws = Copy(folder);
        var evaluated = await SmirkProcess.Run("evaluate", ws, "-n", "16", "--json");
        Assert.True(evaluated.ExitCode == 0, evaluated.Error);
        Assert.Equal(17, JsonDocument.Parse(evaluated.Out).RootElement.GetProperty("real").GetInt32());

        var moved = Path.Combine(folder.Path, "smug2");
        Directory.Move(ws, moved);
        var resumed = await SmirkProcess.Run("train", "-w", moved, "--resume", "1", "--kimg", "0.24", "--learning-rate", "0.001",
            "--evaluate-every", "0");
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.Contains("train: learning-rate 0.001 from here on; it was 0.0012", resumed.Out);
        Assert.Contains("train: 0.2 kimg in", resumed.Out);
    }

    [Theory]
    [InlineData("--batch 8", "--batch can't change when a run is resumed")]
    [InlineData("--size 64", "--size can't change when a run is resumed")]
    [InlineData("--grey", "--grey can't change when a run is resumed")]
    [InlineData("--kimg 1 --budget 5m", "--budget and --kimg both bound the run")]
    [InlineData("--kimg 0", "--kimg 0: expected a number above 0")]
    [InlineData("--kimg NaN", "--kimg NaN: expected a number above 0")]
    [InlineData("--budget 1e30", "--budget 1e30: expected a time above 0 to 3650d, such as 90s, 30m or 1h30m")]
    public async Task Resume_refuses_by_name_what_it_would_ignore(string options, string expected)
    {
        using var folder = new TemporaryFolder();
        var ws = Copy(folder);
        var before = await File.ReadAllTextAsync(Path.Combine(ws, "runs", "0001", "options.json"), TestContext.Current.CancellationToken);
        var output = await SmirkProcess.Run(["train", "-w", ws, "--resume", "1", .. options.Split(' ')]);
        Assert.Equal(2, output.ExitCode);
        Assert.Contains(expected, output.FailureLine);
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(ws, "runs", "0001", "options.json"),
            TestContext.Current.CancellationToken));
    }

    private static string Copy(TemporaryFolder folder)
    {
        var from = Path.Combine(TestData.Repository, "tests", "fixtures", "workspace-0.1");
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, folder.File(Path.Combine("smug", Path.GetRelativePath(from, file))));
        return Path.Combine(folder.Path, "smug");
    }
}
