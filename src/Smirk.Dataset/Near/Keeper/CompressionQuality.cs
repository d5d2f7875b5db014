using Smirk.Imaging.Formats;
using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Keeper;

/// <summary>How much a lossy compressor took away.</summary>
internal static class CompressionQuality
{
    // AVIF and HEIC don't say what they took where it is easily read; their encoders' defaults are about here.
    private const int UnknownLossy = 80;

    // The standard's luminance table at quality 50 sums to this.
    private const int StandardSum = 3688;

    /// <summary>0–100.</summary>
    public static int Of(ReadOnlySpan<byte> bytes, GreyPicture grey)
    {
        var said = FormatSniffer.Sniff(bytes) switch
        {
            PictureFormat.Jpeg => OfJpeg(bytes) ?? UnknownLossy,
            PictureFormat.WebP => WebPQuality.Of(bytes) ?? UnknownLossy,
            PictureFormat.Avif or PictureFormat.Heic or PictureFormat.Jxl => UnknownLossy,
            PictureFormat.Gif => 60,
            _ => 100,
        };
        // A PNG made from a JPEG is no better than that was: its 8-pixel grid still shows.
        return Math.Min(said, 100 - (int)Math.Clamp((Blockiness(grey) - 1.1) * 60, 0, 60));
    }

    // libjpeg's scale read backwards from the sum of the luminance table.
    private static int? OfJpeg(ReadOnlySpan<byte> bytes)
    {
        for (var at = 2; at + 4 < bytes.Length && bytes[at] == 0xFF;)
        {
            var (marker, length) = (bytes[at + 1], (bytes[at + 2] << 8) | bytes[at + 3]);
            if (marker == 0xDA || length < 2)
                return null;
            if (marker == 0xDB && at + 5 + 64 <= bytes.Length && (bytes[at + 4] & 15) == 0)
            {
                var wide = bytes[at + 4] >> 4 != 0;
                var sum = 0;
                for (var i = 0; i < 64 && at + 6 + (wide ? 2 * i : i) < bytes.Length; i++)
                    sum += wide ? (bytes[at + 5 + (2 * i)] << 8) | bytes[at + 6 + (2 * i)] : bytes[at + 5 + i];
                var scale = 100.0 * sum / StandardSum;
                return (int)Math.Clamp(scale <= 100 ? 100 - (scale / 2) : 5000 / scale, 1, 100);
            }

            at += 2 + length;
        }

        return null;
    }

    // Steps at every 8th column over steps elsewhere: 1 without a grid.
    private static double Blockiness(GreyPicture grey)
    {
        var (onGrid, between) = (0L, 0L);
        var (countOn, countBetween) = (0, 0);
        for (var y = 0; y < grey.Height; y += 2)
        {
            var line = grey.Pixels.AsSpan(y * grey.Width, grey.Width);
            for (var x = 1; x < line.Length; x++)
            {
                var step = Math.Abs(line[x] - line[x - 1]);
                // The picture's own edges say nothing about the grid.
                if (step > 24)
                    continue;
                if ((x & 7) == 0)
                    (onGrid, countOn) = (onGrid + step, countOn + 1);
                else if ((x & 7) == 4)
                    (between, countBetween) = (between + step, countBetween + 1);
            }
        }

        return countOn == 0 || between == 0 ? 1 : (double)onGrid / countOn / ((double)between / countBetween);
    }
}
