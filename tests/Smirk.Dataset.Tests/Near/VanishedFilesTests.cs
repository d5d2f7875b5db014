using Smirk.Dataset.Import;
using Smirk.Dataset.Near;
using Smirk.Dataset.Near.Report;
using Smirk.Drawing.Faces;
using Smirk.Files.Exact;
using Smirk.Files.Posix;
using Smirk.Imaging.Writing;
using Smirk.Workspace;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Tests.Near;

/// <summary>Files that go while `dupes --near` is at work.</summary>
public sealed class VanishedFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public VanishedFilesTests()
    {
        for (var i = 0; i < 3; i++)
        {
            var face = FacePainter.Paint(TraitSampler.Sample(new Random(1003 + i)), 256, 256);
            _folder.Write($"{i}.png", PictureWriter.Png(face));
            _folder.Write($"{i} small.jpg", PictureWriter.Jpeg(face.Resize(160, 160)));
            _folder.Write($"{i} again.jpg", PictureWriter.Jpeg(face, 70));
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("reading", "0.png")]
    [InlineData("reading", "0 small.jpg")]
    [InlineData("comparing", "0.png")]
    [InlineData("comparing", "0 again.jpg")]
    public void A_file_that_vanishes_is_refused_by_name_and_the_others_are_compared(string after, string gone)
    {
        var result = Run(new RemoveAfter(after, Path.Combine(_folder.Path, gone)));
        Assert.Contains(result.Refused, r => r.Path.ToText().EndsWith("/" + gone, StringComparison.Ordinal) && r.Reason == "has vanished");
        Assert.Single(result.Refused);
        Assert.Equal(3, result.Groups.Count);
        Assert.Equal([1, 2, 2], result.Groups.Select(g => g.Members.Count).Order());
        Assert.DoesNotContain(result.Groups.SelectMany(g => g.Files), f => f.Path.ToText().EndsWith("/" + gone, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_with_the_same_pixels_stands_in_for_one_that_vanished()
    {
        File.Copy(Path.Combine(_folder.Path, "0.png"), Path.Combine(_folder.Path, "0 twin.png"));
        var result = Run(new RemoveAfter("reading", Path.Combine(_folder.Path, "0 twin.png")));
        Assert.EndsWith("/0 twin.png", Assert.Single(result.Refused).Path.ToText(), StringComparison.Ordinal);
        Assert.Equal([2, 2, 2], result.Groups.Select(g => g.Members.Count));
        Assert.Contains(result.Groups.SelectMany(g => g.Files), f => f.Path.ToText().EndsWith("/0.png", StringComparison.Ordinal));
    }

    [Fact]
    public void A_picture_that_is_missing_from_a_workspace_is_refused_by_name()
    {
        using var workspace = SmirkWorkspace.Open(Path.Combine(_folder.Path, "ws"));
        new ImportStage(workspace).Run(new ImportOptions { Sources = Directory.GetFiles(_folder.Path) });
        File.Delete(workspace.Pictures.PathOf(workspace.Catalog.Pictures.All()[0].Sha256));
        var warned = new List<StageWarned>();
        var result =
            new NearStage(workspace).Run(new NearOptions { CacheBytes = 0 }, new Warnings(warned), TestContext.Current.CancellationToken);
        Assert.Contains("is missing from", Assert.Single(warned).Reason, StringComparison.Ordinal);
        Assert.Equal(3, result.Findings.Groups.Count);
    }

    [Fact]
    public void All_files_may_vanish()
    {
        var result = Run(new RemoveAfter("reading", [.. Directory.GetFiles(_folder.Path)]));
        Assert.Empty(result.Groups);
        Assert.NotEmpty(result.Refused);
        var page =
            NearPage.Write(_folder.File("report/x")[..^2], result.Findings, result.Inputs, null, null,
                TestContext.Current.CancellationToken);
        Assert.True(File.Exists(page));
    }

    private NearSearchResult Run(RemoveAfter remove) => NearDuplicates.Run(
        new ExactOptions { Paths = [RawPath.FromText(_folder.Path)] }, new NearOptions { CacheBytes = 0 }, remove,
            TestContext.Current.CancellationToken);

    private sealed class Warnings(List<StageWarned> warned) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            if (value is StageWarned warning)
                warned.Add(warning);
        }
    }

    /// <summary>Removes files when a part of the work is done.</summary>
    private sealed class RemoveAfter(string part, params string[] paths) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            if (value is not StageAdvanced { Detail: { } detail } advanced || detail != part || advanced.Done < advanced.Total)
                return;
            foreach (var path in paths)
                File.Delete(path);
        }
    }
}
