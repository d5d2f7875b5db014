using Smirk.Imaging.Formats;
using Smirk.Imaging.Native;

namespace Smirk.Imaging.Reading;

/// <summary>Decoding through libvips.</summary>
internal static unsafe class VipsDecoder
{
    /// <summary>The header of the picture as stored.</summary>
    public static PictureHeader ReadHeader(ReadOnlySpan<byte> bytes, PictureFormat format)
    {
        fixed (byte* at = bytes)
        {
            using var picture = Open(at, bytes, format, 1, out var header);
            return header;
        }
    }

    /// <summary>The first frame as stored, not turned.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="format">What it is.</param>
    /// <param name="admit">Told of the header before any pixel is decoded; says by how much it is shrunk meanwhile (1, 2, 4, 8).</param>
    /// <param name="channels">3, or 1 for the luminance.</param>
    public static DecodedPixels Decode(ReadOnlySpan<byte> bytes, PictureFormat format, Func<PictureHeader, int> admit, int channels)
    {
        fixed (byte* at = bytes)
        {
            // Opening costs as much as decoding a small picture: the one that told the header goes on with the pixels.
            var picture = Open(at, bytes, format, 1, out var header);
            try
            {
                var shrink = admit(header);
                if (shrink > 1)
                {
                    picture.Dispose();
                    picture = Open(at, bytes, format, shrink, out header);
                }

                var pixels = GC.AllocateUninitializedArray<byte>(checked((int)(header.Pixels * channels)));
                fixed (byte* to = pixels)
                    Check(NativeMethods.Read(picture, channels, to), format, bytes);
                return new DecodedPixels(header.Width, header.Height, pixels);
            }
            finally
            {
                picture.Dispose();
            }
        }
    }

    private static VipsPicture Open(byte* at, ReadOnlySpan<byte> bytes, PictureFormat format, int shrink, out PictureHeader header)
    {
        VipsLibrary.EnsureMatches();
        Check(NativeMethods.Open(at, bytes.Length, format, shrink, out var read, out var picture), format, bytes);
        header = new PictureHeader(format, read.Width, read.Height, Math.Max(1, read.Frames), read.Orientation, read.Bands, read.Bits, read.HasAlpha != 0, read.HasProfile != 0);
        return picture;
    }

    private static void Check(int status, PictureFormat format, ReadOnlySpan<byte> bytes)
    {
        if (status == VipsStatus.Ok)
            return;
        var said = VipsStatus.LastError();
        throw status switch
        {
            VipsStatus.Unusable => new UnusablePictureException(Damage.Explain(format, bytes, said)),
            VipsStatus.Unsupported => new UnusablePictureException($"a picture of the format {format}, which the libvips of this machine can't read: {said}"),
            _ => new InvalidOperationException($"libsmirk_vips failed while decoding: {said}"),
        };
    }
}
