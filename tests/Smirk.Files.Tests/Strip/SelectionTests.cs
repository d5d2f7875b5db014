using System.Text;
using Smirk.Files.Strip;
using Smirk.Files.Strip.Tags;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Writing;

namespace Smirk.Files.Tests.Strip;

/// <summary>All but some, and nothing but some. exiftool plants the tags and reads what is left.</summary>
public sealed class SelectionTests : IDisposable
{
    private const string Xmp = "XMP";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => ["a.jpg", "a.png", "a.webp", "picture.heic", "plain.tif"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Only_gps_takes_the_place_out_and_leaves_all_else(string name)
    {
        var (bare, with) = Planted(name);
        var after = Stripped(name, with, TagChoice.NothingBut(["gps"]), bare);
        Assert.Empty(Tags(after, "-GPS:all", "-XMP:GPSLatitude", "-XMP:City"));
        foreach (var tag in new[] { "Artist", "Copyright", "Model", "DateTimeOriginal", "XMP:Title" })
            Assert.Equal(Tags(with, $"-{tag}"), Tags(after, $"-{tag}"));
        Assert.NotEmpty(Tags(after, "-Model"));
        Assert.DoesNotContain("48.8577", string.Join(' ', Tags(after, "-all")), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Keep_copyright_leaves_author_and_rights_and_nothing_else(string name)
    {
        var (bare, with) = Planted(name);
        var after = Stripped(name, with, TagChoice.AllBut(["copyright"]), bare);
        Assert.Equal(["Copyright", "Artist"], Tags(after, "-IFD0:Copyright", "-IFD0:Artist").Select(t => t.Split(':')[0].Trim()));
        Assert.Equal(["Rights"], Tags(after, "-XMP:Rights", "-XMP:Title", "-XMP:GPSLatitude").Select(t => t.Split(':')[0].Trim()));
        Assert.Empty(Tags(after, "-GPS:all", "-IFD0:Model", "-ExifIFD:all", "-IFD0:Software"));
        Assert.Equal(-1, File.ReadAllBytes(after).AsSpan().IndexOf("camera-secret"u8));
    }

    [Fact]
    public void Comments_and_blocks_as_a_whole_can_be_chosen()
    {
        var (bare, with) = Planted("a.jpg");
        Assert.NotEmpty(Tags(Stripped("b.jpg", with, TagChoice.AllBut(["comment"]), bare), "-Comment"));
        Assert.Empty(Tags(Stripped("c.jpg", with, TagChoice.NothingBut(["comment"]), bare), "-Comment"));
        var xmp = Stripped("d.jpg", with, TagChoice.AllBut(["xmp"]), bare);
        Assert.NotEmpty(Tags(xmp, "-XMP:GPSLatitude"));
        Assert.Empty(Tags(xmp, "-EXIF:all"));
        var exif = Stripped("e.jpg", with, TagChoice.NothingBut(["exif"]), bare);
        Assert.Empty(Tags(exif, "-EXIF:all"));
        Assert.NotEmpty(Tags(exif, "-XMP:Title"));
    }

    [Fact]
    public void What_can_not_be_read_is_refused_rather_than_guessed_at()
    {
        var parts = Strip.Planted.JpegParts(PictureWriter.Jpeg(Strip.Planted.Picture()));
        foreach (var (body, words) in new[] { ("Exif\0\0II*\0\u0001", "Exif"), ("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta", Xmp) })
        {
            var file = Strip.Planted.Join([parts[0], Strip.Planted.Segment(0xE1, Encoding.Latin1.GetBytes(body)), .. parts[1..]]);
            var outcome = MetadataStripper.Strip(file, new StripOptions { Tags = TagChoice.NothingBut(["gps"]) });
            Assert.Equal(StripStatus.Refused, outcome.Status);
            Assert.Contains($"its {words} can't be read", outcome.Reason, StringComparison.Ordinal);
            Assert.Equal(StripStatus.Stripped, MetadataStripper.Strip(file).Status);
        }

        var movie = MetadataStripper.Strip(new PlantedMovie().Make(), new StripOptions { Tags = TagChoice.AllBut(["gps"]) });
        Assert.Contains("of a movie's metadata no part", movie.Reason, StringComparison.Ordinal);
    }

    private string Stripped(string name, string with, TagChoice tags, byte[] bare)
    {
        var outcome = MetadataStripper.Strip(File.ReadAllBytes(with), new StripOptions { Tags = tags });
        Assert.Equal((StripStatus.Stripped, null), (outcome.Status, outcome.Reason));
        Assert.Equal(PictureReader.Decode(bare).Pixels, PictureReader.Decode(outcome.Bytes.Span).Pixels);
        return _folder.Write($"after/{name}", outcome.Bytes.Span);
    }

    private (byte[] Bare, string With) Planted(string name)
    {
        var picture = Strip.Planted.Picture();
        var bare = Path.GetExtension(name) switch
        {
            ".jpg" => PictureWriter.Jpeg(picture),
            ".png" => PictureWriter.Png(picture),
            ".webp" => PictureWriter.WebP(picture, lossless: true),
            _ => File.ReadAllBytes(Path.Combine(TestData.Repository, "tests", "goldens", "pictures", name)),
        };
        var file = _folder.Write($"with/{name}", bare);
        var comment = name == "a.jpg" ? new[] { "-Comment=a comment" } : [];
        Assert.SkipWhen(StripFolder.Run("exiftool",
        [
            "-q", "-overwrite_original", "-GPSLatitude=48.8577", "-GPSLatitudeRef=N", "-GPSLongitude=2.2950", "-GPSLongitudeRef=E",
            "-Artist=Me", "-Copyright=Mine", "-Model=camera-secret", "-Software=program", "-DateTimeOriginal=2020:01:02 03:04:05",
            "-UserComment=words",
            "-XMP:Title=a title", "-XMP-dc:Rights=Mine", "-XMP-exif:GPSLatitude=48.8577", "-XMP-photoshop:City=Paris", .. comment, file,
        ]) is null, "exiftool isn't here");
        return (bare, file);
    }

    private static string[] Tags(string file, params string[] tags) =>
        StripFolder.Run("exiftool", ["-s", "-n", .. tags, file])!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
