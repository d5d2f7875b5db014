using Smirk.Gan.Augment;
using Smirk.Torch;
using Smirk.Workspace.Seeds;

namespace Smirk.Tests.Augment;

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
        var augmented = DiffAugment.Apply(pictures, random);
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
        var rows = DiffAugment.Apply(same, random).Reshape(8, -1);
        for (var i = 1; i < 8; i++)
            Assert.True((rows.Select(0, 0) - rows.Select(0, i)).Abs().Max().ToDouble() > 0.1);
    }
}
