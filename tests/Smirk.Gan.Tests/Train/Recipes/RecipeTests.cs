using Smirk.Gan.Networks;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Recipes;
using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Tests.Train.Recipes;

/// <summary>Whole training steps against PyTorch's numbers.</summary>
public sealed class RecipeTests
{
    private static readonly RecipePlan Plan = new()
    {
        Recipe = "dcgan",
        Pack = "",
        Size = 32,
        Channels = 3,
        Seed = Golden.Seed,
        Device = "cpu",
        Batch = 8,
        LatentSize = 6,
        GeneratorWidths = [16, 8, 4],
        DiscriminatorWidths = [4, 8, 16],
        Kernel = 5,
        GeneratorSteps = 2,
        LearningRate = 2e-4,
        Beta1 = 0.5,
        Beta2 = 0.999,
        EmaKimg = 1,
        SnapshotSeconds = 300,
    };

    [Fact]
    public void Dcgan_steps_equal_PyTorchs() => Compare("dcgan", Plan);

    [Fact]
    public void Auto_steps_from_one_backward_pass_equal_PyTorchs_from_two() =>
        Compare("auto", Plan with
        {
            Recipe = "auto",
            Gates = 5,
            Thumbnail = 8,
            Kernel = 4,
            GeneratorSteps = 1,
            Beta2 = 0.99,
            Gamma = 0.05,
            PenaltyEvery = 8
        });

    [Fact]
    public void Dcgan_at_64_pixels_has_the_originals_number_of_parameters()
    {
        using var random = new Generator(1);
        using var generator = new GeneratorNetwork(new GeneratorShape(), random);
        using var discriminator = new DiscriminatorNetwork(new DiscriminatorShape(), random);
        Assert.Equal(9_451_908, generator.ParameterCount + discriminator.ParameterCount);
    }

    [Fact]
    public void The_average_follows_the_generator_with_the_half_life_of_the_plan()
    {
        using var scope = TensorScope.Open();
        using var recipe = Recipe.Create(Plan with { EmaKimg = 0.008 });
        var start = recipe.Average.StateDict()["linear.weight"].ToArray<float>()[0];
        recipe.Generator.StateDict()["linear.weight"].Detach().AddInPlace(1);
        recipe.UpdateAverage(pictures: 8, seen: 1_000_000);
        Assert.Equal(start + 0.5f, recipe.Average.StateDict()["linear.weight"].ToArray<float>()[0], 4);
    }

    [Fact]
    public void A_snapshot_of_a_version_that_drew_in_another_way_goes_on_with_numbers_that_werent_drawn_yet()
    {
        using var scope = TensorScope.Open();
        using var old = new Generator(1);
        using var recipe = Recipe.Create(Plan);
        var first = Tensor.RandomUniform([1000], 0, 1, recipe.Random).ToArray<float>();
        recipe.GoOnDrawing(old.GetState(), seen: 5);
        Assert.Empty(first.Intersect(Tensor.RandomUniform([10], 0, 1, recipe.Random).ToArray<float>()));
        recipe.GoOnDrawing(old.GetState(), seen: 0);
        Assert.Equal(first, Tensor.RandomUniform([1000], 0, 1, recipe.Random).ToArray<float>());
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void A_run_that_was_taken_back_is_penalised_in_every_step(int firmness, bool penalised)
    {
        using var scope = TensorScope.Open();
        Assert.Equal(penalised, !After(0.05).SequenceEqual(After(0)));

        float[] After(double gamma)
        {
            using var recipe =
                Recipe.Create(Plan with { Recipe = "auto", Kernel = 4, GeneratorSteps = 1, Gamma = gamma, PenaltyEvery = 8 });
            recipe.Firmness = firmness;
            recipe.Step(new Golden("auto")["real"].Select(0, 0), null, step: 1);
            return recipe.Discriminator.StateDict()["layer0.weight"].ToArray<float>();
        }
    }

    private static void Compare(string name, RecipePlan plan)
    {
        using var scope = TensorScope.Open();
        var golden = new Golden(name);
        using var recipe = Recipe.Create(plan);
        recipe.Generator.LoadState(golden.State("before.g"));
        recipe.Discriminator.LoadState(golden.State("before.d"));
        for (var step = 0; step < 3; step++)
            Golden.Near(golden["losses"].Select(0, step), recipe.Step(golden["real"].Select(0, step), null, step).Narrow(0, 0, 4), 1e-4,
                $"losses of step {step}");
        golden.Matches("after.g", recipe.Generator, 2e-3);
        golden.Matches("after.d", recipe.Discriminator, 2e-3);
    }
}
