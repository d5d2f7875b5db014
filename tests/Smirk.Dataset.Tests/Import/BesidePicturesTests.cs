using Smirk.Dataset.Import;
using Smirk.Files.Posix;
using Smirk.Workspace;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Tests.Import;

/// <summary>What lies in people's folders beside pictures: sidecars, texts, links.</summary>
public sealed class BesidePicturesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<StageProgress> _told = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_of_a_known_kind_are_counted_in_one_line_and_nobody_is_warned_of_them()
    {
        _folder.Write("in/a.png", DrawnPictures.Png(1));
        _folder.Write("in/a.png.xmp", "<?xml version='1.0'?><x/>"u8);
        _folder.Write("in/a.json", """{"title":"a"}"""u8);
        _folder.Write("in/b.json", """["b"]"""u8);
        _folder.Write("in/notes.txt", "some notes"u8);
        _folder.Write("in/clip.mp4", "\0\0\0\u0018ftypisom\0\0\0\0isom"u8);
        for (var run = 0; run < 2; run++)
        {
            _told.Clear();
            var result = Import();
            Assert.Empty(result.Refused);
            // a.json is read as what comes with a.png.
            Assert.Equal((5, 1), (result.Counts.In, result.Counts.Out));
            Assert.Equal(["a JSON text=1", "a text=1", "a video (MP4)=1", "an XML text=1"],
                result.OtherFiles.Select(k => $"{k.Key}={k.Value}"));
            Assert.Empty(_told.OfType<StageWarned>());
            Assert.Single(_told.OfType<StageSaid>(), said => said.Text.Contains("4 files aren't pictures", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void What_is_named_like_a_picture_or_of_no_known_kind_is_warned_of()
    {
        _folder.Write("in/a.png", DrawnPictures.Png(1));
        _folder.Write("in/page.jpg", "<!doctype html><p>404"u8);
        _folder.Write("in/what", [1, 2, 3, 4, 5]);
        var result = Import();
        Assert.Equal(2, result.Refused.Count);
        Assert.Empty(result.OtherFiles);
    }

    [Fact]
    public void A_link_out_of_the_source_is_followed_only_when_asked()
    {
        _folder.Write("in/a.png", DrawnPictures.Png(1));
        File.CreateSymbolicLink(_folder.File("in/inside.png"), "a.png");
        File.CreateSymbolicLink(_folder.File("in/outside.png"), _folder.Write("secret/b.png", DrawnPictures.Png(2)));
        File.CreateSymbolicLink(_folder.File("in/sibling.png"), _folder.Write("in-2/c.png", DrawnPictures.Png(3)));
        var result = Import();
        Assert.Equal((2, 2), (result.Counts.In, result.Counts.Out));
        Assert.Empty(result.Refused);
        Assert.Contains("2 links out of", Assert.Single(_told.OfType<StageSaid>()).Text, StringComparison.Ordinal);
        Assert.Equal(4, Import(o => o with { FollowLinks = true }).Counts.Out);

        // A link that the person names is meant.
        Assert.Equal(1, Import(o => o with { Sources = [_folder.File("in/outside.png")] }).Counts.Out);
    }

    [Fact]
    public void Limits_are_the_persons_to_set()
    {
        _folder.Write("in/small.png", DrawnPictures.Png(1, 20, 20));
        var large = new FileInfo(_folder.Write("in/large.png", DrawnPictures.Png(2, 200, 200))).Length;
        Assert.Equal(1, Import().Counts.Out);
        Assert.Equal(2, Import(o => o with { SmallestSide = 16 }, "b").Counts.Out);
        Assert.Contains("0.04 million pixels, at most 0.01 million", Import(o => o with { SmallestSide = 16, MaxPixels = 10_000 }, "c")
            .Refused.Single().Reason, StringComparison.Ordinal);
        Assert.Contains("too long", Import(o => o with { SmallestSide = 16, MaxBytes = large - 1 }, "d").Refused.Single().Reason,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\nb", @"$'a\nb'", @"a\nb")]
    [InlineData("a\u001b[31mb", @"$'a\033[31mb'", @"a\033[31mb")]
    [InlineData("a\u202eb", @"$'a\342\200\256b'", @"a\342\200\256b")]
    [InlineData("Grüße 写真.png", "Grüße 写真.png", "Grüße 写真.png")]
    public void One_printer_escapes_names_alone_and_in_sentences(string name, string shown, string inSentence)
    {
        Assert.Equal(shown, RawPath.FromText(name).ToString());
        Assert.Equal(shown, ShellText.Show(name));
        Assert.Equal($"the file {inSentence} isn't one", ShellText.OneLine($"the file {name} isn't one"));
    }

    private ImportResult Import(Func<ImportOptions, ImportOptions>? with = null, string workspace = "ws")
    {
        using var opened = SmirkWorkspace.Open(_folder.File(workspace));
        var options = new ImportOptions { Sources = [_folder.File("in")], Threads = 1 };
        return new ImportStage(opened).Run(with?.Invoke(options) ?? options, new Listener(_told));
    }

    private sealed class Listener(List<StageProgress> told) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            lock (told)
                told.Add(value);
        }
    }
}
