namespace Smirk.Dataset.Near.Hashes;

/// <summary>PDQ, Meta's perceptual hash as published with ThreatExchange: luminance, two passes of a box filter, 64×64 samples, the 16×16
/// lowest
/// frequencies of their cosine transform, each against their median.</summary>
public static class PdqHasher
{
    private const int Samples = 64;
    private const int Frequencies = 16;
    private static readonly float[] Cosines = MakeCosines();

    /// <summary>The hash and its quality of one picture.</summary>
    public static PdqResult Hash(LuminancePlane plane)
    {
        var spectrum = Spectrum(plane, out var quality);
        return new PdqResult(Threshold(spectrum), quality);
    }

    /// <summary>The hashes of the picture's eight turns and flips, in the order of <see cref="Dihedral"/>, from one transform.</summary>
    public static Hash256[] HashDihedral(LuminancePlane plane, out int quality)
    {
        var spectrum = Spectrum(plane, out quality);
        var hashes = new Hash256[8];
        var turned = new float[Frequencies * Frequencies];
        foreach (var dihedral in Enum.GetValues<Dihedral>())
        {
            Turn(spectrum, dihedral, turned);
            hashes[(int)dihedral] = Threshold(turned);
        }

        return hashes;
    }

    private static float[] Spectrum(LuminancePlane plane, out int quality)
    {
        var samples = Sample(plane);
        quality = Quality(samples);
        return Transform(samples);
    }

    private static float[] Sample(LuminancePlane luminance)
    {
        var (width, height) = (luminance.Width, luminance.Height);
        var plane = (float[])luminance.Values.Clone();
        BoxFilter.Blur(plane, width, height, BoxFilter.Window(width, Samples), BoxFilter.Window(height, Samples), passes: 2);

        var samples = new float[Samples * Samples];
        for (var i = 0; i < Samples; i++)
        {
            var row = (int)((i + 0.5) * height / Samples);
            for (var j = 0; j < Samples; j++)
                samples[(i * Samples) + j] = plane[(row * width) + (int)((j + 0.5) * width / Samples)];
        }

        return samples;
    }

    // Upstream's measure of how much there is to hash: the sum of quantised gradients, 0–100.
    private static int Quality(float[] samples)
    {
        var sum = 0;
        for (var i = 0; i < Samples; i++)
        {
            for (var j = 0; j < Samples; j++)
            {
                var at = samples[(i * Samples) + j];
                if (i + 1 < Samples)
                    sum += Math.Abs((int)((at - samples[((i + 1) * Samples) + j]) * 100 / 255));
                if (j + 1 < Samples)
                    sum += Math.Abs((int)((at - samples[(i * Samples) + j + 1]) * 100 / 255));
            }
        }

        return Math.Min(100, sum / 90);
    }

    private static float[] Transform(float[] samples)
    {
        Span<float> half = stackalloc float[Frequencies * Samples];
        for (var i = 0; i < Frequencies; i++)
        {
            var row = half.Slice(i * Samples, Samples);
            for (var k = 0; k < Samples; k++)
            {
                var weight = Cosines[(i * Samples) + k];
                for (var j = 0; j < Samples; j++)
                    row[j] += weight * samples[(k * Samples) + j];
            }
        }

        var spectrum = new float[Frequencies * Frequencies];
        for (var i = 0; i < Frequencies; i++)
        {
            for (var j = 0; j < Frequencies; j++)
            {
                var sum = 0f;
                for (var k = 0; k < Samples; k++)
                    sum += half[(i * Samples) + k] * Cosines[(j * Samples) + k];
                spectrum[(i * Frequencies) + j] = sum;
            }
        }

        return spectrum;
    }

    private static Hash256 Threshold(ReadOnlySpan<float> spectrum)
    {
        Span<float> sorted = stackalloc float[Frequencies * Frequencies];
        spectrum.CopyTo(sorted);
        sorted.Sort();
        // The lower median, as upstream's selection finds it.
        var median = sorted[(sorted.Length / 2) - 1];

        Span<ulong> words = stackalloc ulong[4];
        for (var i = 0; i < spectrum.Length; i++)
        {
            if (spectrum[i] > median)
                words[i >> 6] |= 1UL << (i & 63);
        }

        return new Hash256(words[0], words[1], words[2], words[3]);
    }

    // A turn or flip of the picture changes signs of its spectrum and swaps its axes: no second transform is needed.
    private static void Turn(ReadOnlySpan<float> from, Dihedral dihedral, Span<float> to)
    {
        for (var i = 0; i < Frequencies; i++)
        {
            for (var j = 0; j < Frequencies; j++)
            {
                var value = from[(i * Frequencies) + j];
                var (oddRow, oddColumn) = ((i & 1) != 0, (j & 1) != 0);
                var (swap, negate) = dihedral switch
                {
                    Dihedral.Original => (false, false),
                    Dihedral.Rotate90 => (true, !oddColumn),
                    Dihedral.Rotate180 => (false, oddRow != oddColumn),
                    Dihedral.Rotate270 => (true, !oddRow),
                    Dihedral.FlipX => (false, !oddRow),
                    Dihedral.FlipY => (false, !oddColumn),
                    Dihedral.Transpose => (true, false),
                    _ => (true, oddRow != oddColumn),
                };
                to[swap ? (j * Frequencies) + i : (i * Frequencies) + j] = negate ? -value : value;
            }
        }
    }

    private static float[] MakeCosines()
    {
        var cosines = new float[Frequencies * Samples];
        for (var i = 0; i < Frequencies; i++)
        {
            for (var j = 0; j < Samples; j++)
                cosines[(i * Samples) + j] = (float)(Math.Sqrt(2.0 / Samples) * Math.Cos(Math.PI / 2 / Samples * (i + 1) * ((2 * j) + 1)));
        }

        return cosines;
    }
}

/// <summary>A PDQ hash and how far to trust it.</summary>
/// <param name="Hash">The 256 bits.</param>
/// <param name="Quality">0–100; below about 50 the picture has too little detail for the hash to say much.</param>
public readonly record struct PdqResult(Hash256 Hash, int Quality);

/// <summary>The eight ways to lay a picture on its rectangle, in upstream's order.</summary>
public enum Dihedral
{
    /// <summary>As it is.</summary>
    Original,

    /// <summary>A quarter turn.</summary>
    Rotate90,

    /// <summary>Half a turn.</summary>
    Rotate180,

    /// <summary>Three quarters of a turn.</summary>
    Rotate270,

    /// <summary>Top to bottom.</summary>
    FlipX,

    /// <summary>Left to right: a mirror.</summary>
    FlipY,

    /// <summary>Along the main diagonal.</summary>
    Transpose,

    /// <summary>Along the other diagonal.</summary>
    AntiTranspose,
}
