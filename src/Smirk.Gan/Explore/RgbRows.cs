using Smirk.Gan.Data;
using Smirk.Gan.Sample;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Errors;

namespace Smirk.Gan.Explore;

/// <summary>Pictures as rows of interleaved RGB bytes, which is how they come in from outside and go out again.</summary>
internal static class RgbRows
{
    /// <summary>Each of uint8 [N, C, S, S] as S · S · 3 bytes.</summary>
    public static IReadOnlyList<byte[]> Of(Tensor pictures)
    {
        using var scope = TensorScope.Open();
        return [.. Enumerable.Range(0, (int)pictures.Shape[0]).Select(i => Grid.Of(pictures.Narrow(0, i, 1), 1).Rgb)];
    }

    /// <summary>uint8 [N, channels, size, size] of rows; grey where the generator is.</summary>
    /// <exception cref="UsageException">A row isn't of that size.</exception>
    public static Tensor ToTensor(IReadOnlyList<byte[]> rows, int size, int channels)
    {
        using var scope = TensorScope.Open();
        var planes = new byte[rows.Count * 3 * size * size];
        foreach (var (n, row) in rows.Index())
        {
            if (row.Length != 3 * size * size)
                throw new UsageException($"A picture of {row.Length} bytes: this generator's have {size}×{size} pixels, "
                    + $"{3 * size * size} bytes of RGB.");
            for (var i = 0; i < row.Length; i++)
                planes[(((n * 3) + (i % 3)) * size * size) + (i / 3)] = row[i];
        }

        var colours = Tensor.FromBytes(planes, DType.UInt8, [rows.Count, 3, size, size]);
        return scope.Keep(channels == 3 ? colours : TrainingPack.ToGrey(colours));
    }
}
