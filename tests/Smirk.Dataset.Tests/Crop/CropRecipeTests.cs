using Smirk.Dataset.Crop.Recipes;
using Smirk.Imaging;
using Smirk.Imaging.Faces;

namespace Smirk.Dataset.Tests.Crop;

public class CropRecipeTests
{
    [Fact]
    public void A_crop_has_the_margin_around_the_face_and_more_hair_than_neck()
    {
        var recipe = CropRecipe.For(new Face(100, 100, 50, 50, 0, 1), 0.6);
        Assert.Equal(80, recipe.Side, 6);
        Assert.Equal((125, 122), (recipe.Centre.X, Math.Round(recipe.Centre.Y, 6)));
        Assert.Equal([85, 82, 80, 80], recipe.Square);
    }

    [Fact]
    public void Small_angles_are_left_alone_and_large_ones_levelled()
    {
        Assert.Equal(0, CropRecipe.For(new Face(0, 0, 50, 50, 5, 1), 0.6).Angle);
        Assert.Equal(-18, CropRecipe.For(new Face(0, 0, 50, 50, -18, 1), 0.6).Angle);
    }

    [Fact]
    public void OutsideShare_tells_how_much_is_reflected()
    {
        Assert.Equal(0, new CropRecipe(50, 50, 20, 20, 0, 0.5).OutsideShare(200, 200));
        Assert.Equal(0.5, new CropRecipe(-20, 50, 40, 40, 0, 0).OutsideShare(200, 200), 2);
    }

    [Fact]
    public void What_lies_outside_is_reflected_never_black()
    {
        var white = new Picture(100, 100, 250, 250, 250);
        var cut = CropRecipe.For(new Face(0, 0, 60, 60, 20, 1), 0.6).Cut(white, 64);
        Assert.All(cut.Pixels, value => Assert.InRange(value, 249, 251));
    }

    [Fact]
    public void A_levelled_crop_stands_upright()
    {
        // A white bar that leans by 30° clockwise.
        var picture = new Picture(200, 200, 0, 0, 0);
        var (sine, cosine) = Math.SinCos(30 * Math.PI / 180);
        for (var i = -60; i <= 60; i++)
            picture.Row((int)(100 - (cosine * i)))[(int)(100 + (sine * i)) * 3] = 255;
        var cut = new CropRecipe(50, 50, 100, 100, 30, 0).Cut(picture, 100);
        Assert.True(Enumerable.Range(20, 60).All(y => Enumerable.Range(46, 8).Any(x => cut.Row(y)[x * 3] > 40)));
    }

    [Fact]
    public void Middle_is_the_largest_square() => Assert.Equal([50, 0, 100, 100], CropRecipe.Middle(200, 100).Square);

    [Fact]
    public void The_recipe_of_a_shrunk_picture_cuts_the_same()
    {
        var picture = DrawnPictures.Draw(1, 400, 300);
        var recipe = new CropRecipe(150, 100, 80, 80, 0, 0.5);
        var whole = recipe.Cut(picture, 40);
        var half = recipe.Scaled(0.5, 0.5).Cut(picture.Resize(200, 150), 40);
        Assert.InRange(whole.Pixels.Zip(half.Pixels, (a, b) => Math.Abs(a - b)).Average(), 0, 3);
    }
}
