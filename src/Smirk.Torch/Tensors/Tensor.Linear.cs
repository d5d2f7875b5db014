using Smirk.Torch.Bindings;

namespace Smirk.Torch.Tensors;

public sealed partial class Tensor
{
    /// <summary>Product of matrices: [N, K] × [K, M] → [N, M]; leading dimensions broadcast.</summary>
    public Tensor MatMul(Tensor other) => NativeCheck.Take(NativeMethods.MatMul(Handle, other.Handle, out var result), result);

    /// <summary>Products of pairs of matrices: [B, N, K] × [B, K, M] → [B, N, M].</summary>
    public Tensor BatchMatMul(Tensor other) => NativeCheck.Take(NativeMethods.BatchMatMul(Handle, other.Handle, out var result), result);

    /// <summary>addend + a × b, the addend broadcast: a linear layer. [M] + [N, K] × [K, M] → [N, M]</summary>
    public static Tensor AddMatMul(Tensor addend, Tensor a, Tensor b) =>
        NativeCheck.Take(NativeMethods.AddMatMul(addend.Handle, a.Handle, b.Handle, out var result), result);

    /// <summary>Distances of all pairs of rows in the p-norm: [N, D], [M, D] → [N, M].</summary>
    public static Tensor CDist(Tensor a, Tensor b, double p = 2) =>
        NativeCheck.Take(NativeMethods.CDist(a.Handle, b.Handle, p, out var result), result);

    /// <summary>Eigenvalues in rising order, and eigenvectors as columns, of a symmetric matrix. [N, N] → [N], [N, N]</summary>
    public (Tensor Values, Tensor Vectors) Eigh() => Both(NativeMethods.Eigh(Handle, out var values, out var vectors), values, vectors);

    /// <summary>Singular values, falling: this = U · diag(S) · Vh. [N, M] → [N, K], [K], [K, M] with K the smaller of both.</summary>
    public (Tensor U, Tensor S, Tensor Vh) Svd()
    {
        NativeCheck.Ensure(NativeMethods.Svd(Handle, out var u, out var s, out var vh));
        return (new Tensor(u), new Tensor(s), new Tensor(vh));
    }
}
