using Smirk.Gan.Networks;
using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Tests.Networks;

/// <summary>A generator that reaches beyond black and white.</summary>
public sealed class OvershootTests
{
    private static readonly GeneratorShape Shape = new() { Widths = [32, 16, 8], Kernel = 4 };

    [Fact]
    public void What_lies_beyond_black_and_white_is_clipped_and_the_rest_is_stretched()
    {
        using var scope = TensorScope.Open();
        var (plain, clipped) = (Pictures(1).Detach(), Pictures(1.5).Detach());
        Assert.True(plain.Abs().Max().ToDouble() is > 0.7 and < 1);
        Assert.Equal(1, clipped.Abs().Max().ToDouble(), 6);
        Assert.Equal(0, (clipped - (plain * 1.5).Clamp(-1, 1)).Abs().Max().ToDouble(), 5);
    }

    [Fact]
    public void What_is_clipped_can_come_back()
    {
        using var scope = TensorScope.Open();
        var (plain, clipped) = (Gradient(1), Gradient(1.5));
        Assert.True(plain.Abs().Max().ToDouble() > 0);
        Assert.Equal(0, (plain - clipped).Abs().Max().ToDouble(), 5);
    }

    // How the last layer should change to make everything lighter.
    private static Tensor Gradient(double overshoot)
    {
        using var generator = Make(overshoot);
        Autograd.Backward(generator.Forward(Latents()).Sum());
        return generator.Parameters().Single(p => p.Name == "layer3.bias").Tensor.Gradient!;
    }

    private static Tensor Pictures(double overshoot)
    {
        using var generator = Make(overshoot);
        return generator.Forward(Latents());
    }

    private static GeneratorNetwork Make(double overshoot)
    {
        using var random = new Generator(1);
        var generator = new GeneratorNetwork(Shape with { Overshoot = overshoot }, random);
        using var noGradient = Autograd.NoGradient();
        var last = generator.Parameters().Single(p => p.Name == "layer3.weight").Tensor;
        last.CopyFrom(last * 10); // so that some of it comes near to white
        return generator;
    }

    private static Tensor Latents()
    {
        using var random = new Generator(2);
        return Tensor.RandomNormal([16, Shape.LatentSize], random);
    }
}
