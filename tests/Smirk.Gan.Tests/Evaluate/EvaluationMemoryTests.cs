using System.Globalization;
using Smirk.Gan.Evaluate;
using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Tests.Evaluate;

/// <summary>Measuring large pictures takes no more memory than there is: 1,000 samples of 256 pixels once took 18 GB.</summary>
[Collection(nameof(Alone))]
public sealed class EvaluationMemoryTests
{
    [Fact]
    [Trait("Speed", "slow")]
    public void Measuring_pictures_of_256_pixels_takes_less_than_1_GB()
    {
        using var scope = TensorScope.Open();
        using var random = new Generator(1);
        var pictures = Tensor.RandomIntegers([120, 3, 256, 256], 0, 256, random).To(DType.UInt8);
        var before = Peak();
        using var detail = new DetailFeatures(3);
        using var evaluator = new Evaluator(pictures, null, [detail]);
        evaluator.Measure(pictures);
        Assert.InRange(Peak() - before, 0, 1_000_000_000);
    }

    // The most memory that the process has had so far, in bytes.
    private static long Peak()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Split('\t')[^1], CultureInfo.InvariantCulture);
    }
}
