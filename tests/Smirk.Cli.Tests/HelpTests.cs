using Smirk.Cli.Help;

namespace Smirk.Cli.Tests;

/// <summary>docs/help holds what --help prints, and --help-all where that is more. SMIRK_UPDATE_HELP=1 ./test Cli rewrites it.</summary>
public sealed class HelpTests
{
    private static readonly string Folder = Path.Combine(TestData.Repository, "docs", "help");

    /// <summary>Name of a page, and the arguments that print it.</summary>
    public static TheoryData<string, string> Pages =>
    [
        ("smirk", "--help"),
        .. Program.AllCommands().Select(c => (c.Name, $"{c.Name} --help")),
        .. Program.AllCommands().Where(c => c.Options.Any(o => !HelpHeadings.IsShownFirst(c, o)))
            .Select(c => ($"{c.Name}-all", $"{c.Name} --help-all")),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Help_is_as_documented(string page, string arguments)
    {
        var output = await SmirkProcess.Run(arguments.Split(' '));
        Assert.Equal(0, output.ExitCode);
        var path = Path.Combine(Folder, $"{page}.txt");
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
    public async Task Help_is_the_same_after_a_global_option()
    {
        var plain = await SmirkProcess.Run(["sample", "--help"]);
        var quiet = await SmirkProcess.Run(["--quiet", "sample", "--help"]);
        Assert.Equal(plain.Out, quiet.Out);
    }

    [Fact]
    public async Task Help_starts_with_examples_and_leaves_most_options_to_help_all()
    {
        var few = (await SmirkProcess.Run("make", "--help")).Out.Split('\n');
        var all = (await SmirkProcess.Run("make", "--help-all")).Out;
        Assert.Contains(few.Take(6), line => line.StartsWith("  smirk make ", StringComparison.Ordinal));
        Assert.InRange(few.Length, 1, 50);
        Assert.DoesNotContain(few, line => line.Contains("--retry-failed"));
        Assert.All(["Data:", "Crop:", "Training:", "Collecting:", "Network:", "General:"], heading =>
            Assert.Contains($"\n{heading}\n", all));
        Assert.All(Program.AllCommands("make").Single().Options, option => Assert.Contains($" {option.Name}", all));
    }

    [Fact]
    public void Options_all_have_a_heading_in_commands_with_headings() => Assert.All(
        Program.AllCommands().Where(c => c.Options.Any(o => HelpHeadings.HeadingOf(o) != HelpHeadings.Default) && c.Name != "strip"),
        command => Assert.DoesNotContain(command.Options, option => HelpHeadings.HeadingOf(option) == HelpHeadings.Default));

    [Fact]
    public void Commands_are_created_by_the_names_they_are_listed_under() =>
        Assert.All(Program.Commands, c => Assert.Equal(c.Name, Assert.Single(Program.AllCommands(c.Name)).Name));

    [Fact]
    public void Help_files_of_removed_commands_are_removed() =>
        Assert.Empty(Directory.GetFiles(Folder, "*.txt").Select(f => Path.GetFileNameWithoutExtension(f))
            .Except(Pages.Select(p => p.Data.Item1)));
}
