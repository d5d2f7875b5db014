using Microsoft.Data.Sqlite;
using Smirk.Workspace.Catalog;

namespace Smirk.Workspace.Tests.Catalog;

/// <summary>Workspaces of version 0.1, whose catalog has version 3.</summary>
public sealed class OlderCatalogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Workspace => Path.Combine(_folder.Path, "ws");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_catalog_of_version_3_is_brought_up_to_date_and_keeps_all_that_it_knew()
    {
        MakeOlder(Workspace);
        using var workspace = SmirkWorkspace.Open(Workspace);
        Check(workspace.Catalog);
        Assert.Equal(["aa01", "cc03"], workspace.Catalog.Pictures.Kept().Select(p => p.Sha256));
        Assert.Equal([new FoundCopy(2, 1, "resize", 0.98, Note(
            "resize of /pile/a.png (98 % alike), which stays: larger true resolution (100×80)"))],
            workspace.Catalog.FoundCopies.OfCare("normal"));

        // What was there before can't be taken back by mistake; what is decided now can.
        Assert.Empty(workspace.Catalog.Decisions.UndoLast(Decision.Person));
        var parted = workspace.Catalog.Decisions.About(DecisionSubject.Picture, 3).Single(d => d.Kind == "not-duplicate");
        workspace.Catalog.Decisions.Put(parted with { Verdict = Verdict.Drop, Kind = "drop" });
        Assert.Equal(parted, Assert.Single(workspace.Catalog.Decisions.UndoLast(Decision.Person)).After);
    }

    [Fact]
    public void An_older_catalog_opened_to_read_tells_the_same_and_its_file_stays_as_it_is()
    {
        MakeOlder(Workspace);
        var before = File.ReadAllBytes(Path.Combine(Workspace, "smirk.db"));
        using (var workspace = SmirkWorkspace.OpenToRead(Workspace))
        {
            Check(workspace.Catalog);
            Assert.ThrowsAny<Exception>(() => workspace.Catalog.Decisions.Put(workspace.Catalog.Decisions.All()[0] with { Kind = "x" }));
        }

        Assert.Equal(before, File.ReadAllBytes(Path.Combine(Workspace, "smirk.db")));
        Assert.Equal(["smirk.db"], Directory.GetFileSystemEntries(Workspace).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sources_in_the_workspace_are_found_where_it_was_moved_to(bool migratedBefore)
    {
        MakeOlder(Workspace);
        Directory.CreateDirectory(Path.Combine(Workspace, "drawn"));
        if (migratedBefore)
            SmirkWorkspace.Open(Workspace).Dispose();
        var moved = Path.Combine(_folder.Path, "elsewhere", "ws2");
        Directory.CreateDirectory(Path.GetDirectoryName(moved)!);
        Directory.Move(Workspace, moved);
        using var workspace = SmirkWorkspace.Open(moved);
        Assert.Equal(["/pile", Path.Combine(moved, "drawn")], workspace.Catalog.Sources.All().Take(2).Select(s => s.Path));
        Assert.Equal(2, workspace.Catalog.Sources.GetOrAdd("folder", Path.Combine(moved, "drawn")).Id);
        Assert.Equal("r/Smugs", workspace.Catalog.Sources.All()[3].Path);
    }

    [Fact]
    public void A_migration_that_fails_leaves_the_catalog_as_it_was()
    {
        MakeOlder(Workspace, "CREATE TABLE batches(x);");
        var before = Rows("SELECT * FROM decisions");
        Assert.ThrowsAny<Exception>(() => SmirkWorkspace.Open(Workspace));
        Assert.Equal(before, Rows("SELECT * FROM decisions"));
        Assert.Equal(["3"], Rows("PRAGMA user_version"));
    }

    private void Check(CatalogDatabase catalog)
    {
        Assert.Equal(["/pile", Path.Combine(Workspace, "drawn"), Path.Combine(Workspace, "collected", "a"), "r/Smugs"],
            catalog.Sources.All().Select(s => s.Path));
        Assert.Equal(Note("no picture: this is a text")[0], catalog.Files.Find(5)!.Refusal);
        Assert.Equal("Exif", catalog.Files.Find(1)!.Removed);
        var exact = Assert.Single(catalog.Decisions.OfStage("exact"));
        Assert.Equal((Verdict.Drop, "exact", 1L), (exact.Verdict, exact.Kind, exact.KeeperId!.Value));
        var near = catalog.Decisions.OfStage("near");
        Assert.Equal(("resize", 0.98, "smirk"), (near[0].Kind, near[0].Score!.Value, near[0].By));
        Assert.Equal(Note("resize of /pile/a.png (98 % alike), which stays: larger true resolution (100×80)"), near[0].Reasons);
        Assert.Equal(("not-duplicate", Decision.Person, 1L), (near[1].Kind, near[1].By, near[1].KeeperId!.Value));
        var box = catalog.Decisions.About(DecisionSubject.Picture, 3)[0];
        Assert.Equal(("crop", "boxes", Decision.Person), (box.Stage, box.Kind, box.By));
        Assert.Equal([Reason.Of("box", 5, 6, 40, 41)], box.Reasons);
        Assert.Equal([Note("the detector is not sure (score 0.60)"), Reasons.None], catalog.Crops.All().Select(c => c.Reasons));
        Assert.Equal([1, 2], catalog.Descriptors.OfKind("near-2").Keys.Order());
        Assert.Equal(12.5, Assert.Single(catalog.Runs.All()).Kimg);
    }

    private static Reasons Note(string text) => [new Reason(Reason.NoteCode, Text: text)];

    private static void MakeOlder(string folder, string more = "")
    {
        Directory.CreateDirectory(folder);
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "smirk.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = File.ReadAllText(Path.Combine(TestData.Repository, "tests", "goldens", "catalog-3.sql"))
            .Replace("@WS", folder, StringComparison.Ordinal) + more;
        command.ExecuteNonQuery();
    }

    private List<string> Rows(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Workspace, "smirk.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        return rows;
    }
}
