using Smirk.Files.Act;
using Smirk.Files.Exact;
using Smirk.Files.Posix;
using Smirk.Files.Walk;
using Smirk.Workspace.Files;

namespace Smirk.Files.Tests.Walk;

public sealed class OwnFoldersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Workspaces_and_output_folders_below_a_source_are_left_out_and_named_once()
    {
        _folder.Write("pics/a", "1"u8);
        _folder.Write("pics/smug/smirk.db", "catalog"u8);
        _folder.Write("pics/smug/runs/0001/samples/b", "2"u8);
        OutputFolder.Make(_folder.File("pics/sub/samples"));
        _folder.Write("pics/sub/samples/deep/c", "3"u8);
        Shell.Run(_folder.Path, "ln -s sub/samples pics/z");
        var result = FileWalk.Run(Options("pics") with { Links = LinkRule.Follow });
        Assert.Equal(["pics/a"], Names(result));
        Assert.Equal(["smug", "samples"],
            result.Refused.Select(r => Path.GetFileName(r.Path.ToText())).Select(n => n == "z" ? "samples" : n).Order().Reverse());
        Assert.All(result.Refused, r => Assert.True(r.AsAsked));

        // Who names one, or doesn't ask for this, gets its files, but for the mark.
        Assert.Equal(["pics/a", "pics/sub/samples/deep/c"], Names(FileWalk.Run(Options("pics", "pics/sub/samples"))));
        Assert.Equal(["pics/smug/runs/0001/samples/b"], Names(FileWalk.Run(Options("pics/smug/runs"))));
        Assert.Equal(4, FileWalk.Run(Options("pics") with { LeavesOwnFoldersOut = false }).Files.Count);
    }

    [Fact]
    public void A_folder_that_held_files_before_is_not_marked()
    {
        _folder.Write("pics/mine/a", "1"u8);
        OutputFolder.Make(_folder.File("pics/mine"));
        Assert.Equal(["pics/mine/a"], Names(FileWalk.Run(Options("pics"))));
    }

    [Fact]
    public void What_went_into_quarantine_is_not_found_again_by_a_later_run()
    {
        foreach (var name in new[] { "a", "b", "c" })
            _folder.Write($"pics/{name}", "the same"u8);
        var quarantine = RawPath.FromText(_folder.File("pics/quarantine"));
        var plan = ActPlanner.Plan(Find().Groups, ActKind.Quarantine, quarantine);
        Assert.Equal(2, new ActExecutor(_folder.File("journal")).Run(plan, CancellationToken.None).Done.Count);
        var again = Find();
        Assert.Empty(again.Groups);
        Assert.Equal(quarantine, Assert.Single(again.Refused).Path);

        ExactSearchResult Find() => ExactDuplicates.Run(
            new ExactOptions { Paths = [RawPath.FromText(_folder.File("pics"))] }, null, TimeProvider.System, CancellationToken.None);
    }

    private WalkOptions Options(params string[] names) =>
        new() { Paths = [.. names.Select(n => RawPath.FromText(_folder.File(n)))], LeavesOwnFoldersOut = true };

    private IEnumerable<string> Names(WalkResult result) =>
        result.Files.Select(f => f.Path.ToText()[(_folder.Path.Length + 1)..]).Order(StringComparer.Ordinal);
}
