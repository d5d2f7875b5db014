using Smirk.Drawing.Faces;
using Smirk.Imaging;
using Smirk.Imaging.Resizing;

namespace Smirk.Drawing.Tests;

public sealed class FacePainterTests
{
    [Fact]
    public void Different_traits_make_visibly_different_pictures()
    {
        var small = Enumerable.Range(0, 80)
            .Select(i => FacePainter.Paint(TraitSampler.Sample(new Random(i)), 64, 64).Resize(24, 24, ResizeKernel.Box).Pixels).ToList();
        for (var a = 0; a < small.Count; a++)
        {
            for (var b = 0; b < a; b++)
                Assert.True(small[a].Zip(small[b]).Average(p => Math.Abs(p.First - p.Second)) > 8, $"faces {a} and {b}");
        }
    }

    [Fact]
    public void One_corner_of_the_mouth_is_higher_than_the_other()
    {
        var traits = TraitSampler.Sample(new Random(5)) with
        {
            Mouth = MouthStyle.Line,
            Turn = 0,
            Tilt = 0,
            ShiftX = 0,
            ShiftY = 0,
            Scale = 1,
            Blush = 0,
            SideLocks = 0,
            Extras = Extras.None,
        };
        foreach (var side in (int[])[-1, 1])
        {
            var picture = FacePainter.Paint(traits with { Side = side }, 400, 400);
            var (left, right) = (Darkest(picture, 200 - 24), Darkest(picture, 200 + 24));
            Assert.True(side * (left - right) > 5, $"corners at {left} and {right}");
        }
    }

    [Theory]
    [InlineData(90, 60)]
    [InlineData(60, 90)]
    public void The_face_fills_the_central_square(int width, int height)
    {
        var traits = TraitSampler.Sample(new Random(1)) with { Backdrop = Backdrop.Split, BackHair = BackHair.Short };
        var square = FacePainter.Paint(traits, 60, 60).Crop(20, 25, 20, 20);
        var wide = FacePainter.Paint(traits, width, height).Crop(((width - 60) / 2) + 20, ((height - 60) / 2) + 25, 20, 20);
        Assert.Equal(square.Pixels, wide.Pixels);
    }

    // The row of the darkest pixel of a column, around the mouth.
    private static int Darkest(Picture picture, int x) =>
        Enumerable.Range(265, 55).MinBy(y => picture.Row(y)[x * 3] + picture.Row(y)[(x * 3) + 1]);
}
