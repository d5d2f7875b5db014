using Smirk.Dataset.Crop;
using Smirk.Dataset.Crop.Stage;
using Smirk.Dataset.Import;
using Smirk.Dataset.Pack;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Writing;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;

namespace Smirk.Dataset.Tests.Pack;

public sealed class LikePackTests : IDisposable
{
    private const int Size = 64;

    private readonly TemporaryFolder _folder = new();

    private static string Detector => TestData.Require("lbpcascade_animeface.xml");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_picture_is_cut_as_the_pack_cut_it()
    {
        using var workspace = Import(12);
        new CropStage(workspace).Run(new CropStageOptions
        {
            Mode = CropMode.Faces,
            Faces = new CropOptions { Detector = Detector, Margin = 0.8, Largest = true, Threads = 2 },
        });
        var pack = new PackStage(workspace).Run(new PackOptions { Size = Size });
        using var reader = PackReader.Open(pack.Folder);
        var alike = 0;
        reader.Read((first, pixels) =>
        {
            for (var i = 0; i < pixels.Length / (3 * Size * Size); i++)
            {
                var row = reader.Rows[first + i];
                var cut = Cut(workspace, workspace.Pictures.Read(row.Picture));
                Assert.Equal(CutBy.Face, cut.By);
                var packed = pixels.Slice(i * 3 * Size * Size, 3 * Size * Size);
                if (cut.Box.SequenceEqual(row.Crop!) && Difference(cut.Square.Pixels, packed) < 4)
                    alike++;
            }
        });
        Assert.True(alike >= reader.Count * 0.9, $"{alike} of {reader.Count} rows");
    }

    [Fact]
    public void Whole_pictures_and_boxes_are_taken_as_they_are()
    {
        using var workspace = Import(2);
        var bytes = workspace.Pictures.Read(workspace.Catalog.Pictures.Kept()[0].Sha256);
        var header = PictureReader.ReadHeader(bytes);
        Assert.Equal(CutBy.Whole, Cut(workspace, bytes).By);
        var padded = new LikePack(workspace).Cut(bytes, new LikePackOptions { Size = Size, Fit = PackFit.Pad });
        Assert.Equal([0, 0, header.Width, header.Height], padded.Box);
        var box = new LikePack(null).Cut(bytes, new LikePackOptions { Size = Size, Box = [10, 20, 50, 50] });
        Assert.Equal((CutBy.Box, Size), (box.By, box.Square.Width));
        Assert.Equal([10, 20, 50, 50], box.Box);
        foreach (var wrong in new int[][] { [1, 2, 3], [0, 0, 0, 5], [100_000, 0, 5, 5], [-5, 0, 5, 5], [0, 0, 100_000, 5] })
            Assert.Throws<UsageException>(() => new LikePack(null).Cut(bytes, new LikePackOptions { Size = Size, Box = wrong }));
        Assert.Throws<UnusablePictureException>(() => Cut(workspace, "no picture"u8.ToArray()));
    }

    [Fact]
    public void A_picture_gets_the_packs_shape_and_a_box_what_lies_around_it()
    {
        var bytes = PictureWriter.Png(DrawnPictures.Draw(1, 300, 200));
        var options = new LikePackOptions { Size = Size, Aspect = Aspect.Parse("2:3") };
        var whole = new LikePack(null).Cut(bytes, options);
        Assert.Equal([83, 0, 133, 200], whole.Box);
        Assert.Equal(DrawnPictures.Draw(1, 300, 200).Crop(83, 0, 133, 200).Resize(Size, Size).Pixels, whole.Square.Pixels);
        Assert.Equal([0, 0, 300, 200], new LikePack(null).Cut(bytes, options with { Fit = PackFit.Pad }).Box);
        Assert.Equal([100, 25, 100, 150], new LikePack(null).Cut(bytes, options with { Box = [100, 50, 100, 100] }).Box);

        // Moved into the picture, and beyond it only where it is too large.
        Assert.Equal([100, 50, 100, 150], new LikePack(null).Cut(bytes, options with { Box = [100, 100, 100, 100] }).Box);
        Assert.Equal([50, -50, 200, 300], new LikePack(null).Cut(bytes, options with { Box = [50, 0, 200, 200] }).Box);
    }

    [Fact]
    public void A_face_is_cut_as_a_pack_of_another_shape_cut_it()
    {
        using var workspace = Import(6);
        new CropStage(workspace).Run(new CropStageOptions
        {
            Mode = CropMode.Faces,
            Faces = new CropOptions { Detector = Detector, Margin = 0.8, Largest = true, Threads = 2 },
        });
        var aspect = Aspect.Parse("2:3");
        var pack = new PackStage(workspace).Run(new PackOptions { Size = Size, Aspect = aspect });
        var rows = PackLines.Read(Path.Combine(pack.Folder, PackFolder.Lines));
        var alike = rows.Count(row => new LikePack(workspace).Cut(workspace.Pictures.Read(row.Picture),
            new LikePackOptions { Size = Size, Aspect = aspect, Detector = Detector }).Box.SequenceEqual(row.Crop!));
        Assert.True(alike >= rows.Count * 0.8, $"{alike} of {rows.Count} rows");
    }

    [Fact]
    public void A_picture_without_a_face_is_cut_in_the_middle_and_says_so()
    {
        using var workspace = Import(6);
        new CropStage(workspace).Run(new CropStageOptions { Mode = CropMode.Faces, Faces = new CropOptions { Detector = Detector } });
        var flat = new byte[200 * 120 * 3];
        for (var i = 0; i < flat.Length; i++)
            flat[i] = (byte)(i / 600);
        var cut = Cut(workspace, MadePictures.Png(200, 120, 3, 8, flat));
        Assert.Equal(CutBy.CentreForWantOfFace, cut.By);
        Assert.Equal([40, 0, 120, 120], cut.Box);
        new CropStage(workspace).Run(new CropStageOptions { Mode = CropMode.Centre });
        Assert.Contains(Cut(workspace, MadePictures.Png(200, 120, 3, 8, flat)).By, (CutBy[])[CutBy.Centre, CutBy.Whole]);
    }

    private CutPicture Cut(SmirkWorkspace workspace, byte[] bytes) =>
        new LikePack(workspace).Cut(bytes, new LikePackOptions { Size = Size, Detector = Detector });

    private SmirkWorkspace Import(int count)
    {
        var scenes = Directory.GetFiles(TestData.Require("scenes"), "*", SearchOption.AllDirectories).Order().Take(count);
        foreach (var scene in scenes)
            _folder.Write("scenes/" + Path.GetFileName(scene), File.ReadAllBytes(scene));
        var workspace = SmirkWorkspace.Open(Path.Combine(_folder.Path, "ws"));
        new ImportStage(workspace).Run(new ImportOptions { Sources = [Path.Combine(_folder.Path, "scenes")] });
        return workspace;
    }

    private static double Difference(byte[] interleaved, ReadOnlySpan<byte> planes)
    {
        double sum = 0;
        for (var i = 0; i < interleaved.Length; i++)
            sum += Math.Abs(interleaved[i] - planes[(i % 3 * Size * Size) + (i / 3)]);
        return sum / interleaved.Length;
    }
}
