using System.Text.Json;
using Smirk.Dataset.Exact;
using Smirk.Dataset.Import;
using Smirk.Workspace;

namespace Smirk.Dataset.Tests.Import;

/// <summary>The real pile: 2,584 files, of each of which it is known what it is.</summary>
public sealed class PileTests
{
    // What the reason for each kind of junk has to begin with.
    private static readonly Dictionary<string, string> JunkReasons = new()
    {
        ["html"] = "no picture: this is a web page",
        ["noise"] = "no picture: this is of no known picture format",
        ["blank"] = "blank",
        ["pixel"] = "too small: 1 × 1",
        ["empty"] = "empty",
        ["truncated"] = "cut short",
        ["stub"] = "cut short",
    };

    [Fact]
    public void Every_copy_is_dropped_with_its_keeper_nothing_else_is_and_all_junk_is_refused_by_name()
    {
        var pile = TestData.Require("pile");
        using var truth = JsonDocument.Parse(File.ReadAllBytes(TestData.Require("pile.truth.json")));
        var edits = truth.RootElement.GetProperty("files").EnumerateObject().ToDictionary(p => p.Name, p => (
            Source: p.Value.GetProperty("source").GetString(), Edit: p.Value.GetProperty("edit").GetString()!,
                Why: p.Value.TryGetProperty("why", out var why) ? why.GetString() : null));
        using var folder = new TemporaryFolder();
        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        var result = new ImportStage(workspace).Run(new ImportOptions { Sources = [pile] });
        var exact = new ExactStage(workspace).Run();

        var refused = result.Refused.ToDictionary(r => Path.GetRelativePath(pile, r.Path), r => r.Reason);
        Assert.Equal(edits.Where(e => e.Value.Edit == "junk" && e.Value.Why != "text").Select(e => e.Key).Order(), refused.Keys.Order());
        Assert.Equal([("a JSON text", 1)], result.OtherFiles.Select(k => (k.Key, k.Value)));
        Assert.All(refused, r => Assert.StartsWith(JunkReasons[edits[r.Key].Why!], r.Value));

        // Which of several equal files came first can't be told from them; so of each original with its copies one stays, and it is one of
        // them.
        var files = workspace.Catalog.Files.All().ToDictionary(f => f.Id);
        Assert.All(exact.Decisions, d =>
        {
            var (dropped, keeper) = (edits[files[d.SubjectId].Path], edits[files[d.KeeperId!.Value].Path]);
            Assert.Contains(dropped.Edit, (string[])["original", "exact", "metadata"]);
            Assert.Contains(keeper.Edit, (string[])["original", "exact", "metadata"]);
            Assert.Equal(keeper.Source, dropped.Source);
            Assert.Contains(files[d.KeeperId!.Value].Path, ExactStage.Words(d, files[d.KeeperId!.Value].Path));
        });
        var dropped = exact.Decisions.Select(d => files[d.SubjectId].Path).ToHashSet();
        var kept =
            edits.Where(e => e.Value.Edit is "original" or "exact" or "metadata" && !dropped.Contains(e.Key)).GroupBy(e => e.Value.Source);
        Assert.All(kept, group => Assert.Single(group));
        Assert.Equal(1200, kept.Count());
        Assert.Equal(edits.Count(e => e.Value.Edit is "exact" or "metadata"), dropped.Count);
        Assert.Equal(2584 - 9 - 473, workspace.Catalog.Pictures.Kept().Count);
    }

    [Fact]
    public void Every_malformed_picture_is_used_or_refused_by_name_quickly()
    {
        var hostile = TestData.Require("hostile");
        using var folder = new TemporaryFolder();
        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        var result = new ImportStage(workspace).Run(new ImportOptions { Sources = [hostile] });
        Assert.Equal(result.Counts.In, result.Counts.Out + result.Refused.Count + result.OtherFiles.Values.Sum());
        Assert.Equal(Directory.EnumerateFiles(hostile, "*", SearchOption.AllDirectories).Count(),
            workspace.Catalog.Files.All().Count(f => !f.Path.Contains('!')) + result.OtherFiles.Values.Sum());
        Assert.All(result.Refused, r => Assert.InRange(r.Reason.Length, 5, 200));
    }
}
