namespace Smirk.Cli.Tests.Install;

public sealed class CompleterTests
{
    [Fact]
    public async Task Commands_and_options_come_with_their_meaning()
    {
        Assert.Contains("train\tTrain a picture generator on a pack.", await Complete(".", "tr"));
        Assert.Contains("--seed\trandom seed: the same seed gives the same pictures", await Complete(".", "sample", "--se"));
        Assert.Contains("--help\tshow this help", await Complete(".", "sample", "--he"));
        Assert.Contains("--version\tshow the version", await Complete(".", "--ver"));
        Assert.DoesNotContain(await Complete(".", "sample", "--seed", "3", "--se"), line => line.StartsWith("--seed"));
    }

    [Fact]
    public async Task Every_command_is_offered() => Assert.Equal(
        [.. Program.Commands.Select(command => command.Name), ":none"],
        (await Complete(".", "")).Select(line => line.Split('\t')[0]));

    [Fact]
    public async Task Workspaces_and_runs_are_offered_by_name_and_number()
    {
        using var folder = new TemporaryFolder();
        foreach (var (workspace, runs) in new[] { ("smug", 2), ("other", 0) })
        {
            folder.Write($"{workspace}/smirk.db", ""u8);
            for (var run = 1; run <= runs; run++)
                folder.Write($"{workspace}/runs/000{run}/log.jsonl", ""u8);
        }

        folder.Write("pictures/a.png", ""u8);
        Assert.Equal(["other\tno run yet", "smug\t2 runs", ":folders"], await Complete(folder.Path, "train", "-w", ""));
        Assert.Equal(["smug", ":folders"], (await Complete(folder.Path, "train", "-w", "sm")).Select(line => line.Split('\t')[0]));
        Assert.Equal(["2", "1", ":none"], (await Complete(folder.Path, "train", "-w", "smug", "--resume", ""))
            .Select(line => line.Split('\t')[0]));
        Assert.Equal(["other", "smug", "smug/runs/0001", "smug/runs/0002", ":files"], (await Complete(folder.Path, "sample", ""))
            .Select(line => line.Split('\t')[0]));
    }

    [Fact]
    public async Task Values_to_choose_from_are_offered_and_placeholders_are_not()
    {
        Assert.Equal(["auto\t", "faces\t", "centre\t", "off\t", ":none"], await Complete(".", "make", "--crop", ""));
        Assert.Equal(["auto\t", ":none"], await Complete(".", "make", "--size", ""));
        Assert.Equal([":folders"], await Complete(".", "sample", "smug", "--out", ""));
        Assert.Equal([":files"], await Complete(".", "sample", "smug", "--grid", ""));
        Assert.Equal([":none"], await Complete(".", "sample", "smug", "-n", ""));
        Assert.Equal(["bash\t", "fish\t", "zsh\t", ":none"], await Complete(".", "completion", ""));
    }

    [Fact]
    public async Task Nonsense_has_no_candidates_and_no_error()
    {
        Assert.Equal([":none"], await Complete(".", "nonesuch", "--x"));
        Assert.Contains(":none", await Complete("."));
    }

    private static async Task<string[]> Complete(string folder, params string[] words)
    {
        var output = await SmirkProcess.RunIn(folder, ["__complete", .. words]);
        Assert.Equal(0, output.ExitCode);
        Assert.Equal("", output.Error);
        return output.Out.TrimEnd('\n').Split('\n');
    }
}
