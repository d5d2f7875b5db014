using System.Xml.Linq;

namespace Smirk.Tests;

/// <summary>docs/architecture.md's arrows: which project may refer to which.</summary>
public sealed class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Smirk.Torch"] = [],
        ["Smirk.Imaging"] = [],
        ["Smirk.Workspace"] = [],
        ["Smirk.Dataset"] = ["Smirk.Imaging", "Smirk.Workspace"],
        ["Smirk.Gan"] = ["Smirk.Torch", "Smirk.Workspace"],
        ["Smirk.Cli"] = ["Smirk.Dataset", "Smirk.Gan", "Smirk.Imaging", "Smirk.Torch", "Smirk.Workspace"],
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
    [InlineData("Smirk.Workspace", "Smirk.Torch")]
    public void Compiled_assemblies_keep_away_from_each_other(string assembly, string forbidden)
    {
        var references = System.Reflection.Assembly.Load(assembly).GetReferencedAssemblies().Select(a => a.Name);
        Assert.DoesNotContain(forbidden, references);
    }
}
