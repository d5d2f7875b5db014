using Smirk.Dataset.Damage;
using Smirk.Dataset.Import;
using Smirk.Drawing.Faces;
using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Reading.Doubts;
using Smirk.Imaging.Writing;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Tests.Damage;

/// <summary>Pictures that one wrong bit ruined although every decoder takes them.</summary>
public sealed class DamageDoubtsTests
{
    [Theory]
    [InlineData(256, 70)]
    [InlineData(320, 95)]
    [InlineData(640, 85)]
    public void Most_ruined_pictures_are_doubted_and_whole_ones_are_not(int side, int quality)
    {
        var random = new Random(side);
        var (ruined, found) = (0, 0);
        for (var i = 0; i < 30; i++)
        {
            var whole = PictureWriter.Jpeg(Draw(i, side), quality);
            Assert.Null(SignOf(whole, out var before));
            var scan = whole.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]) + 14;
            var broken = whole.ToArray();
            broken[random.Next(scan, scan + ((whole.Length - scan) / 2))] ^= (byte)(1 << random.Next(8));
            try
            {
                var sign = SignOf(broken, out var after);
                if (Apart(before, after) < 0.2)
                    continue;
                ruined++;
                found += sign is null ? 0 : 1;
            }
            catch (UnusablePictureException)
            {
                // The decoder noticed.
            }
        }

        Assert.True(found >= 0.6 * ruined && ruined >= 5, $"{found} of {ruined}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_jump_of_all_that_follows_is_seen(bool coloured)
    {
        // Waves from left to right that change a little from row to row.
        var pixels = Enumerable.Range(0, 64 * 64 * 3)
            .Select(i => (byte)(130 + (45 * Math.Sin((i / 3 % 64 / 3.0) + (i / 192 / 9.0))) + (i % 3 * 8))).ToArray();
        for (var i = ((30 * 64) + 25) * 3; i < pixels.Length; i++)
            pixels[i] = (byte)Math.Clamp(pixels[i] - (coloured && i % 3 != 0 ? 0 : 45), 0, 255);
        Assert.Equal(DamageSign.Jump, SignOf(PictureWriter.Jpeg(Enlarged(new Picture(64, 64, pixels)), 92), out _));
    }

    [Theory]
    [InlineData(128, 128, 128)]
    [InlineData(0, 135, 0)]
    public void A_rest_in_the_colour_of_missing_data_is_seen(byte red, byte green, byte blue)
    {
        var picture = Draw(5, 512).Resize(64, 64, Imaging.Resizing.ResizeKernel.Box);
        var pixels = (byte[])picture.Pixels.Clone();
        for (var block = 0; block < 32 * 32; block++)
        {
            if (block < (20 * 32) + 7)
                continue;
            for (var i = 0; i < 4; i++)
                ((ReadOnlySpan<byte>)[red, green, blue]).CopyTo(
                    pixels.AsSpan((((((block / 32 * 2) + (i / 2)) * 64) + (block % 32 * 2) + (i % 2)) * 3), 3));
        }

        Assert.Equal(DamageSign.Blank, SignOf(PictureWriter.Jpeg(Enlarged(new Picture(64, 64, pixels)), 85), out _));
    }

    [Fact]
    public void Bytes_that_only_fill_up_are_no_damage()
    {
        var whole = PictureWriter.Jpeg(Draw(6, 256));
        Assert.Null(SignOf([.. whole[..^2], .. new byte[40], .. whole[^2..]], out _));
        Assert.Equal(DamageSign.Leftover, SignOf([.. whole[..^2], .. Rest, .. whole[^2..]], out _));
    }

    [Fact]
    public void Doubtful_pictures_are_named_stay_and_go_when_asked_to()
    {
        using var folder = new TemporaryFolder();
        var whole = PictureWriter.Jpeg(Draw(7, 256));
        folder.Write("in/whole.jpg", whole);
        var path = folder.Write("in/doubtful.jpg", [.. whole[..^2], .. Rest, .. whole[^2..]]);
        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        var options = new ImportOptions { Sources = [folder.File("in")] };
        Assert.Equal((1, 2), (new ImportStage(workspace).Run(options).Doubtful, workspace.Catalog.Pictures.Kept().Count));
        var doubt = Assert.Single(workspace.Catalog.Decisions.OfStage(DamageDoubts.Stage));
        Assert.Equal((Verdict.Keep, "damaged"), (doubt.Verdict, doubt.Kind));
        Assert.Contains("more than the picture needs", DamageDoubts.Words(doubt), StringComparison.Ordinal);
        Assert.Contains(Path.GetFileName(path), DamagePanel.Html(workspace)!, StringComparison.Ordinal);

        // Asked for later, it is dropped without being looked at again; not asked for, it is back.
        new ImportStage(workspace).Run(options with { DropDamaged = true });
        Assert.Single(workspace.Catalog.Pictures.Kept());
        new ImportStage(workspace).Run(options);
        Assert.Equal(2, workspace.Catalog.Pictures.Kept().Count);
    }

    // Longer than what libjpeg reads ahead, which it doesn't count.
    private static ReadOnlySpan<byte> Rest => "codes that no block has need of"u8;

    private static Picture Draw(int number, int side) => FacePainter.Paint(TraitSampler.Sample(new Random(900 + number)), side, side);

    // Eight pixels each way for one, so that a block has one colour.
    private static Picture Enlarged(Picture blocks)
    {
        var picture = new Picture(blocks.Width * 8, blocks.Height * 8, 0, 0, 0);
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
                blocks.Row(y / 8).Slice(x / 8 * 3, 3).CopyTo(picture.Row(y)[(x * 3)..]);
        }

        return picture;
    }

    private static DamageSign? SignOf(byte[] bytes, out Picture picture)
    {
        picture = PictureReader.Decode(bytes, new DecodeOptions { ShrinkTo = 16 }, null, out var isPlain);
        return JpegDoubt.Find(bytes, PictureReader.ReadHeader(bytes), picture, isPlain);
    }

    private static double Apart(Picture a, Picture b) =>
        a.Pixels.Zip(b.Pixels).Count(p => Math.Abs(p.First - p.Second) > 12) / (double)a.Pixels.Length;
}
