using Smirk.Gan.Networks;
using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Tests.Networks;

/// <summary>What a class does in both networks.</summary>
public sealed class ClassesTests
{
    private const int Classes = 10;
    private const int OfEach = 50;

    private static readonly GeneratorShape Shape = new()
    {
        LatentSize = 100,
        Widths = [64, 32, 16],
        Channels = 1,
        Kernel = 4,
        Gates = 32,
        Classes = Classes,
    };

    [Fact]
    public void A_fresh_generators_pictures_differ_within_a_class_nearly_as_much_as_between_all()
    {
        using var scope = TensorScope.Open();
        using var random = new Generator(1);
        using var generator = new GeneratorNetwork(Shape, random);
        var classes = Enumerable.Range(0, Classes * OfEach).Select(i => (long)(i / OfEach)).ToArray();
        var pictures = generator.Forward(Tensor.RandomNormal([classes.Length, Shape.LatentSize], random), classes).Detach();

        // As long as the latent, a class took half of the variance at the start, and after a hundred steps nearly all of it.
        var within = Enumerable.Range(0, Classes).Average(c => Spread(pictures.Narrow(0, c * OfEach, OfEach)));
        Assert.InRange(within / Spread(pictures), 0.9, 1);
    }

    [Fact]
    public void A_class_of_any_length_moves_a_picture_and_only_its_direction_counts()
    {
        using var scope = TensorScope.Open();
        using var random = new Generator(1);
        using var generator = new GeneratorNetwork(Shape, random);
        generator.Train(false);
        var latents = Tensor.RandomNormal([2, Shape.LatentSize], random);
        var before = generator.Forward(latents, [3, 4]).ToArray<float>();
        Assert.NotEqual(before, generator.Forward(latents, [3, 5]).ToArray<float>());
        using (Autograd.NoGradient())
            generator.StateDict()["classes.weight"].MulInPlace(7);
        foreach (var (a, b) in before.Zip(generator.Forward(latents, [3, 4]).ToArray<float>()))
            Assert.Equal(a, b, 1e-4f);
    }

    [Fact]
    public void A_discriminator_asks_something_else_of_each_class_and_not_only_more_or_less()
    {
        using var scope = TensorScope.Open();
        using var random = new Generator(2);
        using var discriminator =
            new DiscriminatorNetwork(
                new DiscriminatorShape { Widths = [16, 32, 64], Channels = 1, Kernel = 4, BatchNorm = false, Thumbnail = 8, Classes = 2 },
                random);
        var pictures = Tensor.RandomUniform([8, 1, 32, 32], -1, 1, random);
        var difference =
            discriminator.Forward(pictures, [.. Enumerable.Repeat(0L, 8)]) - discriminator.Forward(pictures, [.. Enumerable.Repeat(1L, 8)]);
        Assert.True(difference.Variance().ToDouble() > 1e-4, "every picture's logit moved by the same");
    }

    [Fact]
    public void A_class_at_every_layer_changes_pictures_and_logits_and_all_of_its_numbers_are_learnt()
    {
        using var scope = TensorScope.Open();
        using var random = new Generator(3);
        using var generator =
            new GeneratorNetwork(new GeneratorShape { Widths = [16, 8, 4], Channels = 1, Classes = 3, ClassAtEveryLayer = true }, random);
        using var discriminator =
            new DiscriminatorNetwork(new DiscriminatorShape { Widths = [4, 8, 16], Channels = 1, Classes = 3 }, random);
        var latents = Tensor.RandomNormal([6, 100], random);
        var pictures = generator.Forward(latents, [0, 1, 2, 0, 1, 2]);
        Assert.NotEqual(pictures.Detach().ToArray<float>(), generator.Forward(latents, [1, 2, 0, 1, 2, 0]).Detach().ToArray<float>());
        var logits = discriminator.Forward(pictures, [0, 1, 2, 0, 1, 2]);
        Assert.NotEqual(logits.Detach().ToArray<float>(), discriminator.Forward(pictures, [1, 2, 0, 1, 2, 0]).Detach().ToArray<float>());
        Autograd.Backward(logits.Square().Sum());
        foreach (var (name, parameter) in generator.Parameters().Concat(discriminator.Parameters()).Where(p => p.Name.StartsWith("classes",
            StringComparison.Ordinal)))
        {
            using var gradient = parameter.Gradient!;
            Assert.True(gradient.Abs().Sum().ToDouble() > 0, name);
        }
    }

    private static double Spread(Tensor pictures) => pictures.Variance([0]).Mean().ToDouble();
}
