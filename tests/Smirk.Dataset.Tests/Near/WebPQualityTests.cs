using Smirk.Dataset.Near.Keeper;
using Smirk.Drawing.Faces;
using Smirk.Imaging;
using Smirk.Imaging.Writing;

namespace Smirk.Dataset.Tests.Near;

public class WebPQualityTests
{
    private readonly Picture _face = FacePainter.Paint(TraitSampler.Sample(new Random(7)), 256, 256);

    [Theory]
    [InlineData(30)]
    [InlineData(60)]
    [InlineData(75)]
    [InlineData(90)]
    [InlineData(98)]
    public void The_quality_it_was_written_with_is_read_back(int quality) =>
        Assert.InRange(WebPQuality.Of(PictureWriter.WebP(_face, quality)) ?? -1, quality - 8, quality + 8);

    [Fact]
    public void Lossless_is_100() => Assert.Equal(100, WebPQuality.Of(PictureWriter.WebP(_face, lossless: true)));

    [Fact]
    public void An_animation_has_its_first_frame_s_quality() =>
        Assert.InRange(WebPQuality.Of(PictureWriter.AnimatedWebP([_face, _face], 100, quality: 60)) ?? -1, 50, 70);

    [Fact]
    public void A_file_cut_anywhere_has_a_quality_or_none_and_never_throws()
    {
        var file = PictureWriter.WebP(_face, 80);

        Assert.All(Enumerable.Range(0, 64), length => Assert.InRange(WebPQuality.Of(file.AsSpan(0, length)) ?? 0, 0, 100));
    }
}
