using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Workspace.Errors;

namespace Smirk.Drawing.Tests;

/// <summary>Plain piles of other pictures than faces.</summary>
public sealed class StylesTests
{
    public static TheoryData<DrawStyle> Styles => [.. Enum.GetValues<DrawStyle>().Where(style => style != DrawStyle.Faces)];

    [Theory]
    [MemberData(nameof(Styles))]
    public void A_style_is_a_folder_of_different_pngs_of_one_size_the_same_for_the_same_seed(DrawStyle style)
    {
        using var folder = new TemporaryFolder();
        var options = new DrawOptions { Style = style, Count = 40, Size = 48, Seed = 5 };
        var result = DrawStage.Run(options, folder.File("a"));
        DrawStage.Run(options, folder.File("b"));
        Assert.Equal((40, 0, 0, 0), (result.Files, result.Copies, result.MetadataCopies, result.Broken));
        var files = Directory.GetFiles(folder.File("a")).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(40, files.Length);
        foreach (var file in files)
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(folder.File("b"), Path.GetFileName(file))));
        var pictures = files.Select(file => PictureReader.DecodeFile(file)).ToArray();
        Assert.All(pictures, picture => Assert.Equal((48, 48), (picture.Width, picture.Height)));
        Assert.InRange(pictures.Select(picture => Convert.ToBase64String(picture.Pixels)).Distinct().Count(), 38, 40);
    }

    [Fact]
    public void Sprites_have_few_colours_rolls_two_values_and_lines_and_glyphs_no_colour()
    {
        Assert.All(Drawn(DrawStyle.Sprites), picture => Assert.InRange(Colours(picture), 4, 7));
        Assert.All(Drawn(DrawStyle.Rolls), picture => Assert.Equal<byte[]>([0, 255], [.. picture.Pixels.Distinct().Order()]));
        foreach (var style in new[] { DrawStyle.Lines, DrawStyle.Glyphs })
            Assert.All(Drawn(style), picture => Assert.All(picture.Pixels.Chunk(3), pixel => Assert.True(pixel[0] == pixel[1] && pixel[1] == pixel[2])));
        Assert.All(Drawn(DrawStyle.Gradients), picture => Assert.InRange(LargestStep(picture), 0, 24));
    }

    [Fact]
    public void A_folder_drawn_in_one_style_is_not_drawn_over_in_another()
    {
        using var folder = new TemporaryFolder();
        DrawStage.Run(new DrawOptions { Style = DrawStyle.Rolls, Count = 4, Size = 32 }, folder.File("a"));
        var error = Assert.Throws<UnusableInputException>(() => DrawStage.Run(new DrawOptions { Style = DrawStyle.Lines, Count = 4, Size = 32 }, folder.File("a")));
        Assert.Contains("4 rolls", error.Message);
        Assert.Contains("not 4 lines", error.Message);
    }

    private static Picture[] Drawn(DrawStyle style)
    {
        using var folder = new TemporaryFolder();
        DrawStage.Run(new DrawOptions { Style = style, Count = 12, Size = 64 }, folder.File("a"));
        return [.. Directory.GetFiles(folder.File("a")).Select(file => PictureReader.DecodeFile(file))];
    }

    private static int Colours(Picture picture) => picture.Pixels.Chunk(3).Select(pixel => (pixel[0], pixel[1], pixel[2])).Distinct().Count();

    private static int LargestStep(Picture picture) => Enumerable.Range(0, picture.Height)
        .Max(y => Enumerable.Range(3, (picture.Width - 1) * 3).Max(i => Math.Abs(picture.Row(y)[i] - picture.Row(y)[i - 3])));
}
