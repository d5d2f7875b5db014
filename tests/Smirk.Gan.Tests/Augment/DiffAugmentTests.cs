using Smirk.Gan.Augment;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Seeds;

namespace Smirk.Gan.Tests.Augment;

public sealed class DiffAugmentTests
{
    [Fact]
    public void Augmented_pictures_and_their_gradients_equal_PyTorchs()
    {
        using var scope = TensorScope.Open();
        var golden = new Golden("augment");
        var pictures = golden["pictures"];
        pictures.RequiresGradient = true;
        using var random = new Generator(Seed.Derive(Golden.Seed, "augment"));
        var augmented = DiffAugment.Apply(pictures, AugmentPolicy.Usual, random);
        Golden.Near(golden["out"], augmented, 1e-5, "pictures");
        Autograd.Backward((augmented * golden["weights"]).Sum());
        Golden.Near(golden["gradient"], pictures.Gradient!, 1e-5, "gradient");
    }

    [Fact]
    public void Every_picture_is_augmented_differently()
    {
        using var scope = TensorScope.Open();
        using var random = new Generator(1);
        var same = Tensor.RandomNormal([1, 3, 32, 32], random).Expand(8, 3, 32, 32).Contiguous();
        var rows = DiffAugment.Apply(same, AugmentPolicy.Usual, random).Reshape(8, -1);
        for (var i = 1; i < 8; i++)
            Assert.True((rows.Select(0, 0) - rows.Select(0, i)).Abs().Max().ToDouble() > 0.1);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0.25, 60, 140)]
    [InlineData(1, 390, 400)]
    public void As_many_pictures_are_augmented_as_the_share_says_and_the_others_stay_as_they_are(double share, int least, int most)
    {
        using var scope = TensorScope.Open();
        using var random = new Generator(1);
        var pictures = Tensor.RandomNormal([400, 1, 16, 16], random);
        var augmented = DiffAugment.Apply(pictures, AugmentPolicy.Usual with { Share = share }, random);
        var changed = (augmented - pictures).Abs().Reshape(400, -1).Sum([1]).ToArray<float>().Count(difference => difference > 0);
        Assert.InRange(changed, least, most);
    }

    [Theory]
    [InlineData("colour")]
    [InlineData("light")]
    [InlineData("translation")]
    [InlineData("cutout")]
    [InlineData("noise")]
    public void A_part_alone_changes_pictures_less_when_it_is_weaker(string part)
    {
        using var scope = TensorScope.Open();
        var pictures = Tensor.Arange(0, 32).Reshape(32, 1).Expand(64, 3, 32, 32) / 16 - 0.9; // from dark to light: what is near is alike
        var (weak, strong) = (Change(0.1), Change(0.5));
        Assert.InRange(weak, 0.001, strong * 0.7);

        double Change(double strength)
        {
            using var draws = new Generator(4);
            return (DiffAugment.Apply(pictures, AugmentPolicy.Parse(FormattableString.Invariant($"{part}:{strength}")), draws) - pictures)
                .Abs().Mean().ToDouble();
        }
    }

    [Fact]
    public void Light_leaves_the_channels_what_they_are_to_each_other()
    {
        using var scope = TensorScope.Open();
        using var random = new Generator(6);
        var pictures = Tensor.RandomUniform([64, 3, 32, 32], -1, 1, random);
        var lit = DiffAugment.Apply(pictures, AugmentPolicy.Parse("light"), random);

        // What a channel differs from another by is multiplied by the contrast, the same all over a picture.
        var contrast = (Difference(lit) / Difference(pictures)).Reshape(64, -1);
        Assert.InRange((contrast.Max([1]) - contrast.Min([1])).Max().ToDouble(), 0, 0.05);
        Assert.InRange(contrast.Min().ToDouble(), 0.45, 0.7);
        Assert.InRange(contrast.Max().ToDouble(), 1.3, 1.55);

        static Tensor Difference(Tensor of) => of.Narrow(1, 0, 1) - of.Narrow(1, 2, 1);
    }

    [Fact]
    public void A_policy_of_nothing_leaves_pictures_and_random_numbers_alone()
    {
        using var scope = TensorScope.Open();
        using var random = new Generator(5);
        var before = random.GetState();
        var pictures = Tensor.Zeros([2, 3, 32, 32]);
        Assert.Same(pictures, DiffAugment.Apply(pictures, AugmentPolicy.None, random));
        Assert.Equal(before, random.GetState());
    }
}
