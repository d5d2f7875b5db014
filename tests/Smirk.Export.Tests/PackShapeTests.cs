using System.IO.Compression;
using System.Text;
using Smirk.Dataset.Pack;
using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;

namespace Smirk.Export.Tests;

/// <summary>Packs whose pictures were squeezed are exported in the shape that they are shown in.</summary>
public sealed class PackShapeTests : IDisposable
{
    private readonly SmallSet _set = new();

    public PackShapeTests()
    {
        using var workspace = SmirkWorkspace.Open(_set.Folder);
        new PackStage(workspace).Run(new PackOptions { Size = 32, Aspect = Aspect.Parse("2:3") });
    }

    public void Dispose() => _set.Dispose();

    [Fact]
    public void Pictures_are_stretched()
    {
        _set.Export(new ExportOptions { Output = _set.File2("out"), What = ExportWhat.Pack });
        var first = Directory.GetFiles(_set.File2("out"), "pic-0*.png").Single();
        var picture = PictureReader.Decode(File.ReadAllBytes(first));
        Assert.Equal(Packed(0).Resize(26, 39).Pixels, picture.Pixels);
        Assert.Equal((26, 39), (picture.Width, picture.Height));
    }

    [Fact]
    public void Arrays_have_their_height_and_width_and_stylegan_which_needs_squares_is_refused()
    {
        _set.Export(new ExportOptions { Output = _set.File2("a.npz"), Format = ExportFormat.Npz });
        using var zip = ZipFile.OpenRead(_set.File2("a.npz"));
        using var stream = new MemoryStream();
        using (var entry = zip.GetEntry("x_train.npy")!.Open())
            entry.CopyTo(stream);
        Assert.Contains("(6, 39, 26, 3)", Encoding.ASCII.GetString(stream.ToArray(), 0, 128));
        Assert.Equal(128 + (6 * 39 * 26 * 3), stream.Length);
        _set.Export(new ExportOptions { Output = _set.File2("idx"), Format = ExportFormat.Idx });
        var idx = File.ReadAllBytes(_set.File2("idx/train-images-idx3-ubyte"));
        Assert.Equal([0, 0, 8, 3, 0, 0, 0, 6, 0, 0, 0, 39, 0, 0, 0, 26], idx[..16]);
        Assert.Equal(16 + (6 * 39 * 26), idx.Length);
        var refused = Assert.Throws<UsageException>(
            () => _set.Export(new ExportOptions { Output = _set.File2("a.zip"), Format = ExportFormat.StyleGan }));
        Assert.Contains("its networks learn squares", refused.Message);
        Assert.False(File.Exists(_set.File2("a.zip")));
    }

    private Picture Packed(int row)
    {
        using var reader = PackReader.Open(Path.Combine(_set.Folder, "packs", "32"));
        var pixels = new byte[3 * 32 * 32];
        reader.Read((first, planes) =>
        {
            for (var i = 0; i < pixels.Length; i++)
                pixels[i] = planes[((row - first) * pixels.Length) + (i % 3 * 32 * 32) + (i / 3)];
        });
        return new Picture(32, 32, pixels);
    }
}
