using System.Numerics;
using System.Runtime.CompilerServices;

namespace Smirk.Imaging.Resizing;

/// <summary>Separable resizing in floats: down first, where whole rows are added with vector instructions, then across.</summary>
/// <remarks>Our own instead of libvips', because that rounds differently from version to version, and a pack must not.</remarks>
internal static class Resampler
{
    /// <summary>Stretches <paramref name="picture"/> to the size; the same picture when it has that size already.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side isn't positive.</exception>
    public static Picture Resize(Picture picture, int width, int height, ResizeKernel kernel)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (width == picture.Width && height == picture.Height)
            return picture;
        var down = KernelWeights.For(picture.Height, height, kernel);
        var across = KernelWeights.For(picture.Width, width, kernel);
        var pixels = new byte[checked(width * height * 3)];
        var row = new float[picture.Width * 3];
        for (var y = 0; y < height; y++)
        {
            Array.Clear(row);
            var weights = down.Of(y);
            for (var i = 0; i < weights.Length; i++)
                AddScaled(picture.Row(down.First[y] + i), weights[i], row);
            Across(row, across, pixels.AsSpan(y * width * 3, width * 3));
        }

        return new Picture(width, height, pixels);
    }

    // Compiled fully at once: code with Vector<T> is never compiled ahead, and most piles are done before the runtime would compile it
    // anew.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScaled(ReadOnlySpan<byte> bytes, float weight, Span<float> sums)
    {
        var i = 0;
        for (; i <= bytes.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(bytes[i..]), out var low, out var high);
            AddScaled(low, weight, sums[i..]);
            AddScaled(high, weight, sums[(i + Vector<ushort>.Count)..]);
        }

        for (; i < bytes.Length; i++)
            sums[i] += bytes[i] * weight;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddScaled(Vector<ushort> values, float weight, Span<float> sums)
    {
        Vector.Widen(values, out var low, out var high);
        var count = Vector<float>.Count;
        (new Vector<float>(sums) + Vector.ConvertToSingle(Vector.AsVectorInt32(low)) * weight).CopyTo(sums);
        (new Vector<float>(sums[count..]) + Vector.ConvertToSingle(Vector.AsVectorInt32(high)) * weight).CopyTo(sums[count..]);
    }

    private static void Across(ReadOnlySpan<float> row, KernelWeights across, Span<byte> pixels)
    {
        for (var x = 0; x < pixels.Length / 3; x++)
        {
            var (red, green, blue) = (0f, 0f, 0f);
            var weights = across.Of(x);
            var from = row.Slice(across.First[x] * 3, weights.Length * 3);
            for (var i = 0; i < weights.Length; i++)
            {
                red += from[i * 3] * weights[i];
                green += from[(i * 3) + 1] * weights[i];
                blue += from[(i * 3) + 2] * weights[i];
            }

            (pixels[x * 3], pixels[(x * 3) + 1], pixels[(x * 3) + 2]) = (Round(red), Round(green), Round(blue));
        }
    }

    private static byte Round(float value) => (byte)Math.Clamp(value + 0.5f, 0f, 255f);
}
