using System.IO.Compression;
using Smirk.Dataset.Exact;
using Smirk.Dataset.Import;
using Smirk.Dataset.Merge;
using Smirk.Dataset.Near;
using Smirk.Dataset.Tests.Edits;
using Smirk.Drawing.Faces;
using Smirk.Imaging;
using Smirk.Imaging.Writing;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Errors;

namespace Smirk.Dataset.Tests.Merge;

/// <summary>Shards of one pile, merged, are what one import of all of it makes.</summary>
public sealed class MergeStageTests : IDisposable
{
    private const int Shards = 3;

    private readonly TemporaryFolder _folder = new();
    private readonly string _pile;

    public MergeStageTests()
    {
        _pile = _folder.File("pile");
        Directory.CreateDirectory(_pile);
        for (var i = 0; i < 8; i++)
        {
            var face = Face(i);
            _folder.Write($"pile/{i % 2}/face{i}.png", PictureWriter.Png(face));
            if (i < 4)
                _folder.Write($"pile/copies/face{i}.png", PictureWriter.Png(face));
            var edit = PictureEdits.Apply(i % 2 == 0 ? "resize" : "mirror", face, new Random(i));
            _folder.Write($"pile/edits/{i}.png", PictureWriter.Png(edit));
            _folder.Write($"pile/{i % 2}/face{i}.txt", System.Text.Encoding.UTF8.GetBytes($"face number {i}"));
        }

        _folder.Write("pile/metadata.jsonl", "{\"file_name\": \"edits/1.png\", \"text\": \"an edit\"}\n"u8);
        _folder.Write("pile/broken.png", "no picture at all"u8);
        _folder.Write("pile/notes.txt", "about nothing"u8);
        using var zip = ZipFile.Open(_folder.File("pile/more.zip"), ZipArchiveMode.Create);
        for (var i = 20; i < 23; i++)
        {
            using var member = zip.CreateEntry($"z{22 - i}.png").Open();
            member.Write(PictureWriter.Png(Face(i)));
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Shards_merged_are_what_one_import_of_all_makes()
    {
        var whole = Whole();
        var shards = ImportShards();
        Assert.All(shards, shard => Assert.NotEmpty(Rows(shard, decided: false)));
        var merged = Merge("merged", shards);
        Assert.Equal(whole, Rows(merged));
        Assert.Contains(whole, row => row.StartsWith("decision near", StringComparison.Ordinal));

        // What waited to be compared is gone, and another search finds nothing to do.
        using var workspace = SmirkWorkspace.Open(merged);
        Assert.DoesNotContain(
            workspace.Catalog.Pictures.All().SelectMany(p => workspace.Catalog.Descriptors.OfPicture(p.Id)),
            descriptor => descriptor.Kind.StartsWith("near-question", StringComparison.Ordinal));
        Assert.Equal(workspace.Catalog.Pictures.All().Count, workspace.Pictures.Names().Count);
    }

    [Fact]
    public void A_merge_that_was_stopped_is_finished_by_the_next()
    {
        var shards = ImportShards();
        using (var cancel = new CancellationTokenSource())
        {
            using var workspace = SmirkWorkspace.Open(_folder.File("merged"));
            var stage = new MergeStage(workspace);

            // Some pictures are there, and no row names them.
            using (var shard = SmirkWorkspace.OpenToRead(shards[1]))
                workspace.Pictures.TakeOver(shard.Pictures, shard.Catalog.Pictures.All()[0].Sha256);
            cancel.Cancel();
            Assert.Throws<OperationCanceledException>(() => stage.Run(shards, cancel: cancel.Token));
            Assert.Empty(workspace.Catalog.Files.All());
        }

        Assert.Equal(Whole(), Rows(Merge("merged", shards)));
    }

    [Fact]
    public void Merging_once_more_changes_nothing()
    {
        var shards = ImportShards();
        var once = Rows(Merge("merged", shards));
        Assert.Equal(once, Rows(Merge("merged", shards)));
    }

    [Fact]
    public void What_a_person_decided_in_a_shard_goes_along()
    {
        var shards = ImportShards();
        string picture;
        using (var shard = SmirkWorkspace.Open(shards[0]))
        {
            var one = shard.Catalog.Pictures.All()[0];
            picture = one.Sha256;
            shard.Catalog.Decisions.Put(new Decision
            {
                Subject = DecisionSubject.Picture,
                SubjectId = one.Id,
                Stage = NearStage.Name,
                Verdict = Verdict.Drop,
                Kind = "unwanted",
                By = Decision.Person,
            });
        }

        using var merged = SmirkWorkspace.OpenToRead(Merge("merged", shards));
        Assert.DoesNotContain(merged.Catalog.Pictures.Kept(), p => p.Sha256 == picture);
    }

    [Fact]
    public void A_workspace_is_not_merged_into_itself_by_whatever_name()
    {
        var shards = ImportShards();
        Directory.CreateSymbolicLink(_folder.File("other-name"), shards[0]);
        foreach (var name in new[] { shards[0], shards[0] + "/", _folder.File("other-name") })
        {
            var error = Assert.Throws<UsageException>(() => MergeStage.Check(shards[0], [name]));
            Assert.Contains("can't be merged into itself", error.Message, StringComparison.Ordinal);
        }

        Assert.Throws<UsageException>(() => MergeStage.Check(_folder.File("new"), [shards[0], shards[0]]));
        Assert.Throws<UnusableInputException>(() => MergeStage.Check(_folder.File("new"), [_pile]));
    }

    [Fact]
    public void A_shard_of_a_newer_version_is_refused_with_both_versions()
    {
        var shards = ImportShards();
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection(
            $"Data Source={Path.Combine(shards[1], "smirk.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        var error = Assert.Throws<UnusableInputException>(() => MergeStage.Check(_folder.File("merged"), shards));
        Assert.Contains("made by a newer Smirk (catalog version 99", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shard_that_is_being_worked_on_is_refused()
    {
        var shards = ImportShards();
        using var busy = SmirkWorkspace.Open(shards[1]);
        using var workspace = SmirkWorkspace.Open(_folder.File("merged"));
        var error = Assert.Throws<UnusableInputException>(() => new MergeStage(workspace).Run(shards));
        Assert.Contains("in use by another process", error.Message, StringComparison.Ordinal);
        Assert.Empty(workspace.Catalog.Files.All());
    }

    [Theory]
    [InlineData("0/3")]
    [InlineData("4/3")]
    [InlineData("3")]
    [InlineData("a/b")]
    [InlineData("1/2/3")]
    public void A_part_that_is_none_is_refused(string text) => Assert.Throws<UsageException>(() => Shard.Parse(text));

    [Fact]
    public void Every_file_belongs_to_one_part_and_members_to_that_of_their_archive()
    {
        string[] paths = [.. Enumerable.Range(0, 1000).Select(i => $"folder/{i}.png")];
        var owners = paths.Select(path => Enumerable.Range(1, 4).Where(n => new Shard(n, 4).Owns(path)).ToList()).ToList();
        Assert.All(owners, owner => Assert.Single(owner));
        Assert.All(owners.GroupBy(owner => owner[0]), part => Assert.InRange(part.Count(), 180, 320));
        Assert.Equal(new Shard(1, 4).Owns("x/a.zip"), new Shard(1, 4).Owns("x/a.zip!deep/b.png"));
    }

    private List<string> Whole()
    {
        var folder = _folder.File("whole");
        using (var workspace = SmirkWorkspace.Open(folder))
        {
            new ImportStage(workspace).Run(new ImportOptions { Sources = [_pile] });
            new ExactStage(workspace).Run();
            new NearStage(workspace).Run(new NearOptions());
        }

        return Rows(folder);
    }

    private string[] ImportShards() => [.. Enumerable.Range(1, Shards).Select(number =>
    {
        var folder = _folder.File($"shard{number}");
        using var workspace = SmirkWorkspace.Open(folder);
        new ImportStage(workspace).Run(new ImportOptions { Sources = [_pile], Shard = new Shard(number, Shards) });
        new ExactStage(workspace).Run();
        new NearPreparing(workspace).Run(new NearOptions());
        return folder;
    })];

    private string Merge(string name, string[] shards)
    {
        using var workspace = SmirkWorkspace.Open(_folder.File(name));
        new MergeStage(workspace).Run(shards);
        new ExactStage(workspace).Run();
        new NearStage(workspace).Run(new NearOptions());
        return workspace.Folder;
    }

    // All that the catalog says, with the rows' numbers.
    private static List<string> Rows(string folder, bool decided = true)
    {
        using var workspace = SmirkWorkspace.OpenToRead(folder);
        var catalog = workspace.Catalog;
        return
        [
            .. catalog.Sources.All().Select(s => $"{s}"),
            .. catalog.Files.All().Select(f => $"{f}"),
            .. catalog.Pictures.All().Select(p => $"{p}"),
            .. catalog.Notes.All().OrderBy(n => n.Key).Select(n => $"note {n.Key} {string.Join(", ", n.Value)}"),
            .. catalog.Crops.All().Select(c => $"{c}"),
            .. !decided ? [] : catalog.Decisions.All().Select(d => $"decision {d.Stage} {d} {d.Reasons}"),
            .. !decided ? [] : catalog.FoundCopies.OfCare("normal").Select(c => $"{c} {c.Reasons}"),
            .. !decided ? [] : catalog.Pictures.All().SelectMany(p => catalog.Descriptors.OfPicture(p.Id).Select(d =>
                $"descriptor {p.Id} {d.Kind} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(d.Data))}")),
        ];
    }

    private static Picture Face(int number) => FacePainter.Paint(TraitSampler.Sample(new Random(100 + number)), 160, 160);
}
