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
            // Opening takes as long as decoding a small picture: the one opened for its header is decoded.
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
                    VipsCheck.Ensure(NativeMethods.Read(picture, channels, to), format, bytes);
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
        VipsCheck.Ensure(NativeMethods.Open(at, bytes.Length, format, shrink, out var read, out var picture), format, bytes);
        header = new PictureHeader(
            format, read.Width, read.Height, Math.Max(1, read.Frames), read.Orientation, read.Bands, read.Bits, read.HasAlpha != 0,
            read.HasProfile != 0);
        return picture;
    }
}
