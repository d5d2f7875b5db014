using System.Security.Cryptography;
using System.Text;
using Smirk.Dataset.Import;
using Smirk.Dataset.Pack;
using Smirk.Imaging;
using Smirk.Imaging.Writing;
using Smirk.Music.Compose;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Safetensors;

namespace Smirk.Dataset.Tests.Pack;

/// <summary>Packs of pictures that aren't square.</summary>
public sealed class PackAspectTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_pack_of_1_to_1_says_nothing_of_its_aspect_and_has_the_fingerprint_of_before()
    {
        using var workspace = Imported(DrawnPictures.Draw(1, 200, 128), DrawnPictures.Draw(2, 90, 128));
        var made = new PackStage(workspace).Run(new PackOptions { Aspect = Aspect.Parse("3:3") });
        var lines = File.ReadAllText(Path.Combine(made.Folder, PackFolder.Lines));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("smirk pack 2, 64 px, Crop\n" + lines))),
            made.Fingerprint);
        using var file = SafetensorsFile.Open(Path.Combine(made.Folder, PackFolder.Pixels));
        Assert.Equal(["smirk.fingerprint", "smirk.fit", "smirk.size"], file.Metadata.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Planes(DrawnPictures.Draw(2, 90, 128).Crop(0, 19, 90, 90).Resize(64, 64)),
            file.Bytes("pictures", 3 * 64 * 64, 3 * 64 * 64).ToArray());
    }

    [Fact]
    public void Another_aspect_makes_the_pack_anew_and_the_same_one_doesnt()
    {
        using var workspace = Imported(DrawnPictures.Draw(1, 200, 128), DrawnPictures.Draw(2, 90, 128));
        var stage = new PackStage(workspace);
        Assert.False(stage.Run(Of("1:1")).WasThere);
        Assert.False(stage.Run(Of("2:3")).WasThere);
        Assert.True(stage.Run(Of("4:6")).WasThere);
        Assert.False(stage.Run(Of("3:2")).WasThere);
        using var reader = PackReader.Open(workspace.PackFolder(64));
        Assert.Equal("3:2", reader.Aspect.ToString());
        Assert.False(stage.Run(Of("1:1")).WasThere);
    }

    [Theory]
    [InlineData("2:3", PackFit.Crop)]
    [InlineData("2:3", PackFit.Pad)]
    [InlineData("16:9", PackFit.Crop)]
    [InlineData("16:9", PackFit.Pad)]
    [InlineData("1:2", PackFit.Crop)]
    public void A_circle_is_a_circle_again_where_it_is_shown(string aspect, PackFit fit)
    {
        using var workspace = Imported(Disc(240, 330), Disc(500, 300), Disc(300, 300));
        var packed = Shown(workspace, Of(aspect) with { Size = 128, Fit = fit });
        foreach (var picture in packed)
        {
            var (width, height) = Extent(picture);
            Assert.InRange((double)width / height, 0.98, 1.02);
        }
    }

    [Fact]
    public void The_middle_of_that_shape_is_cut_out_and_nothing_else()
    {
        using var workspace = Imported(DrawnPictures.Draw(1, 240, 180), DrawnPictures.Draw(2, 90, 200));
        new PackStage(workspace).Run(Of("2:3"));
        using var file = SafetensorsFile.Open(Path.Combine(workspace.PackFolder(64), PackFolder.Pixels));
        Assert.Equal(Planes(DrawnPictures.Draw(1, 240, 180).Crop(60, 0, 120, 180).Resize(64, 64)),
            file.Bytes("pictures", 0, 3 * 64 * 64).ToArray());
        Assert.Equal(Planes(DrawnPictures.Draw(2, 90, 200).Crop(0, 32, 90, 135).Resize(64, 64)),
            file.Bytes("pictures", 3 * 64 * 64, 3 * 64 * 64).ToArray());
    }

    [Theory]
    // Room on both sides; at the upper edge; more than there is, so that the width is cut; a box that isn't square.
    [InlineData(100, 100, 60, 60, "100,85,60,90")]
    [InlineData(100, 0, 60, 60, "100,0,60,90")]
    [InlineData(10, 5, 200, 200, "10,0,200,300")]
    [InlineData(0, 0, 300, 300, "50,0,200,300")]
    [InlineData(100, 100, 30, 90, "85,100,60,90")]
    public void A_crop_grows_within_the_picture_and_is_cut_only_where_there_is_no_room(int x, int y, int width, int height, string box)
    {
        using var workspace = Imported(DrawnPictures.Draw(1, 300, 300), DrawnPictures.Draw(2, 300, 300));
        var picture = workspace.Catalog.Pictures.All()[0].Id;
        workspace.Catalog.Crops.Add(new CropRow(0, picture, x, y, width, height, null, "centre", "smirk"));
        new PackStage(workspace).Run(Of("2:3"));
        var lines = PackLines.Read(Path.Combine(workspace.PackFolder(64), PackFolder.Lines));
        Assert.Equal(box, string.Join(',', lines[0].Crop!));
        var part = box.Split(',').Select(int.Parse).ToArray();
        using var file = SafetensorsFile.Open(Path.Combine(workspace.PackFolder(64), PackFolder.Pixels));
        Assert.Equal(Planes(DrawnPictures.Draw(1, 300, 300).Crop(part[0], part[1], part[2], part[3]).Resize(64, 64)),
            file.Bytes("pictures", 0, 3 * 64 * 64).ToArray());
    }

    [Theory]
    [InlineData(0, PackFit.Crop)]
    [InlineData(30, PackFit.Crop)]
    [InlineData(0, PackFit.Pad)]
    public void A_face_keeps_its_room_and_its_shape(double angle, PackFit fit)
    {
        // A disc of 60 pixels, which the face is taken to be: with a margin of 0.6 the square has 96, and the part 96 × 144.
        using var workspace = Imported(Disc(300, 300), Disc(300, 310));
        var picture = workspace.Catalog.Pictures.All().Single(p => p.Height == 300).Id;
        workspace.Catalog.Crops.Add(
            new CropRow(0, picture, 120, 120, 60, 60, 0.9, "face", "smirk") { Margin = 0.6, Angle = angle });
        var shown = Shown(workspace, Of("2:3") with { Size = 128, Fit = fit })[0];
        var (width, height) = Extent(shown);
        Assert.InRange((double)width / height, 0.98, 1.02);
        Assert.InRange((double)width / shown.Width, 0.6, 0.65);
    }

    [Fact]
    public void A_face_at_the_edge_is_mirrored_with_pad_and_else_stays_within()
    {
        using var workspace = Imported(DrawnPictures.Draw(1, 300, 200), DrawnPictures.Draw(2, 300, 200));
        var picture = workspace.Catalog.Pictures.All()[0].Id;
        workspace.Catalog.Crops.Add(new CropRow(0, picture, 100, 50, 100, 100, 0.9, "face", "smirk") { Margin = 0.6 });
        Assert.Equal([83, 0, 133, 200], Crop(PackFit.Crop));
        Assert.Equal([70, -20, 160, 240], Crop(PackFit.Pad));

        int[] Crop(PackFit fit)
        {
            new PackStage(workspace).Run(Of("2:3") with { Fit = fit });
            return PackLines.Read(Path.Combine(workspace.PackFolder(64), PackFolder.Lines))[0].Crop!;
        }
    }

    [Fact]
    public void Pictures_are_small_where_they_have_fewer_pixels_than_are_shown()
    {
        // 2:3 is shown with 52 × 78 pixels at 64: as many as a square of 63.7.
        using var workspace = Imported(DrawnPictures.Draw(1, 50, 100), DrawnPictures.Draw(2, 60, 90));
        var options = Of("2:3");
        Assert.Equal([61, 73], new PackStage(workspace).Edges(options));
        new PackStage(workspace).Run(options);
        Assert.Equal([true, false],
            PackLines.Read(Path.Combine(workspace.PackFolder(64), PackFolder.Lines)).Select(line => line.Small));
    }

    [Fact]
    public void Tunes_and_idx_files_are_refused_before_anything_is_written()
    {
        _folder.Write("in/a.mid", TunePile.Files(1, i => i).Single().Bytes);
        Refused("tunes become square rolls");
        File.Delete(_folder.File("in/a.mid"));
        byte[] head = [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 28, 0, 0, 0, 28];
        var pixels = new byte[3 * 28 * 28];
        new Random(1).NextBytes(pixels);
        _folder.Write("in/train-images-idx3-ubyte", [.. head, .. pixels]);
        Refused("IDX files are finished sets of square pictures");

        void Refused(string why)
        {
            using var workspace = SmirkWorkspace.Open(_folder.File($"{why.Split(' ')[0]}/x")[..^2]);
            new ImportStage(workspace).Run(new ImportOptions { Sources = [_folder.File("in")] });
            var stage = new PackStage(workspace);
            Assert.Contains(why, Assert.Throws<UsageException>(() => stage.Run(Of("2:3"))).Message);
            Assert.Contains(why, Assert.Throws<UsageException>(() => stage.Edges(Of("2:3"))).Message);
            Assert.False(PackFolder.Exists(workspace.PackFolder(64)));
            stage.Run(Of("1:1"));
        }
    }

    private static PackOptions Of(string aspect) => new() { Aspect = Aspect.Parse(aspect) };

    private SmirkWorkspace Imported(params Picture[] pictures)
    {
        foreach (var (i, picture) in pictures.Index())
            _folder.Write($"in/{i}.png", PictureWriter.Png(picture));
        var workspace = SmirkWorkspace.Open(_folder.File("ws"));
        new ImportStage(workspace).Run(new ImportOptions { Sources = [_folder.File("in")] });
        return workspace;
    }

    // A white disc of 60 pixels in the middle of black.
    private static Picture Disc(int width, int height)
    {
        var picture = new Picture(width, height, 0, 0, 0);
        for (var i = 0; i < width * height; i++)
        {
            var (x, y) = ((i % width) + 0.5 - (width / 2.0), (i / width) + 0.5 - (height / 2.0));
            if ((x * x) + (y * y) < 900)
                picture.Pixels.AsSpan(i * 3, 3).Fill(255);
        }

        return picture;
    }

    private static List<Picture> Shown(SmirkWorkspace workspace, PackOptions options)
    {
        var pack = new PackStage(workspace).Run(options);
        using var reader = PackReader.Open(pack.Folder);
        var (width, height) = reader.Aspect.Shown(reader.Size);
        var shown = new List<Picture>();
        reader.Read((_, planes) =>
        {
            var plane = reader.Size * reader.Size;
            for (var row = 0; row < planes.Length / (3 * plane); row++)
            {
                var pixels = new byte[3 * plane];
                for (var i = 0; i < pixels.Length; i++)
                    pixels[i] = planes[(row * 3 * plane) + (i % 3 * plane) + (i / 3)];
                shown.Add(new Picture(reader.Size, reader.Size, pixels).Resize(width, height));
            }
        });
        return shown;
    }

    // Width and height of what is white in the middle, from the brightness of the middle row and column up to where it ends: beyond
    // it may be its reflection.
    private static (double Width, double Height) Extent(Picture picture)
    {
        var (middleX, middleY) = (picture.Width / 2, picture.Height / 2);
        return (Sum(picture.Width, x => picture.Row(middleY)[x * 3]), Sum(picture.Height, y => picture.Row(y)[middleX * 3]));

        static double Sum(int length, Func<int, byte> at)
        {
            double sum = 0;
            for (var i = length / 2; i < length && at(i) > 20; i++)
                sum += at(i) / 255.0;
            for (var i = (length / 2) - 1; i >= 0 && at(i) > 20; i--)
                sum += at(i) / 255.0;
            return sum;
        }
    }

    private static byte[] Planes(Picture picture) =>
        [.. Enumerable.Range(0, 3)
            .SelectMany(c => Enumerable.Range(0, picture.Width * picture.Height).Select(i => picture.Pixels[(i * 3) + c]))];
}
