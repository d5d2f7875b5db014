using Smirk.Files.Act;
using Smirk.Files.Exact;
using Smirk.Files.Posix;

namespace Smirk.Files.Tests.Act;

public sealed class SidecarTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Sidecars_move_with_their_picture_and_come_back_with_it()
    {
        _folder.Write("in/1/keep.jpg", "picture"u8);
        _folder.Write("in/1/keep.xmp", "of the keeper"u8);
        foreach (var name in new[]
            { "A.jpg", "A.xmp", "A.jpg.json", "A.jpg.supplemental-metadata.json", "A.TXT", "A.AAE", "AB.xmp", "A.mp4" })
            _folder.Write($"in/2/{name}", name == "A.jpg" ? "picture"u8 : System.Text.Encoding.UTF8.GetBytes(name));
        var before = Files();
        var result = Quarantine();
        Assert.Empty(result.LeftAlone);
        Assert.Equal(["in/1/keep.jpg", "in/1/keep.xmp", "in/2/A.mp4", "in/2/AB.xmp"], Files("in"));
        Assert.Equal(6, Files("q").Count(f => !f.Contains(".smirk", StringComparison.Ordinal)));
        Assert.Empty(Undo.Run(result.Journal!, dryRun: false, null, CancellationToken.None).LeftAlone);
        Assert.Equal(before, Files("in"));
    }

    [Fact]
    public void A_sidecar_that_other_pictures_share_or_that_is_kept_stays()
    {
        _folder.Write("in/1/keep.jpg", "picture"u8);
        _folder.Write("in/2/A.jpg", "picture"u8);
        _folder.Write("in/2/A.png", "another"u8);
        _folder.Write("in/2/A.xmp", "of both"u8);
        _folder.Write("in/2/A.jpg.xmp", "of one"u8);
        Quarantine();
        Assert.Equal(["in/1/keep.jpg", "in/2/A.png", "in/2/A.xmp"], Files("in"));
    }

    [Fact]
    public void A_picture_that_stays_keeps_its_sidecar()
    {
        _folder.Write("in/1/keep.jpg", "picture"u8);
        _folder.Write("in/2/A.jpg", "picture"u8);
        _folder.Write("in/2/A.xmp", "its own"u8);
        var plan = Plan();
        Assert.Equal(2, plan.Actions.Count);
        Assert.Contains("belongs to", plan.Actions[1].Why, StringComparison.Ordinal);
        File.WriteAllText(_folder.File("in/2/A.jpg"), "changed meanwhile");
        var result = new ActExecutor(_folder.File("journal")).Run(plan, CancellationToken.None);
        Assert.Empty(result.Done);
        Assert.Contains("which stays", result.LeftAlone[1].Reason, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.File("in/2/A.xmp")));
    }

    private ActResult Quarantine() => new ActExecutor(_folder.File("journal")).Run(Plan(), CancellationToken.None);

    private ActPlan Plan()
    {
        var groups = ExactDuplicates.Run(
            new ExactOptions { Paths = [RawPath.FromText(_folder.File("in"))], Order = FileOrder.Name }, null, TimeProvider.System,
            CancellationToken.None).Groups;
        return ActPlanner.Plan(groups, ActKind.Quarantine, RawPath.FromText(_folder.File("q")));
    }

    private List<string> Files(string below = "in") => !Directory.Exists(_folder.File(below)) ? []
        : [.. Directory.EnumerateFiles(_folder.File(below), "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(_folder.Path, f)).Order(StringComparer.Ordinal)];
}
