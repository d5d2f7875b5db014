using Smirk.Torch;
using Smirk.Torch.Modules;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Safetensors;

namespace Smirk.Gan.Tests;

/// <summary>One case of tests/goldens/gan.safetensors (made by make_gan_goldens.py with PyTorch 1.13).</summary>
internal sealed class Golden(string name)
{
    private static readonly SafetensorsFile File =
        SafetensorsFile.Open(Path.Combine(TestData.Repository, "tests", "goldens", "gan.safetensors"));

    /// <summary>The seed that the script derives its generators from.</summary>
    public const ulong Seed = 11;

    /// <summary>The tensor of that name, made anew.</summary>
    public Tensor this[string tensor] => Read($"{name}/{tensor}");

    /// <summary>The state of a network, such as "before.g".</summary>
    public Dictionary<string, Tensor> State(string network)
    {
        var prefix = $"{name}/{network}.";
        return File.Names.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(n => n[prefix.Length..], Read);
    }

    /// <summary>Asserts that a network's state agrees with the golden one.</summary>
    public void Matches(string network, Module module, double tolerance)
    {
        var state = State(network);
        foreach (var (key, expected) in state.Where(entry => !IsNoise(entry.Key, state)))
            Near(expected, module.StateDict()[key], tolerance, key);
    }

    // A batch norm takes the bias before it away again: that bias's gradient is rounding error, which Adam makes into whole steps, and the
    // running mean carries it.
    private static bool IsNoise(string key, Dictionary<string, Tensor> state) =>
        key.EndsWith("running_mean", StringComparison.Ordinal)
        || (key.EndsWith(".bias", StringComparison.Ordinal) && !key.StartsWith("norm", StringComparison.Ordinal)
            && state.ContainsKey(key.Replace("linear", "norm0").Replace("layer", "norm")));

    /// <summary>Asserts that two tensors agree within <paramref name="tolerance"/> of the largest number.</summary>
    public static void Near(Tensor expected, Tensor actual, double tolerance, string what)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        var (want, have) = (expected.To(DType.Float64).ToArray<double>(), actual.To(DType.Float64).ToArray<double>());
        var scale = Math.Max(1e-3, want.Max(Math.Abs));
        for (var i = 0; i < want.Length; i++)
            Assert.True(Math.Abs(want[i] - have[i]) <= tolerance * scale,
                $"{what}: element {i} is {have[i]}, expected {want[i]} within {tolerance * scale}");
    }

    private static Tensor Read(string key) => Tensor.FromBytes(
        File.Bytes(key), File[key].Type switch
        {
            ElementType.F64 => DType.Float64,
            ElementType.I64 => DType.Int64,
            ElementType.U8 =>
            DType.UInt8,
            _ => DType.Float32
        }, [.. File[key].Shape]);
}
