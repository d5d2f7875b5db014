using Smirk.Imaging.Formats;
using Smirk.Imaging.Native;

namespace Smirk.Imaging.Writing;

/// <summary>Encodes pictures; no metadata is written. Safe to call from many threads at once.</summary>
public static unsafe class PictureWriter
{
    /// <summary>Lossless PNG.</summary>
    public static byte[] Png(Picture picture) => Encode(picture, PictureFormat.Png, 0, lossless: true);

    /// <summary>JPEG; <paramref name="quality"/> 1 to 100, colours at half resolution below 90.</summary>
    public static byte[] Jpeg(Picture picture, int quality = 90) => Encode(picture, PictureFormat.Jpeg, Quality(quality), lossless: false);

    /// <summary>WebP; <paramref name="quality"/> 1 to 100, which <paramref name="lossless"/> turns into effort.</summary>
    public static byte[] WebP(Picture picture, int quality = 90, bool lossless = false) =>
        Encode(picture, PictureFormat.WebP, Quality(quality), lossless);

    /// <summary>A GIF that repeats for ever; all frames have one size, colours are reduced to 256 a frame.</summary>
    /// <param name="frames">At least one.</param>
    /// <param name="delayMilliseconds">How long each frame stays; GIF counts in steps of 10.</param>
    public static byte[] AnimatedGif(IReadOnlyList<Picture> frames, int delayMilliseconds) =>
        EncodeFrames(frames, PictureFormat.Gif, 0, delayMilliseconds);

    /// <summary>A WebP that repeats for ever; all frames have one size.</summary>
    /// <param name="frames">At least one.</param>
    /// <param name="delayMilliseconds">How long each frame stays.</param>
    /// <param name="quality">1 to 100.</param>
    public static byte[] AnimatedWebP(IReadOnlyList<Picture> frames, int delayMilliseconds, int quality = 80) =>
        EncodeFrames(frames, PictureFormat.WebP, Quality(quality), delayMilliseconds);

    private static byte[] EncodeFrames(IReadOnlyList<Picture> frames, PictureFormat format, int quality, int delay)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(delay);
        ArgumentOutOfRangeException.ThrowIfZero(frames.Count);
        var (width, height) = (frames[0].Width, frames[0].Height);
        if (frames.FirstOrDefault(f => f.Width != width || f.Height != height) is { } odd)
        {
            throw new ArgumentException(
                $"All frames must have the first one's size, {width} × {height}; one has {odd.Width} × {odd.Height}.", nameof(frames));
        }

        var strip = new byte[checked(width * height * 3 * frames.Count)];
        for (var i = 0; i < frames.Count; i++)
            frames[i].Pixels.CopyTo(strip, i * width * height * 3);
        return Encode(strip, width, height, frames.Count, format, quality, lossless: false, delay);
    }

    private static byte[] Encode(Picture picture, PictureFormat format, int quality, bool lossless) =>
        Encode(picture.Pixels, picture.Width, picture.Height, 1, format, quality, lossless, 0);

    private static byte[] Encode(
        byte[] pixels, int width, int height, int frames, PictureFormat format, int quality, bool lossless, int delay)
    {
        VipsLibrary.EnsureMatches();
        fixed (byte* at = pixels)
        {
            var status = NativeMethods.Encode(
                at, width, height, frames, format, quality, lossless ? 1 : 0, delay, out var encoded, out var length);
            using (encoded)
            {
                VipsCheck.Ensure(status, format);
                var bytes = encoded.ToArray(length);
                return format == PictureFormat.WebP ? WebPChunks.WithoutMetadata(bytes) : bytes;
            }
        }
    }

    private static int Quality(int quality) => quality is >= 1 and <= 100
        ? quality
        : throw new ArgumentOutOfRangeException(nameof(quality), quality, "Quality goes from 1 to 100.");
}
