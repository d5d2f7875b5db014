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
            using var picture = Open(at, bytes, format, 1, 0, out var header);
            return header;
        }
    }

    /// <summary>The samples of the first frame as they are stored, alpha included: 8 bits a channel, or 16 and 32 in the machine's byte
    /// order.</summary>
    public static byte[] Samples(ReadOnlySpan<byte> bytes, PictureFormat format, out PictureHeader header)
    {
        fixed (byte* at = bytes)
        {
            using var picture = Open(at, bytes, format, 1, 0, out header);
            var samples = GC.AllocateUninitializedArray<byte>(checked((int)(header.Pixels * header.Channels * header.BitsPerChannel / 8)));
            fixed (byte* to = samples)
                VipsCheck.Ensure(NativeMethods.Samples(picture, to, samples.Length), format, bytes);
            return samples;
        }
    }

    /// <summary>One frame or page as stored, not turned and not shrunk.</summary>
    public static Picture Page(ReadOnlySpan<byte> bytes, PictureFormat format, int page)
    {
        fixed (byte* at = bytes)
        {
            using var picture = Open(at, bytes, format, 1, page, out var header);
            var pixels = GC.AllocateUninitializedArray<byte>(checked((int)(header.Pixels * 3)));
            fixed (byte* to = pixels)
                VipsCheck.Ensure(NativeMethods.Read(picture, 3, to), format, bytes);
            return new Picture(header.Width, header.Height, pixels);
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
            var picture = Open(at, bytes, format, 1, 0, out var header);
            try
            {
                var shrink = admit(header);
                if (shrink > 1)
                {
                    picture.Dispose();
                    picture = Open(at, bytes, format, shrink, 0, out header);
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

    /// <summary>Opens a frame or page.</summary>
    /// <param name="at">Where the bytes are; they stay pinned until the picture is disposed.</param>
    /// <param name="bytes">The file.</param>
    /// <param name="format">What it is.</param>
    /// <param name="shrink">By how much it is shrunk (1, 2, 4, 8).</param>
    /// <param name="page">Which, from 0; −1 for all frames of a GIF or WebP.</param>
    /// <param name="header">Its header.</param>
    internal static VipsPicture Open(
        byte* at, ReadOnlySpan<byte> bytes, PictureFormat format, int shrink, int page, out PictureHeader header)
    {
        VipsLibrary.EnsureMatches();
        VipsCheck.Ensure(NativeMethods.Open(at, bytes.Length, format, shrink, page, out var read, out var picture), format, bytes);
        header = new PictureHeader(
            format, read.Width, read.Height, Math.Max(1, read.Frames), read.Orientation, read.Bands, read.Bits, read.HasAlpha != 0,
            read.HasProfile != 0);
        return picture;
    }
}
