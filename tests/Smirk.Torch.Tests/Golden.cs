using System.Text.Json;
using Smirk.Torch.Tensors;

namespace Smirk.Torch.Tests;

/// <summary>One case of tests/goldens/torch.safetensors (made by make_goldens.py with PyTorch 1.13): tensors by name.</summary>
internal sealed class Golden
{
    private static readonly byte[] File = System.IO.File.ReadAllBytes(PathOf("torch.safetensors"));
    private static readonly JsonElement Header = JsonDocument.Parse(File.AsMemory(8, (int)BitConverter.ToInt64(File))).RootElement;
    private readonly string _name;

    public Golden(string name) => _name = name;

    /// <summary>The tensor of that name, made anew.</summary>
    public Tensor this[string tensor]
    {
        get
        {
            var entry = Header.GetProperty($"{_name}/{tensor}");
            var shape = entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray();
            var offsets = entry.GetProperty("data_offsets");
            var start = 8 + (int)BitConverter.ToInt64(File);
            var type = entry.GetProperty("dtype")
                .GetString() switch
            { "F32" => DType.Float32, "F64" => DType.Float64, "I64" => DType.Int64, _ => DType.UInt8 };
            return Tensor.FromBytes(File.AsSpan()[(start + offsets[0].GetInt32())..(start + offsets[1].GetInt32())], type, shape);
        }
    }

    /// <summary>The tensor of that name, with gradients wanted.</summary>
    public Tensor Leaf(string tensor)
    {
        var leaf = this[tensor];
        leaf.RequiresGradient = true;
        return leaf;
    }

    /// <summary>A file beside this project's goldens.</summary>
    public static string PathOf(string file) => Path.Combine(Smirk.Tests.TestData.Repository, "tests", "goldens", file);

    /// <summary>Asserts that two tensors agree within a share of the largest number.</summary>
    public static void Near(Tensor expected, Tensor actual, double tolerance = 1e-5, string what = "")
    {
        Assert.Equal(expected.Shape, actual.Shape);
        var (want, have) = (expected.To(DType.Float64).ToArray<double>(), actual.To(DType.Float64).ToArray<double>());
        var scale = Math.Max(1e-3, want.Select(Math.Abs).DefaultIfEmpty(0).Max());
        for (var i = 0; i < want.Length; i++)
            Assert.True(Math.Abs(want[i] - have[i]) <= tolerance * scale,
                $"{what}: element {i} is {have[i]}, expected {want[i]} within {tolerance * scale}");
    }

    /// <summary>
    /// Compares what <paramref name="function"/> gives for the case's inputs, its gradients, and the gradients of the first one's squared
    /// sum, which is what
    /// a gradient penalty differentiates.
    /// </summary>
    public static void MatchesTwice(string name, string[] inputs, Func<Tensor[], Tensor> function, double tolerance = 1e-5)
    {
        using var scope = TensorScope.Open();
        var golden = new Golden(name);
        var leaves = Array.ConvertAll(inputs, golden.Leaf);
        var output = function(leaves);
        Near(golden["out"], output, tolerance, $"{name}: output");
        var weighted = (output * golden["seed"]).Sum();
        var first = Autograd.Gradients(weighted, leaves, createGraph: true);
        for (var i = 0; i < inputs.Length; i++)
            Near(golden[$"grad.{inputs[i]}"], first[i], tolerance, $"{name}: gradient of {inputs[i]}");
        var second = Autograd.Gradients(first[0].Square().Sum() + weighted, leaves);
        for (var i = 0; i < inputs.Length; i++)
            Near(golden[$"second.{inputs[i]}"], second[i], 4 * tolerance, $"{name}: second gradient of {inputs[i]}");
    }
}
