using Smirk.Dataset.Crop;
using Smirk.Dataset.Crop.Stage;
using Smirk.Dataset.Import;
using Smirk.Dataset.Pack;
using Smirk.Imaging.Reading;
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
