using Smirk.Dataset.Near;
using Smirk.Drawing.Faces;
using Smirk.Files.Act;
using Smirk.Files.Exact;
using Smirk.Files.Posix;
using Smirk.Imaging.Writing;

namespace Smirk.Dataset.Tests.Near;

public sealed class NearActTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _tree;

    public NearActTests()
    {
        _tree = Directory.CreateDirectory(Path.Combine(_folder.Path, "tree")).FullName;
        var traits = TraitSampler.Sample(new Random(1003));
        var face = FacePainter.Paint(traits with { Mouth = MouthStyle.Line }, 256, 256);
        Put("face.png", PictureWriter.Png(face));
        Put("face copy.png", PictureWriter.Png(face));
        Put("same pixels.webp", PictureWriter.WebP(face, lossless: true));
        Put("small.jpg", PictureWriter.Jpeg(face.Resize(160, 160)));
        Put("alternate.png", PictureWriter.Png(FacePainter.Paint(traits with { Mouth = MouthStyle.Open }, 256, 256)));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Quarantine_moves_members_whatever_their_bytes_and_undo_brings_them_back()
    {
        var before = Files();
        var quarantine = Directory.CreateDirectory(Path.Combine(_folder.Path, "q")).FullName;
        var result = Act(ActKind.Quarantine, RawPath.FromText(quarantine));
        Assert.Empty(result.LeftAlone);
        Assert.Equal(["alternate.png", "face.png"], Files().Select(f => f.Name));
        Assert.Empty(Undo.Run(result.Journal!, dryRun: false, null, CancellationToken.None).LeftAlone);
        Assert.Equal(before, Files());
    }

    [Fact]
    public void Delete_removes_copies_byte_by_byte_only()
    {
        var result = Act(ActKind.Delete);
        Assert.Equal(["alternate.png", "face.png", "same pixels.webp", "small.jpg"], Files().Select(f => f.Name));
        Assert.All(result.LeftAlone, l => Assert.Contains("--quarantine", l.Reason, StringComparison.Ordinal));
        Assert.Equal(2, result.LeftAlone.Count);
    }

    [Fact]
    public void A_member_in_a_protected_folder_stays()
    {
        var protectedFolder = Directory.CreateDirectory(Path.Combine(_tree, "safe")).FullName;
        foreach (var name in new[] { "small.jpg", "face.png" })
            File.Move(Path.Combine(_tree, name), Path.Combine(protectedFolder, name));
        var groups = Groups(o => o with { Protected = [RawPath.FromText(protectedFolder)] });
        var member =
            Assert.Single(Assert.Single(groups).Members, m => m.File.Path.ToText().EndsWith("small.jpg", StringComparison.Ordinal));
        Assert.Equal("is in a protected folder", member.StaysBecause);
    }

    [Theory]
    [InlineData("small.jpg")]
    [InlineData("same pixels.webp")]
    public void A_protected_copy_is_kept_and_all_others_of_its_group_move(string name)
    {
        var library = Directory.CreateDirectory(Path.Combine(_tree, "library")).FullName;
        File.Move(Path.Combine(_tree, name), Path.Combine(library, name));
        var group = Assert.Single(Groups(o => o with { Protected = [RawPath.FromText(library)] }));
        Assert.EndsWith(name, group.Keeper.Path.ToText(), StringComparison.Ordinal);
        Assert.Equal("in a protected folder", group.Reasons[0]);
        Assert.All(group.Members, m => Assert.Null(m.StaysBecause));
        Assert.Equal(3, group.Members.Count);
    }

    private ActResult Act(ActKind kind, RawPath? quarantine = null) =>
        new ActExecutor(Path.Combine(_folder.Path, "journal.jsonl"))
            .Run(ActPlanner.Plan(Groups(), kind, quarantine), CancellationToken.None);

    private IReadOnlyList<Smirk.Files.Exact.DuplicateGroup> Groups(Func<ExactOptions, ExactOptions>? with = null)
    {
        var options = new ExactOptions { Paths = [RawPath.FromText(_tree)] };
        return NearDuplicates.Run(with is null ? options : with(options), new NearOptions(), null, CancellationToken.None).Groups;
    }

    private List<(string Name, long Length)> Files() =>
        [.. new DirectoryInfo(_tree).EnumerateFiles().OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => (f.Name, f.Length))];

    private void Put(string name, byte[] bytes)
    {
        var path = Path.Combine(_tree, name);
        File.WriteAllBytes(path, bytes);
        // The first is the oldest: of equals it is the one that stays.
        File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(name == "face.png" ? 0 : 1));
    }
}
