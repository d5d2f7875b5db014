using System.Buffers.Binary;
using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;
using Smirk.Dataset.Import;
using Smirk.Dataset.Pack;
using Smirk.Files.Archives;
using Smirk.Imaging.Reading;
using Smirk.Workspace;

namespace Smirk.Dataset.Tests.Import;

/// <summary>IDX files, as MNIST comes in.</summary>
public sealed class IdxTests
{
    [Theory]
    [InlineData("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz")]
    [InlineData("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")]
    [InlineData("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte")]
    [InlineData("emnist-letters-train-images-idx3-ubyte", "emnist-letters-train-labels-idx1-ubyte.gz")]
    public void Pictures_are_padded_into_folders_named_by_the_labels_beside_them(string images, string labels)
    {
        using var folder = new TemporaryFolder();
        var pixels = Pixels(3 * 28 * 28);
        Write(folder.File("in/" + images), [3, 28, 28], pixels);
        Write(folder.File("in/" + labels), [3], [7, 0, 255]);
        var members = new IdxArchive(folder.File("in/" + images)).Members(new ArchiveLimits()).ToArray();
        Assert.Equal(["7/00000.png", "0/00001.png", "255/00002.png"], members.Select(m => m.Name));
        for (var i = 0; i < 3; i++)
        {
            var picture = PictureReader.Decode(members[i].Read!());
            Assert.Equal((32, 32), (picture.Width, picture.Height));
            Assert.Equal(pixels[(i * 784)..((i + 1) * 784)], Grey(picture.Crop(2, 2, 28, 28).Pixels));
        }

        Assert.Empty(new IdxArchive(folder.File("in/" + labels)).Members(new ArchiveLimits()));
    }

    [Fact]
    public void Any_size_comes_back_in_the_middle_of_its_ground() => Prop.ForAll(
        ArbMap.Default.ArbFor<(byte, byte, int)>(),
        drawn =>
        {
            var (height, width) = (drawn.Item1 % 40 + 1, drawn.Item2 % 40 + 1);
            using var folder = new TemporaryFolder();
            var pixels = new byte[height * width];
            new Random(drawn.Item3).NextBytes(pixels);
            Write(folder.File("x.idx"), [1, height, width], pixels);
            var member = Assert.Single(new IdxArchive(folder.File("x.idx")).Members(new ArchiveLimits()));
            var picture = PictureReader.Decode(member.Read!());
            var (fullWidth, fullHeight) = (Math.Max(32, width), Math.Max(32, height));
            Assert.Equal((fullWidth, fullHeight), (picture.Width, picture.Height));
            Assert.Equal(pixels, Grey(picture.Crop((fullWidth - width) / 2, (fullHeight - height) / 2, width, height).Pixels));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Ground_is_what_the_border_is_mostly()
    {
        using var folder = new TemporaryFolder();
        var white = Enumerable.Repeat((byte)250, 100).ToArray();
        white[55] = 3;
        Write(folder.File("x.idx"), [1, 10, 10], white);
        Assert.Equal(250, PictureReader.Decode(new IdxArchive(folder.File("x.idx")).Members(new ArchiveLimits()).Single().Read!()).Pixels[0]);
    }

    [Fact]
    public void What_is_damaged_is_told_and_what_came_before_is_kept()
    {
        Assert.Equal((1, "damaged: cut short after 1 of 2 pictures"), Broken([2, 28, 28], 28 * 28 + 5));
        Assert.Equal((1, "damaged: more values follow than its dimensions say"), Broken([1, 28, 28], 28 * 28 + 1));
        Assert.Contains("no pictures", Broken([2, 2, 28, 28], 2 * 2 * 28 * 28).Reason);
        Assert.Contains("at most 200000", Broken([200_001, 28, 28], 10).Reason);
        Assert.Contains("pictures of 100000 × 100000 pixels", Broken([1, 100_000, 100_000], 10).Reason);
        Assert.Contains("dimension 1 is -2", Broken([-2, 28, 28], 10).Reason);
        Assert.Contains("doesn't begin as an IDX file", Broken([1, 28, 28], 784, type: 0x0D).Reason);
    }

    [Fact]
    public void Labels_of_other_pictures_are_refused()
    {
        using var folder = new TemporaryFolder();
        Write(folder.File("a-images-idx3-ubyte"), [2, 28, 28], Pixels(2 * 784));
        Write(folder.File("a-labels-idx1-ubyte"), [3], [1, 2, 3]);
        var damage = Assert.IsType<ArchiveDamage>(Assert.Single(new IdxArchive(folder.File("a-images-idx3-ubyte")).Members(new ArchiveLimits())));
        Assert.Equal("damaged: 2 pictures, and a-labels-idx1-ubyte beside them doesn't hold as many labels", damage.Refusal!.Words);
    }

    [Fact]
    public void A_file_becomes_a_pack_whose_rows_know_their_labels()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("in/train-images-idx3-ubyte.gz");
        Write(path, [6, 28, 28], Pixels(6 * 784));
        Write(folder.File("in/train-labels-idx1-ubyte.gz"), [6], [4, 4, 1, 0, 9, 1]);
        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        var result = new ImportStage(workspace).Run(new ImportOptions { Sources = [path] });
        Assert.Equal((6, 6), (result.Counts.In, result.Counts.Out));
        var pack = new PackStage(workspace).Run(new PackOptions { Size = 32 });
        Assert.Equal((6, 0), (pack.Rows, pack.Small));
        Assert.Equal(["4", "4", "1", "0", "9", "1"], File.ReadLines(Path.Combine(pack.Folder, "pack.jsonl")).Select(line => line.Split("gz!")[1].Split('/')[0]));

        // Nothing is read again.
        Assert.Equal(0, new ImportStage(workspace).Run(new ImportOptions { Sources = [path] }).New);
    }

    private static (int Kept, string Reason) Broken(int[] shape, int values, byte type = 8)
    {
        using var folder = new TemporaryFolder();
        Write(folder.File("x.idx"), shape, Pixels(values), type);
        var members = new IdxArchive(folder.File("x.idx")).Members(new ArchiveLimits()).ToArray();
        return (members.Length - 1, Assert.IsType<ArchiveDamage>(members[^1]).Refusal!.Words);
    }

    private static byte[] Pixels(int count)
    {
        var pixels = new byte[count];
        new Random(count).NextBytes(pixels);
        return pixels;
    }

    private static byte[] Grey(byte[] rgb)
    {
        for (var i = 0; i < rgb.Length; i += 3)
            Assert.True(rgb[i] == rgb[i + 1] && rgb[i] == rgb[i + 2]);
        return [.. rgb.Chunk(3).Select(pixel => pixel[0])];
    }

    private static void Write(string path, int[] shape, byte[] values, byte type = 8)
    {
        using Stream file = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(File.Create(path), CompressionLevel.Fastest) : File.Create(path);
        file.Write([0, 0, type, (byte)shape.Length]);
        var number = new byte[4];
        foreach (var size in shape)
        {
            BinaryPrimitives.WriteInt32BigEndian(number, size);
            file.Write(number);
        }

        file.Write(values);
    }
}
