namespace Smirk.Cli.Tests;

/// <summary>docs/help holds what --help prints. SMIRK_UPDATE_HELP=1 ./test Cli writes it anew.</summary>
public sealed class HelpTests
{
    private static readonly string Folder = Path.Combine(TestData.Repository, "docs", "help");

    public static TheoryData<string> Commands => [.. Program.AllCommands().Select(c => c.Name).Prepend("smirk")];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_is_as_documented(string command)
    {
        var output = await SmirkProcess.Run(command == "smirk" ? ["--help"] : [command, "--help"]);
        Assert.Equal(0, output.ExitCode);
        var path = Path.Combine(Folder, $"{command}.txt");
        var text = string.Join('\n', output.Out.Split('\n').Select(l => l.TrimEnd())).TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("SMIRK_UPDATE_HELP") == "1")
        {
            Directory.CreateDirectory(Folder);
            await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        }

        Assert.True(File.Exists(path), $"{path} isn't there; write it with: SMIRK_UPDATE_HELP=1 ./test Cli");
        Assert.Equal(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), text);
        Assert.Matches(@"Examples?:\s+(\./)?smirk ", text);
    }

    [Fact]
    public async Task Help_is_the_same_behind_an_option_of_all_commands()
    {
        var plain = await SmirkProcess.Run(["sample", "--help"]);
        var quiet = await SmirkProcess.Run(["--quiet", "sample", "--help"]);
        Assert.Equal(plain.Out, quiet.Out);
    }

    [Fact]
    public void Each_command_has_the_name_under_which_it_is_made_alone() =>
        Assert.All(Program.Commands, c => Assert.Equal(c.Name, Assert.Single(Program.AllCommands(c.Name)).Name));

    [Fact]
    public void No_help_is_left_of_commands_that_are_gone() =>
        Assert.Empty(Directory.GetFiles(Folder, "*.txt").Select(f => Path.GetFileNameWithoutExtension(f)).Except(Commands.Select(c => c.Data)));
}
