using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;

namespace Smirk.Workspace.Tests.Packs;

public sealed class AspectTests
{
    private static readonly Gen<Aspect> Aspects =
        from width in Gen.Choose(1, 99)
        from height in Gen.Choose(1, 99)
        where width <= 2 * height && height <= 2 * width
        select Aspect.Parse($"{width}:{height}");

    [Theory]
    [InlineData("2:3", "2:3", 256, 210, 315)]
    [InlineData("4:6", "2:3", 32, 26, 39)]
    [InlineData("3:2", "3:2", 64, 78, 52)]
    [InlineData("16:9", "16:9", 256, 336, 189)]
    [InlineData("9:16", "9:16", 128, 99, 176)]
    [InlineData("1:2", "1:2", 64, 45, 90)]
    [InlineData("7:7", "1:1", 64, 64, 64)]
    public void An_aspect_is_reduced_and_says_how_large_its_pictures_are_shown(string text, string reduced, int size, int width, int height)
    {
        var aspect = Aspect.Parse(text);
        Assert.Equal(reduced, aspect.ToString());
        Assert.Equal((width, height), aspect.Shown(size));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("2:3:4")]
    [InlineData("2x3")]
    [InlineData("0:1")]
    [InlineData("-2:-3")]
    [InlineData("1.5:1")]
    [InlineData("100:99")]
    [InlineData(" 2:3")]
    [InlineData("1:3")]
    [InlineData("99:49")]
    public void What_is_no_aspect_is_refused_by_its_name(string text)
    {
        Assert.Contains($"--aspect {text}: expected", Assert.Throws<UsageException>(() => Aspect.Parse(text)).Message);
        Assert.Null(Aspect.TryParse(text));
    }

    [Fact]
    public void Any_aspect_is_read_back_from_its_text_and_from_json() => Prop.ForAll(Aspects.ToArbitrary(), aspect =>
        Aspect.Parse(aspect.ToString()) == aspect
            && JsonSerializer.Deserialize<Aspect>(JsonSerializer.Serialize(aspect)) == aspect
            && JsonSerializer.Serialize(aspect) == $"\"{aspect}\"").QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("\"1:3\"")]
    [InlineData("1")]
    [InlineData("null")]
    public void Json_that_is_no_aspect_is_an_error(string json)
    {
        if (json == "null")
            Assert.Null(JsonSerializer.Deserialize<Aspect>(json));
        else
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Aspect>(json));
    }

    [Fact]
    public void Any_picture_is_shown_in_its_exact_shape_with_about_the_pixels_of_the_square() => Prop.ForAll(
        Aspects.ToArbitrary(), Gen.Elements(32, 64, 128, 256, 512, 1024).ToArbitrary(), (aspect, size) =>
        {
            var (width, height) = aspect.Shown(size);
            Assert.Equal(width * aspect.Height, height * aspect.Width);
            if (aspect.IsSquare)
                Assert.Equal((size, size), (width, height));

            // Half a step more or less along each side, of steps of so many pixels; one step where even that is larger.
            var (parts, exact) = (width / aspect.Width, size / Math.Sqrt(aspect.Width * aspect.Height));
            Assert.True(parts == 1 ? exact < 1.5 : Math.Abs(parts - exact) <= 0.5, $"{aspect} of {size}: {width}×{height}");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_part_within_and_the_rectangle_around_touch_two_sides_and_have_the_shape() => Prop.ForAll(
        Aspects.ToArbitrary(), Gen.Choose(1, 5000).ToArbitrary(), Gen.Choose(1, 5000).ToArbitrary(), (aspect, width, height) =>
        {
            var (within, around) = (aspect.Within(width, height), aspect.Around(width, height));
            foreach (var (w, h) in new[] { within, around })
            {
                Assert.Equal(aspect.Ratio, w / h, 1e-9);
                Assert.True(w == width || h == height);
            }

            Assert.True(within.Width <= width && within.Height <= height && around.Width >= width && around.Height >= height);
        }).QuickCheckThrowOnFailure();
}
