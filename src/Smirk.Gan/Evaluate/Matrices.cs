using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Evaluate;

/// <summary>What metrics need of matrices.</summary>
internal static class Matrices
{
    /// <summary>The diagonal of a square matrix, [n, n] → [n].</summary>
    public static Tensor Diagonal(Tensor matrix)
    {
        var size = matrix.Shape[0];
        return matrix.Reshape(-1).IndexSelect(0, Tensor.Arange(0, size * size, size + 1, DType.Int64));
    }
}
