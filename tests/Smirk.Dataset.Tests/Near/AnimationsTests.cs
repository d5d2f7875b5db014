using Smirk.Dataset.Near.Verify;
using Smirk.Drawing.Faces;
using Smirk.Imaging;
using Smirk.Imaging.Writing;

namespace Smirk.Dataset.Tests.Near;

/// <summary>All frames and pages count, not only the first.</summary>
public sealed class AnimationsTests
{
    public static TheoryData<string> Containers => ["gif", "webp", "apng", "tiff"];

    [Theory]
    [InlineData("anim-a.gif", "anim-b.gif")]
    [InlineData("still.png", "apng.png")]
    public void Files_that_begin_alike_are_no_duplicates(string one, string other)
    {
        var folder = TestData.Require("faults");
        var findings = Searched.Find([File.ReadAllBytes(Path.Combine(folder, one)), File.ReadAllBytes(Path.Combine(folder, other))]);
        Assert.Empty(findings.Groups);
        var kind = Assert.Single(Assert.Single(findings.Alternates).Members).Kind;
        Assert.Equal(one == "still.png" ? NearKind.Still : NearKind.Alternate, kind);
    }

    [Theory]
    [MemberData(nameof(Containers))]
    public void Same_first_frame_and_another_end_is_another_animation(string container)
    {
        var scene = Scene(2);
        var (one, other) = (Moving(scene, 12, step: 9), Moving(scene, 12, step: -9));
        Assert.Empty(Searched.Find([Encode(container, one), Encode(container, other)]).Groups);
    }

    [Theory]
    [MemberData(nameof(Containers))]
    public void One_other_frame_in_the_middle_is_another_animation(string container)
    {
        var one = Moving(Scene(3), 10, step: 6);
        var other = one.ToList();
        other[6] = With(other[6], 20, 20, 26);
        Assert.Empty(Searched.Find([Encode(container, one), Encode(container, other)]).Groups);
    }

    [Theory]
    [MemberData(nameof(Containers))]
    public void A_still_of_it_stays_beside_it(string container)
    {
        var frames = Moving(Scene(4), 6, step: 5);
        var findings = Searched.Find([PictureWriter.Png(frames[0]), Encode(container, frames)]);
        Assert.Empty(findings.Groups);
        Assert.Equal(NearKind.Still, Assert.Single(Assert.Single(findings.Alternates).Members).Kind);
    }

    [Theory]
    [InlineData("gif", "webp")]
    [InlineData("apng", "webp")]
    [InlineData("gif", "apng")]
    [InlineData("tiff", "apng")]
    public void The_same_animation_in_another_format_is_a_copy(string one, string other)
    {
        var frames = Moving(Scene(5), 8, step: 7);
        Assert.Single(Assert.Single(Searched.Find([Encode(one, frames), Encode(other, frames)]).Groups).Members);
    }

    [Fact]
    public void A_copy_that_is_smaller_and_compressed_is_found_and_goes()
    {
        var frames = Moving(Scene(6), 8, step: 7);
        var small = frames.ConvertAll(f => f.Resize(f.Width * 3 / 4, f.Height * 3 / 4));
        var group = Assert.Single(Searched.Find([PictureWriter.AnimatedWebP(small, 80, 60), PictureWriter.AnimatedGif(frames, 80)]).Groups);
        Assert.Equal(1, group.Keeper);
    }

    [Fact]
    public void An_animation_whose_metadata_differ_is_an_exact_copy()
    {
        var gif = PictureWriter.AnimatedGif(Moving(Scene(7), 5, step: 4), 100);
        byte[] told = [.. gif[..^1], 0x21, 0xFE, 5, .. "smirk"u8, 0, 0x3B];
        Assert.Equal(NearKind.Exact, Assert.Single(Assert.Single(Searched.Find([gif, told]).Groups).Members).Kind);
    }

    [Fact]
    public void What_fades_to_black_is_another_animation_than_what_stays()
    {
        var frames = Enumerable.Range(0, 8).Select(_ => Scene(8)).ToList();
        var fading = frames.Select((f, i) => new Picture(f.Width, f.Height, [.. f.Pixels.Select(p => (byte)(p * (16 - i) / 16))])).ToList();
        frames[^1] = With(frames[^1], 60, 60, 20);
        fading[^1] = With(fading[^1], 60, 60, 20);
        Assert.Empty(Searched.Find([Encode("webp", frames), Encode("webp", fading)]).Groups);
    }

    internal static byte[] Encode(string container, IReadOnlyList<Picture> frames) => container switch
    {
        "gif" => PictureWriter.AnimatedGif(frames, 100),
        "webp" => PictureWriter.AnimatedWebP(frames, 100, 90),
        "apng" => MadePictures.Apng(frames[0].Width, frames[0].Height, [.. frames.Select(f => f.Pixels)], 100),
        _ => MadePictures.Tiff(frames[0].Width, frames[0].Height, [.. frames.Select(f => f.Pixels)]),
    };

    private static Picture Scene(int number) => FacePainter.Paint(TraitSampler.Sample(new Random(500 + number)), 240, 180);

    // A ball that goes across the scene; the first frames of any two steps are the same.
    private static List<Picture> Moving(Picture scene, int count, int step) =>
        [.. Enumerable.Range(0, count).Select(i => With(scene, 120 + (i * step), 40, 14))];

    private static Picture With(Picture scene, int middleX, int middleY, int radius)
    {
        var pixels = (byte[])scene.Pixels.Clone();
        for (var y = Math.Max(0, middleY - radius); y < Math.Min(scene.Height, middleY + radius); y++)
        {
            for (var x = Math.Max(0, middleX - radius); x < Math.Min(scene.Width, middleX + radius); x++)
            {
                var at = ((y * scene.Width) + x) * 3;
                if (((x - middleX) * (x - middleX)) + ((y - middleY) * (y - middleY)) < radius * radius)
                    (pixels[at], pixels[at + 1], pixels[at + 2]) = (250, 30, 40);
            }
        }

        return new Picture(scene.Width, scene.Height, pixels);
    }
}
