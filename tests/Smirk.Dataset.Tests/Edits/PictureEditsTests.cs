using Smirk.Drawing.Faces;
using Smirk.Imaging;
using Smirk.Imaging.Reading;

namespace Smirk.Dataset.Tests.Edits;

public sealed class PictureEditsTests
{
    private static readonly Picture Face = FacePainter.Paint(TraitSampler.Sample(new Random(2)), 160, 160);

    public static TheoryData<string> Names => [.. PictureEdits.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_edit_changes_the_picture_and_is_repeatable(string name)
    {
        for (var seed = 0; seed < 6; seed++)
        {
            var edited = PictureEdits.Apply(name, Face, new Random(seed));
            Assert.False(edited.Width == Face.Width && edited.Height == Face.Height && edited.Pixels.AsSpan().SequenceEqual(Face.Pixels));
            Assert.Equal(edited.Pixels, PictureEdits.Apply(name, Face, new Random(seed)).Pixels);
        }
    }

    [Fact]
    public void Two_edits_are_applied_in_order()
    {
        var both = PictureEdits.ApplyAll("mirror+crop", Face, new Random(3));
        Assert.Equal(PictureEdits.Apply("crop", Face.MirrorHorizontally(), new Random(3)).Pixels, both.Pixels);
    }

    [Fact]
    public void Piles_are_labelled_and_decodable()
    {
        var files = EditedFiles.Make(faces: 4, edits: 4, seed: 1, side: 96).ToList();
        Assert.Equal(20, files.Count);
        Assert.Contains(files, f => f.Edit.Contains('+'));
        Assert.All(files, f => Assert.True(PictureReader.Decode(f.Bytes).Width > 15));
    }
}
