using Smirk.Dataset.Crop;
using Smirk.Dataset.Crop.Detectors;
using Smirk.Dataset.Crop.Ranking;
using Smirk.Dataset.Crop.Stage;
using Smirk.Dataset.Decide;
using Smirk.Dataset.Import;
using Smirk.Dataset.Pack;
using Smirk.Dataset.Story;
using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Writing;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Tests.Crop;

public sealed class CropStageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CropOptions Faces => new() { Detector = TestData.Require("lbpcascade_animeface.xml"), Threads = 2 };

    private static DetectorSource Nowhere => new()
    {
        Address = new Uri("http://127.0.0.1:9/none.xml"),
        CacheFolder = "/nowhere/cache",
        PhotoFolders = [],
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Faces_become_recipes_that_the_pack_cuts()
    {
        using var workspace = Import(Scene(3, 60, 40), Scene(5, 250, 90), Empty());
        var result = new CropStage(workspace).Run(new CropStageOptions { Mode = CropMode.Faces, Faces = Faces });
        Assert.Equal((3L, 2L, 2), (result.Counts.In, result.Counts.Out, result.Crops));
        Assert.Equal(1, result.Counts.Left["without a face"]);
        Assert.All(workspace.Catalog.Crops.Chosen(), c => Assert.Equal(0.6, c.Margin));
        Assert.True(File.Exists(result.Report));
        Assert.Contains("2 crops are used for training", result.Panel);
        Assert.InRange(result.Panel!.Split("<figure>").Length - 1, 2, 4);
        Assert.DoesNotMatch("(src|href)=\"(?!data:)", result.Panel);
        Assert.Equal(2, new PackStage(workspace).Run(new PackOptions()).Rows);
    }

    [Fact]
    public void Another_margin_needs_no_new_search_and_gives_other_crops()
    {
        using var workspace = Import(Scene(3, 60, 40), Scene(5, 250, 90));
        new CropStage(workspace).Run(new CropStageOptions { Mode = CropMode.Faces, Faces = Faces });
        var before = new PackStage(workspace).Run(new PackOptions()).Fingerprint;
        new CropStage(workspace).Run(new CropStageOptions { Mode = CropMode.Faces, Faces = Faces });
        Assert.Equal(before, new PackStage(workspace).Run(new PackOptions()).Fingerprint);
        new CropStage(workspace).Run(new CropStageOptions { Mode = CropMode.Faces, Faces = Faces with { Margin = 0.9 } });
        Assert.NotEqual(before, new PackStage(workspace).Run(new PackOptions()).Fingerprint);
        Assert.All(workspace.Catalog.Crops.Chosen(), c => Assert.Equal(0.9, c.Margin));
    }

    [Fact]
    public void Off_takes_the_crops_back()
    {
        using var workspace = Import(Scene(3, 60, 40), Empty());
        new CropStage(workspace).Run(new CropStageOptions { Mode = CropMode.Faces, Faces = Faces });
        Assert.Null(new CropStage(workspace).Run(new CropStageOptions { Mode = CropMode.Off }).Panel);
        Assert.Empty(workspace.Catalog.Crops.All());
        Assert.Equal(2, workspace.Catalog.Pictures.Kept().Count);
    }

    [Fact]
    public void A_search_that_is_stopped_leaves_the_earlier_crops()
    {
        using var workspace = Import(Scene(3, 60, 40), Scene(5, 250, 90), Empty());
        new CropStage(workspace).Run(new CropStageOptions { Mode = CropMode.Faces, Faces = Faces });
        var (crops, decisions) = (workspace.Catalog.Crops.All(), workspace.Catalog.Decisions.All());
        using var stop = new CancellationTokenSource();
        var options = new CropStageOptions { Mode = CropMode.Faces, Faces = Faces with { Margin = 0.9, NoFace = NoFace.Keep } };
        Assert.ThrowsAny<OperationCanceledException>(() => new CropStage(workspace).Run(options, new Stopping(stop), stop.Token));
        Assert.Equal(crops, workspace.Catalog.Crops.All());
        Assert.Equal(decisions, workspace.Catalog.Decisions.All());
        Assert.Equal(2, new PackStage(workspace).Run(new PackOptions()).Rows);
    }

    [Fact]
    public void A_picture_that_was_dropped_is_looked_at_again_and_its_reasons_are_codes()
    {
        using var workspace = Import(Scene(3, 60, 40), Empty());
        new CropStage(workspace)
            .Run(new CropStageOptions
            {
                Mode = CropMode.Faces,
                Faces = Faces with { MinFace = 48, Drop = new DropRules { Small = 1000 } }
            });
        var decisions = workspace.Catalog.Decisions.OfStage(CropStage.Name);
        Assert.Equal(["small", "without-face"], decisions.Select(d => d.Kind));
        Assert.Equal(["faces", "small"], decisions[0].Reasons.Select(r => r.Code));
        Assert.Matches("^1 face, none usable: the face is small \\([0-9]+ pixels\\)$", new DecisionWords(workspace.Catalog)
            .Of(decisions[0]));
        Assert.Empty(workspace.Catalog.Pictures.Kept());
        new CropStage(workspace).Run(new CropStageOptions { Mode = CropMode.Faces, Faces = Faces });
        Assert.Single(workspace.Catalog.Pictures.Kept());
    }

    [Fact]
    public void Auto_cuts_scenes_and_leaves_portraits_and_other_things_alone()
    {
        using (var scenes = Import(Scene(3, 60, 40), Scene(5, 250, 90), Scene(7, 100, 60)))
            Assert.Equal(CropMode.Faces, new CropStage(scenes).Run(new CropStageOptions { Faces = Faces }).Mode);
        Directory.Delete(Path.Combine(_folder.Path, "ws"), recursive: true);
        Directory.Delete(Path.Combine(_folder.Path, "in"), recursive: true);
        using var portraits = Import(Portrait(3), Portrait(5), Portrait(7));
        var said = new Said();
        Assert.Equal(CropMode.Off, new CropStage(portraits).Run(new CropStageOptions { Faces = Faces }, said).Mode);
        Assert.Contains(said.Lines, l => l.Contains("portraits already", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_detector_auto_takes_the_middle_and_says_so_and_faces_is_an_error()
    {
        using var workspace = Import(Scene(3, 60, 40), Portrait(5));
        var said = new Said();
        var result = new CropStage(workspace, Nowhere).Run(new CropStageOptions(), said);
        Assert.Equal((CropMode.Centre, 1), (result.Mode, result.Crops));
        Assert.Contains("--detector", Assert.Single(said.Warned), StringComparison.Ordinal);
        Assert.Throws<MissingDependencyException>(
            () => new CropStage(workspace, Nowhere).Run(new CropStageOptions { Mode = CropMode.Faces }));
        Assert.Equal(CropMode.Centre, new CropStage(workspace, Nowhere).Run(new CropStageOptions { Mode = CropMode.Centre }).Mode);
    }

    [Fact]
    public void Without_the_cascade_for_drawings_that_for_photographs_is_used_and_the_person_is_warned()
    {
        var photo = Nowhere with { PhotoFolders = new DetectorSource().PhotoFolders };
        Assert.SkipUnless(photo.PhotoFolders.Any(Directory.Exists), "OpenCV's cascades (apt: opencv-data) aren't here");
        using var workspace = Import(Scene(3, 60, 40), Portrait(5));
        var said = new Said();
        var result = new CropStage(workspace, photo).Run(new CropStageOptions(), said);
        Assert.NotEqual(CropMode.Centre, result.Mode);
        Assert.Contains("detector for photographs is used", Assert.Single(said.Warned), StringComparison.Ordinal);
        Assert.Contains(Nowhere.CacheFolder, said.Warned[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_persons_box_goes_before_what_was_found()
    {
        using var workspace = Import(Scene(3, 60, 40), Empty());
        var empty = workspace.Catalog.Pictures.Kept()[1];
        var word = new PersonsWord(workspace);
        word.Decide("1.png", NearWord.Keep, PersonsBox.Parse("10,10,80,80"));
        word.Decide("1.png", NearWord.Keep, new PersonsBox(1, 1, 20, 20));
        word.Undo();
        new CropStage(workspace).Run(new CropStageOptions { Mode = CropMode.Faces, Faces = Faces with { Margin = 1 } });
        Assert.Equal(2, workspace.Catalog.Crops.Chosen().Count);
        Assert.Equal(2, workspace.Catalog.Pictures.Kept().Count);
        var persons = workspace.Catalog.Crops.OfPicture(empty.Id).Single(c => c.By == "person");
        Assert.Equal((10, 80, 1.0), (persons.X, persons.Width, persons.Margin));
    }

    [Theory]
    [InlineData("10,10,80")]
    [InlineData("10,10,0,80")]
    [InlineData("-1,10,80,80")]
    [InlineData("a,b,c,d")]
    [InlineData("10,10,80,99999999999")]
    public void What_is_no_box_is_refused(string text) => Assert.Throws<UsageException>(() => PersonsBox.Parse(text));

    [Fact]
    public void A_box_outside_the_picture_is_refused_and_nothing_written()
    {
        using var workspace = Import(Empty());
        Assert.Contains("500 × 300", Assert.Throws<UsageException>(
            () => new PersonsWord(workspace)
            .Decide("0.png", NearWord.Keep, new PersonsBox(0, 0, 50, 50), new PersonsBox(450, 0, 60, 60))).Message);
        Assert.Empty(workspace.Catalog.Crops.All());
    }

    private static Picture Portrait(int number) =>
        PictureReader.DecodeFile(Directory.GetFiles(TestData.Require("validation")).Order(StringComparer.Ordinal).ElementAt(number));

    private static Picture Empty() => DrawnPictures.Draw(9, 500, 300);

    private static Picture Scene(int number, int x, int y)
    {
        var scene = new Picture(500, 300, (byte)(40 * number), 120, 90);
        var portrait = Portrait(number);
        for (var row = 0; row < portrait.Height; row++)
            portrait.Row(row).CopyTo(scene.Row(y + row)[(x * 3)..]);
        return scene;
    }

    private SmirkWorkspace Import(params Picture[] pictures)
    {
        for (var i = 0; i < pictures.Length; i++)
            _folder.Write($"in/{i}.png", PictureWriter.Png(pictures[i]));
        var workspace = SmirkWorkspace.Open(Path.Combine(_folder.Path, "ws"));
        new ImportStage(workspace).Run(new ImportOptions { Sources = [Path.Combine(_folder.Path, "in")] });
        return workspace;
    }

    private sealed class Stopping(CancellationTokenSource stop) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => stop.Cancel();
    }

    private sealed class Said : IProgress<StageProgress>
    {
        public List<string> Lines { get; } = [];

        public List<string> Warned { get; } = [];

        public void Report(StageProgress value)
        {
            if (value is StageSaid said)
                Lines.Add(said.Text);
            else if (value is StageWarned warned)
                Warned.Add(warned.Reason);
        }
    }
}
