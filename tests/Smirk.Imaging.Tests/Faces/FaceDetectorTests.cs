using System.Text.Json;
using Smirk.Imaging.Faces;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Vision;

namespace Smirk.Imaging.Tests.Faces;

public class FaceDetectorTests
{
    private static FaceDetector Detector() => new(File.ReadAllBytes(TestData.Require("lbpcascade_animeface.xml")), FaceKind.Anime);

    private static IEnumerable<string> Portraits(int count) =>
        Directory.GetFiles(TestData.Require("validation")).Order(StringComparer.Ordinal).Take(count);

    [Fact]
    public void Find_gives_one_box_for_a_portrait()
    {
        using var detector = Detector();
        var portraits = Portraits(30).Select(p => detector.Find(PictureReader.DecodeFile(p)).Count).ToList();
        Assert.InRange(portraits.Count(n => n == 1), 29, 30);
    }

    [Fact]
    public void Find_gives_the_faces_of_scenes_and_little_else()
    {
        var folder = TestData.Require("scenes");
        using var truth = JsonDocument.Parse(File.ReadAllBytes(TestData.Require("scenes.truth.json")));
        using var detector = Detector();
        int hits = 0, all = 0, told = 0;
        foreach (var scene in truth.RootElement.EnumerateObject().Take(40))
        {
            var wanted = scene.Value.EnumerateArray()
                .Select(b => new Face(b.GetProperty("x").GetDouble(), b.GetProperty("y").GetDouble(), b.GetProperty("w").GetDouble(),
                    b.GetProperty("h").GetDouble(), 0, 1)).ToList();
            var found = detector.Find(PictureReader.DecodeFile(Path.Combine(folder, scene.Name)));
            (hits, all, told) =
                (hits + wanted.Count(w => found.Any(f => f.IntersectionOverUnion(w) >= 0.35)), all + wanted.Count, told + found.Count);
        }

        Assert.True(hits >= 0.96 * all, $"{hits} of {all} faces found");
        Assert.True(hits >= 0.97 * told, $"{hits} of {told} boxes are faces");
    }

    [Fact]
    public void Find_gives_nothing_in_flat_and_noise_pictures()
    {
        using var detector = Detector();
        Assert.Empty(detector.Find(new Picture(320, 240, 200, 180, 160)));
        for (var seed = 0; seed < 3; seed++)
        {
            var noise = new byte[400 * 300 * 3];
            new Random(seed).NextBytes(noise);
            Assert.Empty(detector.Find(new Picture(400, 300, noise)));
        }
    }

    [Fact]
    public void Find_tells_which_way_heads_lean()
    {
        using var detector = Detector();
        foreach (var lean in (double[])[-20, 20])
        {
            var angles = Portraits(20)
                .Select(p => PictureReader.DecodeFile(p))
                .Select(p => new PictureWindow(p.Width / 2.0, p.Height / 2.0, 1, -lean, Mirror: false, p.Width, p.Height).Of(p))
                .SelectMany(p => detector.Find(p)).Select(f => f.Angle).Order().ToList();
            Assert.InRange(angles.Count, 17, 23);
            Assert.InRange(angles[angles.Count / 2], lean - 8, lean + 8);
        }
    }

    [Fact]
    public void Find_finds_the_same_from_many_threads()
    {
        using var detector = Detector();
        var pictures = Portraits(8).Select(p => PictureReader.DecodeFile(p)).ToList();
        var alone = pictures.Select(p => detector.Find(p)).ToList();
        var together = new IReadOnlyList<Face>[pictures.Count];
        Parallel.For(0, pictures.Count, i => together[i] = detector.Find(pictures[i]));
        Assert.Equal(alone, together);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 400)]
    [InlineData(23, 23)]
    public void Find_takes_pictures_of_any_shape(int width, int height)
    {
        using var detector = Detector();
        Assert.Empty(detector.Find(new Picture(width, height, 0, 0, 0)));
    }

    [Fact]
    public void Constructor_refuses_what_is_no_cascade()
    {
        Assert.Throws<VisionException>(() => new FaceDetector("<html>no</html>"u8.ToArray(), FaceKind.Anime));
        Assert.Throws<VisionException>(() => new FaceDetector([], FaceKind.Anime));
    }

    [Fact]
    public void A_window_maps_its_points_back_to_the_picture()
    {
        var picture = new Picture(60, 60, 0, 0, 0);
        picture.Row(20)[(40 * 3) + 1] = 255;
        var window = new PictureWindow(35, 25, 2, 15, Mirror: true, 60, 60);
        var seen = window.Of(picture);
        var brightest = Enumerable.Range(0, 3600).MaxBy(i => seen.Pixels[(3 * i) + 1]);
        var (x, y) = window.ToPicture((brightest % 60) + 0.5, (brightest / 60) + 0.5);
        Assert.InRange(x, 39.5, 41.5);
        Assert.InRange(y, 19.5, 21.5);
    }
}
