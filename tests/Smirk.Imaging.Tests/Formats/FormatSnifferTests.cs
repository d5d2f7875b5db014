using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Smirk.Imaging.Formats;

namespace Smirk.Imaging.Tests.Formats;

public sealed class FormatSnifferTests
{
    [Theory]
    [InlineData("FFD8FFE0", PictureFormat.Jpeg)]
    [InlineData("89504E470D0A1A0A", PictureFormat.Png)]
    [InlineData("524946461000000057454250", PictureFormat.WebP)]
    [InlineData("474946383961", PictureFormat.Gif)]
    [InlineData("49492A00", PictureFormat.Tiff)]
    [InlineData("4D4D002B", PictureFormat.Tiff)]
    [InlineData("424D0000000000000000360000002800000001", PictureFormat.Bmp)]
    [InlineData("0000001C667479706176696600000000", PictureFormat.Avif)]
    [InlineData("0000001C667479706D696631000000006D69663161766966", PictureFormat.Avif)]
    [InlineData("00000018667479706865696300000000", PictureFormat.Heic)]
    [InlineData("0000001866747970697336D0", PictureFormat.Unknown)]
    [InlineData("FFD8", PictureFormat.Unknown)]
    [InlineData("", PictureFormat.Unknown)]
    public void Sniff_goes_by_the_signature(string hex, PictureFormat format) =>
        Assert.Equal(format, FormatSniffer.Sniff(Convert.FromHexString(hex)));

    [Fact]
    public void Sniff_never_fails_on_any_bytes() =>
        Prop.ForAll<byte[]>(bytes => Enum.IsDefined(FormatSniffer.Sniff(bytes)) && FormatSniffer.Describe(bytes).Length > 0)
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("", "an empty file")]
    [InlineData("<!DOCTYPE html><title>404</title>", "a web page (HTML)")]
    [InlineData("{\"error\": 429}", "a JSON text")]
    [InlineData("BMW is a car", "a text")]
    [InlineData("%PDF-1.4", "a PDF document")]
    [InlineData("<svg xmlns='x'/>", "an SVG drawing, which isn't read; save it as PNG")]
    [InlineData("\0\0\0\u0018ftypmp42", "a video (MP4)")]
    [InlineData("\u0001\u0002\u0003", "of no known picture format")]
    public void Describe_says_what_it_is_instead(string text, string what)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Assert.Equal(PictureFormat.Unknown, FormatSniffer.Sniff(bytes));
        Assert.Equal(what, FormatSniffer.Describe(bytes));
    }
}
