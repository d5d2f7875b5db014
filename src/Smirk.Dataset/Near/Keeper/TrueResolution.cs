using Smirk.Dataset.Near.Prepare;
using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Keeper;

/// <summary>What tells a picture's real resolution from pixels that were only added: the power of its highest frequencies.</summary>
internal static class TrueResolution
{
    // Lines of this many pixels are transformed, and this many of their highest frequencies added up: the top fifth.
    private const int Line = 64;
    private const int Top = 7;

    private static readonly double[] Window =
        [.. Enumerable.Range(0, Line).Select(i => 0.5 - (0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / Line)))];
    private static readonly double[] Cosines = [.. Enumerable.Range(0, Line).Select(i => Math.Cos(2 * Math.PI * i / Line))];

    /// <summary>Logarithm (base 10) of the power in the top fifth of the frequencies, across and down, whichever has less; null where
    /// <paramref name="own"/>, the part that is looked at, has fewer than 64 pixels across or down.</summary>
    public static double? TopPower(GreyPicture picture, PictureBox own) =>
        Along(picture, own, rows: true) is { } across && Along(picture, own, rows: false) is { } down ? Math.Min(across, down) : null;

    /// <summary>Mean difference of neighbouring pixels, strongest tenth only: the edges.</summary>
    public static double Sharpness(GreyPicture picture)
    {
        var histogram = new long[256];
        for (var y = 0; y < picture.Height; y++)
        {
            var line = picture.Pixels.AsSpan(y * picture.Width, picture.Width);
            for (var x = 1; x < line.Length; x++)
                histogram[Math.Abs(line[x] - line[x - 1])]++;
        }

        var wanted = Math.Max(1, histogram.Sum() / 10);
        var (taken, sum) = (0L, 0L);
        for (var i = 255; i >= 0 && taken < wanted; i--)
        {
            var count = Math.Min(histogram[i], wanted - taken);
            taken += count;
            sum += count * i;
        }

        return (double)sum / wanted;
    }

    private static double? Along(GreyPicture picture, PictureBox own, bool rows)
    {
        var (length, lines) = rows ? (own.Width, own.Height) : (own.Height, own.Width);
        var origin = (own.Y * picture.Width) + own.X;
        if (length < Line)
            return null;
        var (power, count) = (0.0, 0);
        Span<double> values = stackalloc double[Line];
        // Some hundreds of lines spread over the picture say enough about all of them.
        for (var start = 0; start + Line <= length; start += Math.Max(Line, length / 8))
        {
            for (var line = 0; line < lines; line += Math.Max(1, lines / 64))
            {
                for (var i = 0; i < Line; i++)
                    values[i] = picture.Pixels[origin + (rows ? (line * picture.Width) + start + i : ((start + i) * picture.Width) + line)];
                power += TopPowerOf(values);
                count++;
            }
        }

        return Math.Log10((power / count) + 1e-3);
    }

    private static double TopPowerOf(ReadOnlySpan<double> values)
    {
        var mean = 0.0;
        foreach (var value in values)
            mean += value / Line;
        Span<double> windowed = stackalloc double[Line];
        for (var i = 0; i < Line; i++)
            windowed[i] = (values[i] - mean) * Window[i];
        var power = 0.0;
        for (var f = (Line / 2) - Top; f < Line / 2; f++)
        {
            var (real, imaginary) = (0.0, 0.0);
            for (int i = 0, at = 0; i < Line; i++, at = (at + f) & (Line - 1))
            {
                real += windowed[i] * Cosines[at];
                imaginary += windowed[i] * Cosines[(at + (Line / 4)) & (Line - 1)];
            }

            power += (real * real) + (imaginary * imaginary);
        }

        return power;
    }
}
