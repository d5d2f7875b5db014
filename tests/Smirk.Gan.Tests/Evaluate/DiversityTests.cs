using Smirk.Gan.Evaluate;
using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Tests.Evaluate;

/// <summary>How far pictures of a class lie apart.</summary>
public sealed class DiversityTests
{
    [Fact]
    public void Variance_within_classes_equals_the_plain_sum()
    {
        using var scope = TensorScope.Open();
        using var random = new Generator(1);
        var pictures = Tensor.RandomNormal([7, 2, 4, 4], random) + 5;
        long[] classes = [3, 0, 3, 3, 9, 0, 3];
        var values = pictures.ToArray<float>().Chunk(32).ToArray();
        var sum = 0.0;
        foreach (var group in classes.Index().GroupBy(c => c.Item, c => values[c.Index]))
        {
            for (var i = 0; i < 32; i++)
                sum += group.Sum(p => Math.Pow(p[i] - group.Average(q => q[i]), 2));
        }

        Assert.Equal(sum / (7 - 3), Diversity.Within(pictures, classes).ToDouble(), 1e-3);
        Assert.Equal(pictures.Variance([0]).Sum().ToDouble(), Diversity.Within(pictures).ToDouble(), 1e-3);
    }

    [Fact]
    public void One_picture_a_class_has_none_within_and_plenty_between()
    {
        using var scope = TensorScope.Open();
        using var random = new Generator(2);
        var kinds = (Tensor.RandomUniform([5, 1, 32, 32], 0, 255, random)).To(DType.UInt8);
        var classes = Enumerable.Range(0, 100).Select(i => (long)(i % 5)).ToArray();
        var collapsed = kinds.IndexSelect(0, Tensor.FromArray(classes));
        var real = (collapsed.To(DType.Float32) / 2 + Tensor.RandomUniform([100, 1, 1, 1], 0, 120, random)).To(DType.UInt8);
        Assert.Equal(0, Diversity.OfClasses(new Labelled(real, classes), new Labelled(collapsed, classes)), 1e-4);
        Assert.InRange(Diversity.Of(real, collapsed), 0.05, 2);
        Assert.Equal(1, Diversity.OfClasses(new Labelled(real, classes), new Labelled(real, classes)), 1e-6);
    }
}
