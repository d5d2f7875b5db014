using System.Xml.Linq;

namespace Smirk.Cli.Tests;

/// <summary>docs/architecture.md's arrows: which project may refer to which.</summary>
public sealed class ArchitectureTests
{
    // A screen's half; a page that is read top to bottom.
    private const int MostWidth = 140, MostLines = 300, MostTestLines = 500;

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Smirk.Torch"] = [],
        ["Smirk.Imaging"] = [],
        ["Smirk.Workspace"] = [],
        ["Smirk.Music"] = [],
        ["Smirk.Files"] = ["Smirk.Imaging", "Smirk.Music", "Smirk.Workspace"],
        ["Smirk.Dataset"] = ["Smirk.Files", "Smirk.Imaging", "Smirk.Workspace"],
        ["Smirk.Collect"] = ["Smirk.Dataset", "Smirk.Files", "Smirk.Imaging", "Smirk.Workspace"],
        ["Smirk.Drawing"] = ["Smirk.Files", "Smirk.Imaging", "Smirk.Workspace"],
        ["Smirk.Export"] = ["Smirk.Dataset", "Smirk.Files", "Smirk.Imaging", "Smirk.Workspace"],
        ["Smirk.Gan"] = ["Smirk.Torch", "Smirk.Workspace"],
        ["Smirk.Share"] = ["Smirk.Gan", "Smirk.Torch", "Smirk.Workspace"],
        ["Smirk.Studio"] = ["Smirk.Dataset", "Smirk.Gan", "Smirk.Imaging", "Smirk.Workspace"],
        ["Smirk.Cli"] =
        [
            "Smirk.Collect", "Smirk.Dataset", "Smirk.Drawing", "Smirk.Export", "Smirk.Files", "Smirk.Gan", "Smirk.Imaging",
                "Smirk.Music", "Smirk.Share",
                "Smirk.Torch", "Smirk.Workspace",
        ],
    };

    [Fact]
    public void Project_references_follow_the_arrows_in_the_architecture()
    {
        var projects = Directory.GetFiles(Path.Combine(TestData.Repository, "src"), "*.csproj", SearchOption.AllDirectories);
        Assert.Equal(Allowed.Keys.Order(), projects.Select(p => Path.GetFileNameWithoutExtension(p)).Order());
        foreach (var project in projects)
        {
            var references = XDocument.Load(project).Descendants("ProjectReference")
                .Select(r => Path.GetFileNameWithoutExtension(((string)r.Attribute("Include")!).Replace('\\', '/')));
            Assert.Subset(Allowed[Path.GetFileNameWithoutExtension(project)].ToHashSet(), references.ToHashSet());
        }
    }

    [Theory]
    [InlineData("Smirk.Dataset", "Smirk.Torch")]
    [InlineData("Smirk.Gan", "Smirk.Imaging")]
    [InlineData("Smirk.Gan", "Smirk.Music")]
    [InlineData("Smirk.Workspace", "Smirk.Torch")]
    [InlineData("Smirk.Files", "Smirk.Dataset")]
    [InlineData("Smirk.Dataset", "Smirk.Collect")]
    [InlineData("Smirk.Dataset", "Smirk.Export")]
    [InlineData("Smirk.Drawing", "Smirk.Dataset")]
    public void Assemblies_do_not_reference_what_they_must_not(string assembly, string forbidden)
    {
        var references = System.Reflection.Assembly.Load(assembly).GetReferencedAssemblies().Select(a => a.Name);
        Assert.DoesNotContain(forbidden, references);
    }

    [Fact]
    public void Namespaces_match_folders()
    {
        foreach (var root in new[] { "src", "tests" })
        {
            foreach (var file in SourceFiles(root))
            {
                var folder = Path.GetRelativePath(Path.Combine(TestData.Repository, root), Path.GetDirectoryName(file)!);
                if (folder is "Native" || folder.Split('/')[0] == "Shared")
                    continue;
                var line = File.ReadLines(file).FirstOrDefault(l => l.StartsWith("namespace ", StringComparison.Ordinal));
                if (line is not null)
                    Assert.Equal($"namespace {folder.Replace('/', '.')};", line);
            }
        }
    }

    [Fact]
    public void Projects_hold_at_most_a_third_of_the_code_each()
    {
        var lines = SourceFiles("src").GroupBy(file => Path.GetRelativePath(Path.Combine(TestData.Repository, "src"), file).Split('/')[0])
            .ToDictionary(project => project.Key, project => project.Sum(file => File.ReadLines(file).Count()));
        var all = lines.Values.Sum();
        Assert.All(lines, project => Assert.True(project.Value * 3 <= all,
            $"{project.Key} has {project.Value} of {all} lines: cut it where it is already cut."));
    }

    [Fact]
    public void Lines_are_at_most_140_characters_wide()
    {
        var wide = Sources()
            .SelectMany(file => File.ReadLines(file).Select((line, at) => (Line: line, Place: $"{Short(file)}:{at + 1}")))
            .Where(line => line.Line.Length > MostWidth).Select(line => line.Place).ToList();
        Assert.True(wide.Count == 0, $"{wide.Count} lines are wider than {MostWidth} characters: {string.Join(", ", wide.Take(20))}");
    }

    [Fact]
    public void Files_are_at_most_300_lines_long_and_those_of_tests_500()
    {
        var tooLong = Sources().Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
            .Where(file => File.ReadLines(file).Count() > (Short(file).StartsWith("tests/", StringComparison.Ordinal) ? MostTestLines
                : MostLines))
            .Select(Short).ToList();
        Assert.True(tooLong.Count == 0, $"Files that are too long; split them by what they are about: {string.Join(", ", tooLong)}");
    }

    private static IEnumerable<string> Sources() => new[] { "src", "tests", "bench", "native" }.SelectMany(root => SourceFiles(root))
        .Concat(SourceFiles("native", "*.cpp")).Concat(SourceFiles("native", "*.h"));

    private static string Short(string file) => Path.GetRelativePath(TestData.Repository, file);

    private static IEnumerable<string> SourceFiles(string root, string pattern = "*.cs") =>
        Directory.EnumerateFiles(Path.Combine(TestData.Repository, root), pattern, SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));
}
