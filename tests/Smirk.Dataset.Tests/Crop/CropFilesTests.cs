using Smirk.Dataset.Crop;
using Smirk.Dataset.Crop.Files;
using Smirk.Dataset.Crop.Ranking;
using Smirk.Dataset.Crop.Report;
using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Writing;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Tests.Crop;

public sealed class CropFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CropOptions Options => new() { Detector = TestData.Require("lbpcascade_animeface.xml"), Threads = 2 };

    private static Picture Portrait(int number) =>
        PictureReader.DecodeFile(Directory.GetFiles(TestData.Require("validation")).Order(StringComparer.Ordinal).ElementAt(number));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_cuts_squares_and_leaves_the_files_alone()
    {
        var path = _folder.Write("in/face.png", PictureWriter.Png(Portrait(3)));
        var before = File.ReadAllBytes(path);
        var result = new CropFiles().Run([Path.Combine(_folder.Path, "in")], Options, Path.Combine(_folder.Path, "out"));
        var cut = PictureReader.DecodeFile(Assert.Single(result.Written));
        Assert.Equal(cut.Width, cut.Height);
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal((1, 1), (result.Files[0].Chosen, (int)result.Counts.Out));
    }

    [Fact]
    public void Run_again_writes_the_same_files_and_overwrites_no_other()
    {
        _folder.Write("in/face.png", PictureWriter.Png(Portrait(3)));
        var other = _folder.Write("out/face.png", "mine"u8);
        var first = new CropFiles().Run([Path.Combine(_folder.Path, "in")], Options, Path.Combine(_folder.Path, "out"));
        var second = new CropFiles().Run([Path.Combine(_folder.Path, "in")], Options, Path.Combine(_folder.Path, "out"));
        Assert.Equal(first.Written, second.Written);
        Assert.Equal("mine", File.ReadAllText(other));
    }

    [Fact]
    public void A_file_that_vanishes_between_finding_faces_and_cutting_is_refused_by_name()
    {
        var gone = _folder.Write("in/a.png", PictureWriter.Png(Portrait(3)));
        _folder.Write("in/b.png", PictureWriter.Png(Portrait(5)));
        var result =
            new CropFiles().Run([Path.Combine(_folder.Path, "in")], Options, Path.Combine(_folder.Path, "out"), new RemoveWhenFound(gone));
        Assert.StartsWith("refused: unreadable", result.Files[0].Reason, StringComparison.Ordinal);
        Assert.EndsWith("/out/b.png", Assert.Single(result.Written), StringComparison.Ordinal);
        Assert.Equal(1, result.Counts.Left["refused"]);
    }

    private sealed class RemoveWhenFound(string path) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            if (value is StageAdvanced { Stage: CropFiles.Name, Done: 2 })
                File.Delete(path);
        }
    }

    [Fact]
    public void Run_takes_the_same_face_once()
    {
        _folder.Write("in/a.png", PictureWriter.Png(Portrait(3)));
        _folder.Write("in/b.jpg", PictureWriter.Jpeg(Portrait(3), 80));
        _folder.Write("in/c.png", PictureWriter.Png(Portrait(5)));
        var result = new CropFiles().Run([Path.Combine(_folder.Path, "in")], Options, null);
        Assert.Equal([1, 0, 1], result.Files.Select(f => f.Chosen));
        Assert.Contains("a.png", result.Files[1].Reason, StringComparison.Ordinal);
        Assert.Equal(1, result.Counts.Left["duplicate"]);
    }

    [Fact]
    public void Run_names_what_it_refuses_and_goes_on()
    {
        var good = PictureWriter.Png(Portrait(3));
        _folder.Write("in/good.png", good);
        _folder.Write("in/cut.png", good.AsSpan(0, good.Length / 2));
        _folder.Write("in/notes.txt", "no picture"u8);
        var result = new CropFiles().Run([Path.Combine(_folder.Path, "in")], Options, null);
        Assert.Equal(2, result.Files.Count);
        Assert.NotNull(result.Files.Single(f => f.Path.EndsWith("cut.png", StringComparison.Ordinal)).Refused);
        Assert.Equal(1, result.Files.Single(f => f.Path.EndsWith("good.png", StringComparison.Ordinal)).Chosen);
    }

    [Theory]
    [InlineData(NoFace.Drop, 0, 0)]
    [InlineData(NoFace.Centre, 1, 1)]
    [InlineData(NoFace.Keep, 0, 1)]
    public void Pictures_without_a_face_go_where_the_person_said(NoFace noFace, int chosen, int written)
    {
        _folder.Write("in/a.png", DrawnPictures.Png(1, 200, 120));
        var result =
            new CropFiles().Run([Path.Combine(_folder.Path, "in")], Options with { NoFace = noFace }, Path.Combine(_folder.Path, "out"));
        Assert.Equal((chosen, written), (result.Files[0].Chosen, result.Written.Count));
        Assert.Equal(written, result.Counts.Out);
    }

    [Fact]
    public void Largest_takes_one_of_two_faces_and_lists_it_first()
    {
        var scene = new Picture(500, 300, 90, 120, 90);
        Paste(scene, Portrait(3).Resize(200, 200), 20, 50);
        Paste(scene, Portrait(5).Resize(150, 150), 300, 60);
        _folder.Write("in/a.png", PictureWriter.Png(scene));
        var all = new CropFiles().Run([Path.Combine(_folder.Path, "in")], Options, null);
        var largest = new CropFiles().Run([Path.Combine(_folder.Path, "in")], Options with { Largest = true }, null);
        Assert.Equal((2, 1), (all.Files[0].Chosen, largest.Files[0].Chosen));
        Assert.InRange(largest.Files[0].Found!.Faces[0].CentreX, 60, 180);
    }

    [Fact]
    public void Small_faces_are_found_but_not_used()
    {
        _folder.Write("in/a.png", PictureWriter.Png(Portrait(3)));
        var result = new CropFiles().Run([Path.Combine(_folder.Path, "in")], Options with { MinFace = 100 }, null);
        Assert.Equal((1, 0), (result.Files[0].Found!.Faces.Count, result.Files[0].Chosen));
        Assert.Equal(1, result.Counts.Left["small"]);
    }

    [Fact]
    public void Measures_show_what_is_wrong_and_rules_drop_it()
    {
        var portrait = Portrait(3).Resize(256, 256);
        var enlarged = portrait.Resize(30, 30).Resize(256, 256);
        var grey = new Picture(256, 256, [.. portrait.Pixels.Chunk(3).SelectMany(p => Enumerable.Repeat(p[1], 3))]);
        foreach (var (name, picture) in new[] { ("a", portrait), ("blurry", enlarged), ("grey", grey) })
            _folder.Write($"in/{name}.png", PictureWriter.Png(picture));
        foreach (var name in (string[])["blurry", "grey"])
        {
            var found = new CropFiles()
                .Run([Path.Combine(_folder.Path, "in", $"{name}.png")], Options with { Drop = DropRules.Parse("blurry,grey,dark") },
                    null).Files[0].Found!;
            Assert.Equal(name, found.Crops[0].Rank.Dropped);
        }

        var good = new CropFiles()
            .Run([Path.Combine(_folder.Path, "in", "a.png")], Options with { Drop = DropRules.Parse("blurry,grey,dark,small") }, null);
        Assert.Equal(1, good.Files[0].Chosen);
    }

    [Fact]
    public void The_report_is_one_page_with_everything_in_it()
    {
        _folder.Write("in/<b>.png", PictureWriter.Png(Portrait(3)));
        var result = new CropFiles().Run([Path.Combine(_folder.Path, "in")], Options, null);
        var page = File.ReadAllText(new CropReport().Write(result.Files, Path.Combine(_folder.Path, "report")));
        Assert.Contains("&lt;b&gt;.png", page, StringComparison.Ordinal);
        Assert.Contains("<rect class=\"kept\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"/", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_lists_the_doubtful_last()
    {
        _folder.Write("in/a.png", PictureWriter.Png(Portrait(3).Resize(30, 30).Resize(256, 256)));
        _folder.Write("in/b.png", PictureWriter.Png(Portrait(5).Resize(256, 256)));
        _folder.Write("in/c.png", DrawnPictures.Png(1, 200, 120));
        var result = new CropFiles().Run([Path.Combine(_folder.Path, "in")], Options, null);
        var page = File.ReadAllText(new CropReport().Write(result.Files, Path.Combine(_folder.Path, "report")));
        int[] places = [page.IndexOf("b.png</h3>", StringComparison.Ordinal), page.IndexOf("c.png</h3>", StringComparison.Ordinal),
            page.IndexOf("id=\"doubtful\"", StringComparison.Ordinal), page.IndexOf("a.png</h3>", StringComparison.Ordinal)];
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(255)]
    public void Nothing_is_found_in_flat_pictures_and_noise(int noise)
    {
        var random = new Random(noise);
        for (var i = 0; i < 12; i++)
        {
            var picture = new Picture(400 + (i * 30), 300 + (i * 20), (byte)(i * 20), 120, (byte)(255 - (i * 20)));
            for (var at = 0; noise > 0 && at < picture.Pixels.Length; at++)
                picture.Pixels[at] = (byte)Math.Clamp(picture.Pixels[at] + random.Next(-noise, noise + 1), 0, 255);
            _folder.Write($"in/{i}.png", PictureWriter.Png(picture));
        }

        Assert.All(new CropFiles().Run([Path.Combine(_folder.Path, "in")], Options, null).Files, f => Assert.Empty(f.Found!.Faces));
    }

    [Fact]
    public void Run_says_what_is_wrong_with_the_detector_or_the_path()
    {
        var text = _folder.Write("no.xml", "<a>"u8);
        var picture = _folder.Write("a.png", DrawnPictures.Png(1));
        Assert.Contains("no.xml", Assert.Throws<UnusableInputException>(
            () => new CropFiles().Run([picture], Options with { Detector = text }, null)).Message, StringComparison.Ordinal);
        Assert.Throws<UnusableInputException>(() => new CropFiles().Run([picture + "x"], Options, null));
        Assert.Throws<UsageException>(() => DropRules.Parse("ugly"));
        Assert.Throws<UsageException>(() => DropRules.Parse("small=x"));
        Assert.Equal(96, DropRules.Parse("grey, small=96").Small);
    }

    private static void Paste(Picture into, Picture what, int x, int y)
    {
        for (var row = 0; row < what.Height; row++)
            what.Row(row).CopyTo(into.Row(y + row)[(x * 3)..]);
    }
}
