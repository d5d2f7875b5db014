using Microsoft.Data.Sqlite;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Errors;

namespace Smirk.Workspace.Tests;

public sealed class SmirkWorkspaceTests
{
    [Fact]
    public void Open_makes_a_workspace_and_opens_it_again()
    {
        using var folder = new TemporaryFolder();
        using (var workspace = SmirkWorkspace.Open(folder.File("ws")))
            workspace.Catalog.Sources.GetOrAdd("folder", "/a");
        using var again = SmirkWorkspace.Open(folder.File("ws"));
        Assert.Equal("/a", Assert.Single(again.Catalog.Sources.All()).Path);
        Assert.Equal(Path.Combine(folder.Path, "ws", "packs", "64"), again.PackFolder(64));
    }

    [Fact]
    public void Open_refuses_a_workspace_in_use_and_says_by_which_process()
    {
        using var folder = new TemporaryFolder();
        using var first = SmirkWorkspace.Open(folder.File("ws"));
        var error = Assert.Throws<UnusableInputException>(() => SmirkWorkspace.Open(folder.File("ws")));
        Assert.Contains($"in use by another process ({Environment.ProcessId})", error.Message);
        using var reader = SmirkWorkspace.OpenToRead(folder.File("ws"));
        first.Catalog.Sources.GetOrAdd("folder", "/a");
        Assert.Single(reader.Catalog.Sources.All());
    }

    [Fact]
    public void Open_refuses_a_newer_workspace_and_leaves_it_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("ws/smirk.db");
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE later(x); PRAGMA user_version = 999";
            command.ExecuteNonQuery();
        }

        var before = File.ReadAllBytes(path);
        Assert.Contains("newer Smirk (catalog version 999", Assert.Throws<UnusableInputException>(
            () => SmirkWorkspace.Open(folder.File("ws"))).Message);
        Assert.Contains("newer Smirk", Assert.Throws<UnusableInputException>(() => SmirkWorkspace.OpenToRead(folder.File("ws"))).Message);
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void Open_refuses_a_folder_of_somebody_elses_and_a_file()
    {
        using var folder = new TemporaryFolder();
        var picture = folder.Write("holiday/beach.jpg", "x"u8);
        Assert.Contains("beach.jpg", Assert.Throws<UnusableInputException>(
            () => SmirkWorkspace.Open(Path.GetDirectoryName(picture)!)).Message);
        Assert.Contains("is a file", Assert.Throws<UnusableInputException>(() => SmirkWorkspace.Open(picture)).Message);
        Assert.Equal([picture], Directory.GetFileSystemEntries(Path.GetDirectoryName(picture)!));
    }

    [Fact]
    public void Open_refuses_a_damaged_catalog()
    {
        using var folder = new TemporaryFolder();
        folder.Write("ws/smirk.db", new byte[5000]);
        Assert.Contains("damaged", Assert.Throws<UnusableInputException>(() => SmirkWorkspace.Open(folder.File("ws"))).Message);
    }

    [Fact]
    public void OpenToRead_of_no_workspace_says_how_to_make_one()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("smirk import", Assert.Throws<UnusableInputException>(() => SmirkWorkspace.OpenToRead(folder.Path)).Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_transaction_that_throws_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        Assert.Throws<InvalidOperationException>(() => workspace.Catalog.InTransaction(() =>
        {
            workspace.Catalog.Sources.GetOrAdd("folder", "/a");
            throw new InvalidOperationException();
        }));
        Assert.Empty(workspace.Catalog.Sources.All());
    }

    [Fact]
    public void Catalog_gives_back_what_was_put_in_and_counts_kept_pictures()
    {
        using var folder = new TemporaryFolder();
        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        var catalog = workspace.Catalog;
        var source = catalog.Sources.GetOrAdd("folder", "/a");
        var one = catalog.Pictures.GetOrAdd("11", "png", 3, 4, 5);
        var two = catalog.Pictures.GetOrAdd("22", "jpeg", 6, 7, 8);
        Assert.Equal(one, catalog.Pictures.GetOrAdd("11", "png", 3, 4, 5));
        foreach (var picture in new[] { one, two })
        {
            var file = new SourceFile
            {
                SourceId = source.Id,
                Path = $"{picture.Sha256}.png",
                Size = 9,
                ModifiedTicks = 10,
                Sha256 = "ff",
                PictureId = picture.Id,
                Status = FileStatus.Used,
                Removed = "exif",
            };
            file = catalog.Files.Put(file);
            Assert.Equal(file, catalog.Files.Find(file.Id));
            Assert.Equal(file.Id, catalog.Files.Put(file with { Size = 11 }).Id);
        }

        var decision = new Decision
        {
            Subject = DecisionSubject.Picture,
            SubjectId = one.Id,
            Stage = "near",
            Verdict = Verdict.Drop,
            Kind = "near",
            Reasons = [Reason.Of("larger", 3, 4)],
            KeeperId = two.Id,
            Score = 0.5,
        };
        catalog.Decisions.Put(decision);
        Assert.Equal([decision], catalog.Decisions.About(DecisionSubject.Picture, one.Id));
        Assert.Equal([two], catalog.Pictures.Kept());
        catalog.Decisions.Put(decision with { Verdict = Verdict.Keep, By = "person", Stage = "person" });
        Assert.Equal([one, two], catalog.Pictures.Kept());
        catalog.Decisions.Replace("near", []);
        Assert.Single(catalog.Decisions.About(DecisionSubject.Picture, one.Id));

        var crop = catalog.Crops.Add(new CropRow(0, two.Id, 1, 2, 3, 4, 0.9, "face", "smirk"));
        Assert.Equal([crop], catalog.Crops.OfPicture(two.Id));
        catalog.Descriptors.Put(two.Id, "pdq-1", [1, 2]);
        Assert.Equal([1, 2], catalog.Descriptors.OfKind("pdq-1")[two.Id]);
        var run = new RunRow(1, "dcgan", "ab", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), "running", 1.5);
        catalog.Runs.Put(run);
        Assert.Equal([run], catalog.Runs.All());
    }
}
