using Smirk.Gan.Data;
using Smirk.Gan.Losses;
using Smirk.Gan.Upscale;
using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Tests.Upscale;

public sealed class UpsamplerTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void A_fresh_upsampler_enlarges_as_bilinear_interpolation_does(int factor)
    {
        using var scope = TensorScope.Open();
        using var random = new Generator(1);
        using var network = new UpsamplerNetwork(3, Plan(factor), random);
        var pictures = Tensor.RandomUniform([2, 3, 16, 16], -1, 1, random);
        var plain = pictures.Interpolate(16 * factor, 16 * factor, Interpolation.Bilinear);
        Assert.Equal(0, (network.Forward(pictures) - plain).Abs().Max().ToDouble(), 5);
        network.SetRequiresGradient(false);
        Assert.Equal(0, (network.Forward(pictures) - plain).Abs().Max().ToDouble(), 5);
    }

    [Fact]
    public void An_upsampler_learns_to_sharpen_stripes_that_its_inputs_only_hint_at()
    {
        // One pixel in two is bright along each row: what is shrunk is one grey, so the pattern has to be known by heart.
        using var scope = TensorScope.Open();
        using var random = new Generator(1);
        var plan = Plan(2) with { AdversarialFrom = 1, Generated = 0, Batch = 4, Crop = 8 };
        using var network = new UpsamplerNetwork(1, plan, random);
        using var average = new UpsamplerNetwork(1, plan, random);
        average.SetRequiresGradient(false);
        using var training = new UpsamplerTraining(plan, network, average, 1, 1, Device.Cpu);
        var columns = Tensor.Arange(0, 16, type: DType.Float32);
        var stripes = ((columns - (columns / 2).Floor() * 2) * 0.6 - 0.1).Reshape(1, 1, 1, 16).Expand(4, 1, 16, 16).Contiguous();
        var small = stripes.AvgPool2d(2);
        var (first, last) = (0.0, 0.0);
        for (var step = 0; step < 150; step++)
        {
            using var inner = TensorScope.Open();
            last = training.Step(stripes, small, null, 0, step).ToArray<float>()[1];
            first = step == 0 ? last : first;
        }

        Assert.Equal(0.3, first, 2);
        Assert.InRange(last, 0, 0.06);
    }

    [Fact]
    public void A_step_with_a_penalty_and_generated_pictures_changes_both_networks_and_stays_finite()
    {
        using var scope = TensorScope.Open();
        using var random = new Generator(1);
        var plan = Plan(4) with { Batch = 4, Crop = 8 };
        using var network = new UpsamplerNetwork(3, plan, random);
        using var average = new UpsamplerNetwork(3, plan, random);
        average.SetRequiresGradient(false);
        using var training = new UpsamplerTraining(plan, network, average, 3, 1, Device.Cpu);
        var crops = Tensor.RandomUniform([4, 3, 32, 32], -1, 1, random);
        var generated = Tensor.RandomUniform([2, 3, 8, 8], -1, 1, random);
        var before = training.Discriminator.Parameters().Select(entry => entry.Tensor.Sum().ToDouble()).ToArray();
        for (var step = 0; step < 9; step++)
            Assert.True(training.Step(crops, crops.AvgPool2d(4), generated, 1, step).IsFinite().Min().ToBool());
        Assert.NotEqual(before, training.Discriminator.Parameters().Select(entry => entry.Tensor.Sum().ToDouble()).ToArray());
        Assert.Equal((9L, 9L), (training.UpsamplerOptimiser.Steps, training.DiscriminatorOptimiser.Steps));
    }

    [Fact]
    public void What_D_wishes_is_the_gradient_of_the_adversarial_loss_where_a_picture_is_one_patch()
    {
        using var scope = TensorScope.Open();
        using var random = new Generator(1);
        var plan = Plan(2);
        using var network = new UpsamplerNetwork(3, plan, random);
        using var average = new UpsamplerNetwork(3, plan, random);
        using var training = new UpsamplerTraining(plan, network, average, 3, 1, Device.Cpu);
        var (crops, made) = (Tensor.RandomUniform([4, 3, 8, 8], -1, 1, random), Tensor.RandomUniform([6, 3, 8, 8], -1, 1, random));
        var inputs = Tensor.RandomUniform([6, 3, 4, 4], -1, 1, random);
        var plain = inputs.Interpolate(8, 8, Interpolation.Bilinear);
        made.RequiresGradient = true;
        var real = training.Discriminator.Forward(crops, plain.Narrow(0, 0, 4));
        var loss = RelativisticPairing.Generator(
            Tensor.Cat([real, real.Narrow(0, 0, 2)], 0), training.Discriminator.Forward(made, plain));
        var expected = Autograd.Gradients(loss, [made])[0];
        Assert.Equal(0, (training.Judge(crops, inputs, made.Detach(), step: 1).Wish - expected).Abs().Max().ToDouble(), 6);
        Assert.InRange(expected.Abs().Max().ToDouble(), 1e-4, 1);

        // With the penalty, too.
        Assert.Equal(0, (training.Judge(crops, inputs, made.Detach(), step: 0).Wish - expected).Abs().Max().ToDouble(), 6);
    }

    [Fact]
    public void Small_copies_without_noise_are_the_crops_shrunk_and_the_same_place_gives_the_same_batch()
    {
        using var scope = TensorScope.Open();
        using var random = new Generator(2);
        var plan = Plan(2) with { Noise = 0, Batch = 8, Crop = 8 };
        var pictures = Tensor.RandomIntegers([5, 3, 32, 32], 0, 256, random).To(DType.UInt8);
        var feed = new CropFeed(pictures, new DataOrder([0, 1, 2, 3, 4], 1), plan, mirror: true);
        using Generator once = new(7), again = new(7);
        var (crops, small) = feed.Batch(16, once);
        Assert.Equal([8L, 3, 16, 16], crops.Shape);
        Assert.Equal([8L, 3, 8, 8], small.Shape);
        // Half of the copies are blurred; the others are exact.
        var errors = (small - crops.AvgPool2d(2)).Abs().Mean([1, 2, 3]).ToArray<float>();
        Assert.Contains(errors, error => error < 1e-6);
        Assert.Contains(errors, error => error > 1e-3);
        Assert.Equal(crops.ToArray<float>(), feed.Batch(16, again).Crops.ToArray<float>());
    }

    [Fact]
    public void A_share_keeps_its_time_when_the_bound_changes_from_time_to_pictures_and_back()
    {
        var plan = Plan(4) with { Share = 0.35 };
        var byPictures = plan.InUnitOf(fromTime: true, toTime: false);
        Assert.Equal(UpscalePlan.ShareOf(byTime: false), byPictures.Share, 2);
        Assert.Equal(0.35, byPictures.InUnitOf(fromTime: false, toTime: true).Share, 6);
    }

    private static UpscalePlan Plan(int factor) => new() { Factor = factor, Share = 0.3, Width = 16, Blocks = 1 };
}
