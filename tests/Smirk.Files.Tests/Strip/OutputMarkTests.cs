using Smirk.Files.Posix;
using Smirk.Files.Strip;
using Smirk.Files.Walk;
using Smirk.Imaging.Writing;
using Smirk.Workspace.Files;

namespace Smirk.Files.Tests.Strip;

/// <summary>Folders that strip writes to below a source are left out of later searches.</summary>
public sealed class OutputMarkTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_new_folder_for_results_or_originals_is_marked(bool inPlace)
    {
        using var folder = new TemporaryFolder();
        folder.Write("in/a.jpg", [.. PictureWriter.Jpeg(Planted.Picture()), .. Planted.Canary]);
        var other = RawPath.FromText(folder.File("in/other"));
        StripStage.Run(new StripStageOptions
        {
            Paths = [RawPath.FromText(folder.File("in"))],
            InPlace = inPlace,
            Output = inPlace ? null : other,
            Backup = inPlace ? other : null,
        });
        Assert.True(File.Exists(folder.File($"in/other/{OutputFolder.Mark}")));
        Assert.True(File.Exists(folder.File("in/other/a.jpg")));
        var walk = FileWalk.Run(
            new WalkOptions { Paths = [RawPath.FromText(folder.File("in"))], LeavesOwnFoldersOut = true }, null, default);
        Assert.Equal("a.jpg", Path.GetFileName(Assert.Single(walk.Files).Path.ToText()));
    }

    [Fact]
    public void A_folder_with_files_of_the_person_s_own_is_not_marked()
    {
        using var folder = new TemporaryFolder();
        folder.Write("in/a.jpg", PictureWriter.Jpeg(Planted.Picture()));
        folder.Write("mine/letter.txt", "hello"u8);
        StripStage.Run(new StripStageOptions
        {
            Paths = [RawPath.FromText(folder.File("in"))],
            Output = RawPath.FromText(folder.File("mine")),
        });
        Assert.False(File.Exists(folder.File($"mine/{OutputFolder.Mark}")));
    }

    [Fact]
    public void Nothing_is_marked_where_nothing_is_written()
    {
        using var folder = new TemporaryFolder();
        folder.Write("in/a.jpg", PictureWriter.Jpeg(Planted.Picture()));
        Directory.CreateDirectory(folder.File("out"));
        StripStage.Run(new StripStageOptions
        {
            Paths = [RawPath.FromText(folder.File("in"))],
            Output = RawPath.FromText(folder.File("out")),
            DryRun = true,
        });
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.File("out")));
    }
}
