using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Smirk.Cli.Tests;

/// <summary>What the README, the pages in docs and the examples in --help tell people to type is understood.</summary>
public sealed partial class ReadmeTests
{
    public static TheoryData<string, string> Lines =>
    [
        .. Pages().SelectMany(page => File.ReadLines(page).Select(line => Sample().Match(line))
            .Where(m => m.Success && !IsUsage(m.Groups[1].Value))
            .Select(m => (Path.GetFileName(page), m.Groups[1].Value.Trim())).Distinct()),
    ];

    [Theory]
    [MemberData(nameof(Lines), DisableDiscoveryEnumeration = true)]
    public void Commands_in_the_pages_parse(string page, string arguments)
    {
        var root = CommandRunner.WithCommonOptions(new RootCommand());
        foreach (var command in Program.AllCommands())
            root.Subcommands.Add(command);
        var errors = root.Parse([.. CommandLineParser.SplitCommandLine(arguments)]).Errors;
        Assert.True(errors.Count == 0, $"{page}: smirk {arguments}: {string.Join(" ", errors)}");
    }

    private static IEnumerable<string> Pages() =>
        Directory.GetFiles(TestData.Repository, "README.md")
            .Concat(Directory.GetFiles(Path.Combine(TestData.Repository, "docs"), "*.md"))
            .Concat(Directory.GetFiles(Path.Combine(TestData.Repository, "docs", "help"), "*.txt"))
            .Order(StringComparer.Ordinal);

    // Usage, such as "import <SOURCE>... [--size N]", is for people.
    private static bool IsUsage(string arguments) =>
        arguments.Contains('[') || arguments.Contains("...") || arguments.Contains('|') || arguments.Contains('<');

    // A line of code, or a help's example; what follows a # or three blanks is a remark.
    [GeneratedRegex(@"^\s*(?:Examples?: +|\$ )?(?:\./)?smirk ([a-z](?:(?! {3})[^#>])*)")]
    private static partial Regex Sample();
}
