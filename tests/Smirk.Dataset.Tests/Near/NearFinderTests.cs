using Smirk.Dataset.Near;
using Smirk.Dataset.Near.Verify;
using Smirk.Dataset.Tests.Edits;
using Smirk.Drawing.Faces;
using Smirk.Imaging;
using Smirk.Imaging.Writing;

namespace Smirk.Dataset.Tests.Near;

/// <summary>On pictures drawn here and edited by this project's own code: neither went into any threshold.</summary>
public class NearFinderTests
{
    [Theory]
    [InlineData("recompress", 1.0)]
    [InlineData("resize", 1.0)]
    [InlineData("tone", 1.0)]
    [InlineData("mirror", 1.0)]
    [InlineData("crop", 0.9)]
    [InlineData("border", 1.0)]
    [InlineData("caption", 1.0)]
    [InlineData("rotate", 0.9)]
    [InlineData("screenshot", 1.0)]
    [InlineData("phone", 0.9)]
    public void Find_groups_an_edit_with_its_original_and_with_nothing_else(string edit, double recall)
    {
        const int faces = 10;
        var pictures = new List<Picture>();
        for (var face = 0; face < faces; face++)
            pictures.Add(Face(face));
        for (var face = 0; face < faces; face++)
            pictures.Add(PictureEdits.Apply(edit, pictures[face], new Random(face)));

        var findings = Find(pictures);

        Assert.All(findings.Groups, g => Assert.All(g.Members, m => Assert.Equal(g.Keeper % faces, m.Index % faces)));
        var found = findings.Groups.Count(g => g.Members.Count == 1);
        Assert.True(found >= recall * faces, $"{found} of {faces}");
    }

    [Fact]
    public void Find_finds_nothing_where_there_are_no_duplicates()
    {
        var findings = Find([.. Enumerable.Range(0, 40).Select(Face)]);
        Assert.Empty(findings.Groups);
    }

    [Fact]
    public void Find_gets_along_with_pictures_of_one_line_or_one_pixel()
    {
        var findings = Find([Stripes(1, 1), Stripes(5000, 1), Stripes(1, 5000), Stripes(4000, 5), Stripes(30, 38)]);
        Assert.Empty(findings.Refused);
        Assert.Empty(findings.Groups);

        static Picture Stripes(int width, int height) =>
            new(width, height, [.. Enumerable.Range(0, width * height * 3).Select(i => (byte)(i / 3 % 7 * 30))]);
    }

    [Fact]
    public void Find_calls_one_picture_with_different_portraits_set_into_it_alternates()
    {
        var scene = FacePainter.Paint(TraitSampler.Sample(new Random(5)), 512, 512);
        var findings = Find([With(scene, Face(21), 380, 300), With(scene, Face(22), 380, 300)]);
        Assert.Empty(findings.Groups);
        Assert.Single(findings.Alternates);
    }

    [Fact]
    public void Find_calls_one_face_with_another_mouth_an_alternate()
    {
        var traits = TraitSampler.Sample(new Random(1003));
        var findings = Find([Paint(traits with { Mouth = MouthStyle.Line }), Paint(traits with { Mouth = MouthStyle.Open })]);
        Assert.Empty(findings.Groups);
        Assert.Equal(NearKind.Alternate, Assert.Single(Assert.Single(findings.Alternates).Members).Kind);

        static Picture Paint(FaceTraits traits) => FacePainter.Paint(traits, 256, 256);
    }

    [Theory]
    [InlineData("caption", 6)]
    [InlineData("border", 7)]
    [InlineData("screenshot", 7)]
    [InlineData("phone", 7)]
    public void Find_keeps_the_original_rather_than_what_was_made_from_it(string edit, int least)
    {
        const int faces = 8;
        var kept = 0;
        for (var face = 0; face < faces; face++)
        {
            var findings = Find([PictureEdits.Apply(edit, Face(face), new Random(70 + face)), Face(face)]);
            kept += findings.Groups is [{ Keeper: 1 }] ? 1 : 0;
        }

        Assert.True(kept >= least, $"{kept} of {faces}");
    }

    [Fact]
    public void Find_says_no_features_of_flat_colours_and_single_pixels()
    {
        var findings = Find([new Picture(64, 64, 200, 30, 30), new Picture(64, 64, 30, 200, 30), new Picture(1, 1, 9, 9, 9),
            new Picture(1, 1, 8, 8, 8)]);
        Assert.Empty(findings.Groups);
        Assert.Equal([0, 1, 2, 3], findings.WithoutFeatures);
    }

    [Fact]
    public void Find_puts_the_same_pixels_together_whatever_the_file()
    {
        var flat = new Picture(64, 64, 200, 30, 30);
        var bytes = new[] { PictureWriter.Png(flat), PictureWriter.WebP(flat, lossless: true) };
        var findings = new NearFinder(new NearOptions(), null, default)
            .Find([.. bytes.Select((b, i) => new NearInput($"{i}", b.Length, null, () => b))]);
        var group = Assert.Single(findings.Groups);
        Assert.Equal(NearKind.Exact, Assert.Single(group.Members).Kind);
    }

    [Fact]
    public void Find_refuses_what_cannot_be_decoded_and_goes_on()
    {
        var face = PictureWriter.Png(Face(1));
        var inputs = new[] { face, face[..200], PictureWriter.Jpeg(Face(1)), [] };
        var findings = new NearFinder(new NearOptions(), null, default)
            .Find([.. inputs.Select((b, i) => new NearInput($"{i}", b.Length, null, () => b))]);
        Assert.Equal([1, 3], findings.Refused.Keys.Order());
        Assert.Single(findings.Groups);
    }

    [Fact]
    public void Find_keeps_animations_apart_from_stills()
    {
        var (first, second) = (Face(3), Face(4));
        byte[][] files = [PictureWriter.Png(first), PictureWriter.AnimatedGif([first, second], 100)];
        var findings = new NearFinder(new NearOptions(), null, default)
            .Find([.. files.Select((b, i) => new NearInput($"{i}", b.Length, null, () => b))]);
        Assert.Empty(findings.Groups);
    }

    private static Picture With(Picture scene, Picture portrait, int left, int top)
    {
        var small = portrait.Resize(80, 80);
        var pixels = (byte[])scene.Pixels.Clone();
        for (var row = 0; row < small.Height; row++)
            small.Pixels.AsSpan(row * small.Width * 3, small.Width * 3).CopyTo(pixels.AsSpan((((top + row) * scene.Width) + left) * 3));
        return new Picture(scene.Width, scene.Height, pixels);
    }

    private static Picture Face(int number) => FacePainter.Paint(TraitSampler.Sample(new Random(1000 + number)), 256, 256);

    private static NearFindings Find(IReadOnlyList<Picture> pictures) => new NearFinder(new NearOptions(), null, default)
        .Find([.. pictures.Select((p, i) => { var bytes = PictureWriter.Png(p); return new NearInput(
            $"{i}", bytes.Length, null, () => bytes); })]);
}
