using Smirk.Dataset.Near;
using Smirk.Dataset.Near.Decisions;
using Smirk.Dataset.Near.Index;
using Smirk.Drawing.Faces;
using Smirk.Files.Exact;
using Smirk.Files.Posix;
using Smirk.Files.Strip;
using Smirk.Imaging;
using Smirk.Imaging.Writing;
using Smirk.Workspace.Errors;

namespace Smirk.Dataset.Tests.Near.Decisions;

public sealed class NearDecisionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public NearDecisionsTests()
    {
        Put("face.png", PictureWriter.Png(Face(1)));
        Put("small.jpg", PictureWriter.Jpeg(Face(1).Resize(160, 160)));
        Put("again.jpg", PictureWriter.Jpeg(Face(1), 60));
        Put("other.png", PictureWriter.Png(Face(2)));
    }

    private string Tree => Path.Combine(_folder.Path, "tree");

    private string Decisions => _folder.File("near.jsonl");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pair_that_is_no_duplicate_is_not_listed_again(bool indexed)
    {
        Assert.Equal(["face.png: again.jpg small.jpg"], Look(indexed));
        Decide(FolderVerdict.NotDuplicate, "face.png", "small.jpg");
        Assert.Equal(["face.png: again.jpg"], Look(indexed));
        Decide(FolderVerdict.NotDuplicate, "again.jpg", "face.png");
        Decide(FolderVerdict.NotDuplicate, "again.jpg", "small.jpg");
        Assert.Empty(Look(indexed));
        File.Move(Path.Combine(Tree, "small.jpg"), Path.Combine(Tree, "another name.jpg"));
        Assert.Empty(Look(indexed));
        var file = new DecisionsFile(Decisions, TimeProvider.System);
        Assert.Equal(["again.jpg", "small.jpg"], file.Undo().Pictures.Select(p => Path.GetFileName(p.Name)));
        Assert.Equal(["again.jpg: another name.jpg"], Look(indexed));
        file.Undo();
        file.Undo();
        Assert.Equal(["face.png: again.jpg another name.jpg"], Look(indexed));
        Assert.Throws<UnusableInputException>(() => file.Undo());
    }

    [Fact]
    public void Alternates_stay_and_are_listed_as_such()
    {
        Decide(FolderVerdict.Alternate, "face.png", "small.jpg");
        Decide(FolderVerdict.Alternate, "again.jpg", "small.jpg");
        var result = Search(false);
        Assert.Equal(["face.png: again.jpg"], Listed(result.Groups));
        Assert.Equal("alternate", Assert.Single(Assert.Single(result.Alternates).Members).Kind);
        Assert.Equal(2, result.Counts["decisions"]);
    }

    [Fact]
    public void A_picture_that_is_to_be_kept_is_its_groups_keeper_and_a_second_one_stays()
    {
        Decide(FolderVerdict.Keep, "small.jpg");
        var group = Assert.Single(Search(true).Groups);
        Assert.EndsWith("/small.jpg", group.Keeper.Path.ToText(), StringComparison.Ordinal);
        Assert.Equal("kept by your decision", Assert.Single(group.Reasons));
        Decide(FolderVerdict.Keep, "again.jpg");
        group = Assert.Single(Search(true).Groups);
        var stays = Assert.Single(group.Members, m => m.StaysBecause is not null);
        Assert.Equal("is kept by your decision", stays.StaysBecause);
        Assert.Equal(["again.jpg", "small.jpg"],
            new[] { group.Keeper, stays.File }.Select(f => Path.GetFileName(f.Path.ToText())).Order());
    }

    [Fact]
    public void A_decision_outlives_the_removal_of_metadata()
    {
        var dated = Dated(PictureWriter.Jpeg(Face(1), 75));
        Put("dated.jpg", dated);
        Decide(FolderVerdict.NotDuplicate, "face.png", "dated.jpg");
        Decide(FolderVerdict.Keep, "dated.jpg");
        Put("dated.jpg", MetadataStripper.Strip(dated, new StripOptions()).Bytes.ToArray());
        Assert.NotEqual(dated, File.ReadAllBytes(Path.Combine(Tree, "dated.jpg")));
        var result = Search(false);
        Assert.Equal(2, result.Counts["decisions"]);
        Assert.DoesNotContain(result.Groups, g => g.Files.Any(f => f.Path.ToText().EndsWith("/face.png", StringComparison.Ordinal))
            && g.Files.Any(f => f.Path.ToText().EndsWith("/dated.jpg", StringComparison.Ordinal)));
    }

    [Fact]
    public void Two_files_of_the_same_pixels_can_be_told_apart_by_a_decision()
    {
        Put("twin.webp", PictureWriter.WebP(Face(1), lossless: true));
        Assert.Contains("twin.webp", Assert.Single(Look(false)), StringComparison.Ordinal);
        Decide(FolderVerdict.NotDuplicate, "face.png", "twin.webp");
        Assert.DoesNotContain("twin.webp", Look(false).Single(g => g.Contains("face.png", StringComparison.Ordinal)));
    }

    [Fact]
    public void Lines_that_are_not_understood_are_named_and_stay_and_others_count()
    {
        Decide(FolderVerdict.NotDuplicate, "face.png", "small.jpg");
        var good = File.ReadAllText(Decisions);
        var text = "\uFEFF" + good.TrimEnd('\n') + "\r\n\r\n{\"verdict\":\"perhaps\",\"pictures\":[]}\n"
            + "{\"verdict\":\"keep\",\"pictures\":[{\"sha256\":\"12\"}]}\n[1]\n{\"verdict\":\"not-dupl";
        File.WriteAllText(Decisions, text);
        var read = NearDecisions.Read(Decisions);
        Assert.Single(read.InForce);
        Assert.Equal([3, 4, 5, 6], read.Damaged.Select(d => d.Number));
        Assert.Contains("cut short", read.Damaged[^1].Reason, StringComparison.Ordinal);

        // What is added begins a line of its own.
        Decide(FolderVerdict.Keep, "again.jpg");
        Assert.StartsWith(text[1..] + "\n{\"at\":", File.ReadAllText(Decisions), StringComparison.Ordinal);
        Assert.Equal(2, NearDecisions.Read(Decisions).InForce.Count);
    }

    [Fact]
    public void A_line_is_readable_and_names_pictures_by_name_and_content()
    {
        Decide(FolderVerdict.Alternate, "face.png", "other.png");
        var line = Assert.Single(File.ReadAllLines(Decisions));
        Assert.Matches(
            """^\{"at":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ","verdict":"alternate","pictures":\[\{"name":".*/face.png",""", line);
        Assert.Matches(""".*,"sha256":"[0-9a-f]{64}","pixels":"[0-9a-f]{32}"\},\{"name":".*/other.png".*\}\]\}$""", line);
    }

    [Fact]
    public void Decisions_that_many_commands_add_at_once_are_all_there()
    {
        var named = new[] { "face.png", "small.jpg", "again.jpg", "other.png" }.Select(Named).ToList();
        Parallel.For(0, 60, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => new DecisionsFile(Decisions, TimeProvider.System)
            .Add(FolderVerdict.NotDuplicate, [named[i % 4], named[(i + 1) % 4]]));
        var read = NearDecisions.Read(Decisions);
        Assert.Equal(60, read.InForce.Count);
        Assert.Empty(read.Damaged);
    }

    [Fact]
    public void What_makes_no_decision_is_wrong_usage_and_leaves_the_file()
    {
        Put("copy.png", PictureWriter.Png(Face(1)));
        var file = new DecisionsFile(Decisions, TimeProvider.System);
        Assert.Throws<UsageException>(() => file.Add(FolderVerdict.NotDuplicate, [Named("face.png"), Named("copy.png")]));
        Assert.Throws<UsageException>(() => file.Add(FolderVerdict.Alternate, [Named("face.png")]));
        Assert.Throws<UsageException>(() => PictureName.Of(RawPath.FromText(Tree)));
        Assert.Throws<UsageException>(() => PictureName.Of(RawPath.FromText(Path.Combine(Tree, "gone.png"))));
        Put("text.png", "no picture"u8.ToArray());
        Assert.Throws<UnusableInputException>(() => Named("text.png"));
        Assert.False(File.Exists(Decisions));
    }

    private IReadOnlyList<string> Look(bool indexed) => Listed(Search(indexed).Groups);

    private static IReadOnlyList<string> Listed(IEnumerable<DuplicateGroup> groups) => [.. groups.Select(g =>
        $"{Path.GetFileName(g.Keeper.Path.ToText())}: "
            + string.Join(' ', g.Members.Select(m => Path.GetFileName(m.File.Path.ToText())).Order(StringComparer.Ordinal)))];

    private NearSearchResult Search(bool indexed) => NearDuplicates.Run(
        new ExactOptions { Paths = [RawPath.FromText(Tree)] },
        new NearOptions
        {
            Index = indexed ? new NearIndexPlace(_folder.File("near.index"), IsOurs: true) : null,
            Decisions = NearDecisions.Read(Decisions),
        }, null, CancellationToken.None);

    private void Decide(FolderVerdict verdict, params string[] names) =>
        new DecisionsFile(Decisions, TimeProvider.System).Add(verdict, [.. names.Select(Named)]);

    private NamedPicture Named(string name) => PictureName.Of(RawPath.FromText(Path.Combine(Tree, name)));

    private void Put(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Tree);
        File.WriteAllBytes(Path.Combine(Tree, name), bytes);
    }

    // A JPEG comment, which strip takes off.
    private static byte[] Dated(byte[] jpeg) => [0xFF, 0xD8, 0xFF, 0xFE, 0, 8, .. "a note"u8, .. jpeg[2..]];

    private static Picture Face(int number) =>
        FacePainter.Paint(TraitSampler.Sample(new Random(1003 + number)) with { Mouth = MouthStyle.Line }, 256, 256);
}
