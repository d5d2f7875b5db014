using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Dedupe.Near.Keeper;

/// <summary>How much of a picture's resolution is real: enlarging adds pixels but no high frequencies.</summary>
internal static class TrueResolution
{
    // Lines of this many pixels are transformed: long enough to tell 90 % from 100 %.
    private const int Line = 128;

    // How far the spectrum may fall below its own slope before it counts as empty; JPEG's noise lies above that, interpolation's remains below.
    private const double Empty = 0.02;

    /// <summary>Share of the resolution a side that the spectrum bears out, 0.1–1. Pictures under 128 pixels count as full.</summary>
    public static double Of(GreyPicture picture) => Math.Min(Along(picture, rows: true), Along(picture, rows: false));

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

    private static double Along(GreyPicture picture, bool rows)
    {
        var (length, lines) = rows ? (picture.Width, picture.Height) : (picture.Height, picture.Width);
        if (length < Line)
            return 1;
        var power = new double[Line / 2];
        Span<double> values = stackalloc double[Line];
        // Some 400 lines spread over the picture, in two columns or more where it is wide.
        for (var start = 0; start + Line <= length; start += Math.Max(Line, length / 4))
        {
            for (var line = 0; line < lines; line += Math.Max(1, lines / 100))
            {
                for (var i = 0; i < Line; i++)
                    values[i] = picture.Pixels[rows ? (line * picture.Width) + start + i : ((start + i) * picture.Width) + line];
                AddPower(values, power);
            }
        }

        return Cutoff(power);
    }

    // Weighted by the square of the frequency, which natural pictures' power falls with, the spectrum is about level up to where it ends.
    private static double Cutoff(double[] power)
    {
        for (var f = 0; f < power.Length; f++)
            power[f] *= f * (double)f;
        var middle = power[6..16];
        Array.Sort(middle);
        var floor = Empty * middle[middle.Length / 2];
        for (var f = power.Length - 2; f > 4; f--)
        {
            if (power[f] + power[f - 1] > 2 * floor)
                return Math.Min(1, (f + 1.0) / (power.Length - 1));
        }

        return 0.1;
    }

    private static void AddPower(ReadOnlySpan<double> values, double[] power)
    {
        var mean = 0.0;
        foreach (var value in values)
            mean += value / Line;
        Span<double> windowed = stackalloc double[Line];
        for (var i = 0; i < Line; i++)
            windowed[i] = (values[i] - mean) * Window[i];
        for (var f = 1; f < power.Length; f++)
        {
            var (real, imaginary) = (0.0, 0.0);
            for (int i = 0, at = 0; i < Line; i++, at = (at + f) & (Line - 1))
            {
                real += windowed[i] * Cosines[at];
                imaginary += windowed[i] * Cosines[(at + (Line / 4)) & (Line - 1)];
            }

            power[f] += (real * real) + (imaginary * imaginary);
        }
    }

    private static readonly double[] Window = [.. Enumerable.Range(0, Line).Select(i => 0.5 - (0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / Line)))];
    private static readonly double[] Cosines = [.. Enumerable.Range(0, Line).Select(i => Math.Cos(2 * Math.PI * i / Line))];
}
