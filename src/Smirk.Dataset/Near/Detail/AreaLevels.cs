namespace Smirk.Dataset.Near.Detail;

/// <summary>Takes the brightness of one picture's areas to the other's: glare, a shadow, a tone that treats colours differently. What is
/// smaller than an area stays as it is.</summary>
internal static class AreaLevels
{
    // An area is this share of the longer side, each way from its middle.
    private const int Share = 12;

    /// <summary><paramref name="a"/> with the mean of each area brought to that of <paramref name="b"/>; 0 stays 0.</summary>
    public static byte[] Match(byte[] a, byte[] b, int width, int height)
    {
        var reach = Math.Max(width, height) / Share;
        // Sums over everything above and to the left give each area's sum in four look-ups.
        var (sums, counts) = (new long[(width + 1) * (height + 1)], new int[(width + 1) * (height + 1)]);
        for (var y = 0; y < height; y++)
        {
            var (sum, count) = (0L, 0);
            for (var x = 0; x < width; x++)
            {
                var at = (y * width) + x;
                if (a[at] != 0 && b[at] != 0)
                    (sum, count) = (sum + b[at] - a[at], count + 1);
                sums[((y + 1) * (width + 1)) + x + 1] = sums[(y * (width + 1)) + x + 1] + sum;
                counts[((y + 1) * (width + 1)) + x + 1] = counts[(y * (width + 1)) + x + 1] + count;
            }
        }

        var result = new byte[a.Length];
        for (var y = 0; y < height; y++)
        {
            var (top, bottom) = (Math.Max(0, y - reach) * (width + 1), Math.Min(height, y + reach + 1) * (width + 1));
            for (var x = 0; x < width; x++)
            {
                var at = (y * width) + x;
                if (a[at] == 0)
                    continue;
                var (left, right) = (Math.Max(0, x - reach), Math.Min(width, x + reach + 1));
                var sum = sums[bottom + right] - sums[bottom + left] - sums[top + right] + sums[top + left];
                var count = counts[bottom + right] - counts[bottom + left] - counts[top + right] + counts[top + left];
                result[at] = (byte)Math.Clamp(a[at] + (count == 0 ? 0 : sum / count), 1, 255);
            }
        }

        return result;
    }
}
