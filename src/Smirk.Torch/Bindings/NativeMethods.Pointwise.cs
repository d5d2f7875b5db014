using System.Runtime.InteropServices;

namespace Smirk.Torch.Bindings;

internal static partial class NativeMethods
{
    [LibraryImport(Library, EntryPoint = "smirk_torch_add")]
    internal static partial int Add(TensorHandle a, TensorHandle b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_sub")]
    internal static partial int Subtract(TensorHandle a, TensorHandle b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_mul")]
    internal static partial int Multiply(TensorHandle a, TensorHandle b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_div")]
    internal static partial int Divide(TensorHandle a, TensorHandle b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_maximum")]
    internal static partial int Maximum(TensorHandle a, TensorHandle b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_minimum")]
    internal static partial int Minimum(TensorHandle a, TensorHandle b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_add_scalar")]
    internal static partial int AddScalar(TensorHandle a, double b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_mul_scalar")]
    internal static partial int MultiplyScalar(TensorHandle a, double b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_div_scalar")]
    internal static partial int DivideScalar(TensorHandle a, double b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_rsub_scalar")]
    internal static partial int SubtractFromScalar(TensorHandle a, double b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_rdiv_scalar")]
    internal static partial int DivideScalarBy(TensorHandle a, double b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_pow_scalar")]
    internal static partial int Pow(TensorHandle a, double b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_neg")]
    internal static partial int Negate(TensorHandle a, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_exp")]
    internal static partial int Exp(TensorHandle a, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_log")]
    internal static partial int Log(TensorHandle a, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_sqrt")]
    internal static partial int Sqrt(TensorHandle a, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_rsqrt")]
    internal static partial int Rsqrt(TensorHandle a, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_square")]
    internal static partial int Square(TensorHandle a, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_abs")]
    internal static partial int Abs(TensorHandle a, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_sign")]
    internal static partial int Sign(TensorHandle a, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_tanh")]
    internal static partial int Tanh(TensorHandle a, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_sigmoid")]
    internal static partial int Sigmoid(TensorHandle a, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_relu")]
    internal static partial int Relu(TensorHandle a, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_softplus")]
    internal static partial int Softplus(TensorHandle a, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_floor")]
    internal static partial int Floor(TensorHandle a, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_round")]
    internal static partial int Round(TensorHandle a, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_sin")]
    internal static partial int Sin(TensorHandle a, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_cos")]
    internal static partial int Cos(TensorHandle a, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_is_finite")]
    internal static partial int IsFinite(TensorHandle a, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_logical_not")]
    internal static partial int LogicalNot(TensorHandle a, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_leaky_relu")]
    internal static partial int LeakyRelu(TensorHandle a, double b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_clamp")]
    internal static partial int Clamp(TensorHandle a, double low, double high, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_where")]
    internal static partial int Where(TensorHandle condition, TensorHandle a, TensorHandle b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_lerp")]
    internal static partial int Lerp(TensorHandle a, TensorHandle b, double weight, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_softmax")]
    internal static partial int Softmax(TensorHandle a, long dim, int logarithm, out TensorHandle result);
}
