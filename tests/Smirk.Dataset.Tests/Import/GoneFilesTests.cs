using System.IO.Compression;
using Smirk.Dataset.Exact;
using Smirk.Dataset.Import;
using Smirk.Dataset.Near;
using Smirk.Imaging.Writing;
using Smirk.Workspace;
using Smirk.Workspace.Files;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Tests.Import;

/// <summary>Pictures that somebody deleted from a source, or put something else in the place of.</summary>
public sealed class GoneFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SmirkWorkspace _workspace;
    private readonly List<string> _said = [];

    public GoneFilesTests() => _workspace = SmirkWorkspace.Open(_folder.File("ws"));

    public void Dispose()
    {
        _workspace.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_deleted_picture_is_told_of_and_stays_until_it_is_pruned()
    {
        var path = Write("in/a.png", 1);
        Write("in/b.png", 2);
        Run();
        File.Delete(path);
        var result = Run();
        Assert.Equal((1, path), (result.GonePictures, Assert.Single(result.Gone).Path));
        Assert.Contains($"1 picture is no longer in its source ({path})", _said);
        Assert.Equal(2, _workspace.Catalog.Pictures.Kept().Count);

        new ImportStage(_workspace).Prune(result.Gone);
        Assert.Single(_workspace.Catalog.Pictures.Kept());
        Assert.Empty(Run().Gone);

        // It comes back.
        Write("in/a.png", 1);
        Assert.Equal((1, 0), (Run().NewPictures, Run().GonePictures));
        Assert.Equal(2, _workspace.Catalog.Pictures.Kept().Count);
    }

    [Fact]
    public void A_deleted_copy_costs_no_picture()
    {
        var path = Write("in/a.png", 1);
        Write("in/b.png", 1);
        Run();
        File.Delete(path);
        var result = Run();
        Assert.Equal((0, 1), (result.GonePictures, result.Gone.Count));
        Assert.DoesNotContain(_said, line => line.Contains("no longer", StringComparison.Ordinal));
    }

    [Fact]
    public void A_copy_in_another_source_counts_too()
    {
        var path = Write("in/a.png", 1);
        Write("in/b.png", 2);
        Write("other/c.png", 1);
        Run("in", "other");
        File.Delete(path);
        Assert.Equal(0, Run().GonePictures);
    }

    [Fact]
    public void A_moved_picture_is_not_gone()
    {
        var path = Write("in/a.png", 1);
        Write("in/b.png", 2);
        Run();
        Directory.CreateDirectory(_folder.File("in/deep"));
        File.Move(path, _folder.File("in/deep/moved.png"));
        Assert.Equal(0, Run().GonePictures);
    }

    [Fact]
    public void A_replaced_picture_goes_and_is_told_of()
    {
        var path = Write("in/a.png", 1);
        Write("in/b.png", 2);
        Run();
        var before = _workspace.Catalog.Pictures.Kept().Select(p => p.Sha256).ToList();
        File.WriteAllBytes(path, DrawnPictures.Png(3));
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(1));
        Run();
        Assert.Contains("1 picture was replaced in its source; the new file counts", _said);
        Assert.Equal(2, _workspace.Catalog.Pictures.Kept().Count);
        Assert.DoesNotContain(before[0], _workspace.Catalog.Pictures.Kept().Select(p => p.Sha256));
    }

    [Fact]
    public void Members_that_left_an_archive_are_gone()
    {
        Write("in/z.png", 9);
        Zip(("one.png", 1), ("deep/two.png", 2));
        Run();
        Zip(("one.png", 1));
        var result = Run();
        Assert.Equal($"{_folder.File("in/a.zip")}!deep/two.png", Assert.Single(result.Gone).Path);
        new ImportStage(_workspace).Prune(result.Gone);
        Assert.Equal(2, _workspace.Catalog.Pictures.Kept().Count);
    }

    [Fact]
    public void What_could_not_be_looked_into_is_not_gone()
    {
        Write("in/z.png", 9);
        Write("in/deep/one.png", 1);
        Zip(("two.png", 2));
        Run();

        // The archive is damaged, and the folder was marked as something that Smirk wrote.
        var bytes = File.ReadAllBytes(_folder.File("in/a.zip"));
        File.WriteAllBytes(_folder.File("in/a.zip"), bytes[..(bytes.Length / 2)]);
        File.WriteAllText(_folder.File($"in/deep/{OutputFolder.Mark}"), "");
        Assert.Empty(Run().Gone);
    }

    [Fact]
    public void A_copy_whose_keeper_is_pruned_counts_again()
    {
        var keeper = _folder.Write("in/large.png", PictureWriter.Png(Faces(640)));
        _folder.Write("in/small.jpg", PictureWriter.Jpeg(Faces(320), 80));
        Write("in/other.png", 2);
        Run();
        new ExactStage(_workspace).Run(null, default);
        new NearStage(_workspace).Run(new NearOptions());
        Assert.Equal(2, _workspace.Catalog.Pictures.Kept().Count);
        File.Delete(keeper);
        new ImportStage(_workspace).Prune(Run().Gone);
        Assert.Equal(["jpeg", "png"], _workspace.Catalog.Pictures.Kept().Select(p => p.Format).Order());
    }

    private static Imaging.Picture Faces(int side) =>
        Drawing.Faces.FacePainter.Paint(Drawing.Faces.TraitSampler.Sample(new Random(3)), 640, 640).Resize(side, side);

    private string Write(string name, int number) => _folder.Write(name, DrawnPictures.Png(number));

    private void Zip(params (string Name, int Number)[] members)
    {
        File.Delete(_folder.File("in/a.zip"));
        using var zip = ZipFile.Open(_folder.File("in/a.zip"), ZipArchiveMode.Create);
        foreach (var (name, number) in members)
        {
            using var stream = zip.CreateEntry(name).Open();
            stream.Write(DrawnPictures.Png(number));
        }
    }

    private ImportResult Run(params string[] sources) => new ImportStage(_workspace).Run(
        new ImportOptions { Sources = [.. (sources.Length > 0 ? sources : ["in"]).Select(_folder.File)], Threads = 2 },
        new Listener(_said));

    private sealed class Listener(List<string> said) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            if (value is StageSaid line)
                said.Add(line.Text);
        }
    }
}
