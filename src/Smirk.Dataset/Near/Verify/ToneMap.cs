namespace Smirk.Dataset.Near.Verify;

/// <summary>The straight line that takes the first picture's luminance to the second's, by least squares over the blocks that
/// fit.</summary>
/// <param name="Gain">Contrast; 1 for none.</param>
/// <param name="Offset">Brightness; 0 for none.</param>
internal readonly record struct ToneMap(double Gain, double Offset)
{
    /// <summary>Fits the line.</summary>
    public static ToneMap Fit(AlignedPair pair, BlockComparison blocks)
    {
        var (offsetX, offsetY) =
            ((pair.A.Width - (blocks.Columns * BlockComparison.Block)) / 2, (pair.A.Height - (blocks.Rows * BlockComparison.Block)) / 2);
        double n = 0, sumA = 0, sumB = 0, squares = 0, products = 0;
        for (var i = 0; i < blocks.Valid.Length; i++)
        {
            if (!blocks.Valid[i] || blocks.Similarity[i] < BlockSummary.Fits)
                continue;
            var (left, top) =
                (offsetX + (i % blocks.Columns * BlockComparison.Block), offsetY + (i / blocks.Columns * BlockComparison.Block));
            // Every second pixel of every second line says enough about a line of two numbers.
            for (var y = top; y < top + BlockComparison.Block; y += 2)
            {
                for (var x = left; x < left + BlockComparison.Block; x += 2)
                {
                    double a = pair.A.Pixels[(y * pair.A.Width) + x], b = pair.B.Pixels[(y * pair.B.Width) + x];
                    n++;
                    sumA += a;
                    sumB += b;
                    squares += a * a;
                    products += a * b;
                }
            }
        }

        var variance = squares - (sumA * sumA / Math.Max(1, n));
        if (variance < n)
            return new ToneMap(1, 0);
        var gain = (products - (sumA * sumB / n)) / variance;
        return new ToneMap(gain, (sumB - (gain * sumA)) / n);
    }

    /// <summary>The second picture's luminance where the first has <paramref name="value"/>.</summary>
    public double Apply(int value) => (Gain * value) + Offset;
}
