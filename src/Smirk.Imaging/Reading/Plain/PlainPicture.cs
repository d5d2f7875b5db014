using Smirk.Imaging.Formats;
using Smirk.Imaging.Native;
using Smirk.Native;

namespace Smirk.Imaging.Reading.Plain;

/// <summary>
/// JPEGs, PNGs and WebPs that hold nothing but 8-bit pixels, decoded by the formats' own libraries. libvips uses the same ones and comes to
/// the same bytes,
/// but setting up its operations takes longer than a small picture's pixels do. Nearly all of a stripped pile is of that kind.
/// </summary>
internal static unsafe class PlainPicture
{
    /// <summary>The header, if the file is plain as far as can be told without decoding; null otherwise, also where it is
    /// damaged.</summary>
    public static PictureHeader? TryReadHeader(ReadOnlySpan<byte> bytes, PictureFormat format) => format switch
    {
        PictureFormat.Jpeg => PlainJpeg.TryReadHeader(bytes),
        PictureFormat.Png => PlainPng.TryReadHeader(bytes),
        PictureFormat.WebP => PlainWebP.TryReadHeader(bytes),
        _ => null,
    };

    /// <summary>Decodes; null where the library has anything to object to, which libvips then explains, and where only libvips can do it in
    /// little memory.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="header">What <see cref="TryReadHeader"/> gave.</param>
    /// <param name="shrink">1, 2, 4 or 8: averaged in squares of that many pixels while it is decoded. JPEG alone.</param>
    /// <param name="channels">3, or 1 for the luminance. JPEG alone.</param>
    public static DecodedPixels? TryDecode(ReadOnlySpan<byte> bytes, PictureHeader header, int shrink, int channels)
    {
        if (header.Format != PictureFormat.Jpeg && (shrink > 1 || channels != 3))
            return null;
        VipsLibrary.EnsureMatches();
        var (width, height) = (header.Width / shrink, header.Height / shrink);
        var pixels = GC.AllocateUninitializedArray<byte>(checked(width * height * channels));
        fixed (byte* at = bytes, to = pixels)
        {
            var status = header.Format switch
            {
                PictureFormat.Jpeg => NativeMethods.PlainJpeg(at, bytes.Length, shrink, width, height, channels, to),
                PictureFormat.Png => NativeMethods.PlainPng(at, bytes.Length, width, height, to),
                _ => NativeMethods.PlainWebP(at, bytes.Length, width, height, to),
            };
            return status == (int)NativeStatus.Ok ? new DecodedPixels(width, height, pixels) { IsPlain = true } : null;
        }
    }

    /// <summary>What all plain pictures' headers have in common.</summary>
    internal static PictureHeader Header(PictureFormat format, int width, int height, int channels) =>
        new(format, width, height, Frames: 1, Orientation: 1, channels, BitsPerChannel: 8, HasAlpha: false, HasProfile: false);
}
