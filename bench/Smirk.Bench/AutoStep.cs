using System.Diagnostics;
using System.Globalization;
using Smirk.Gan.Augment;
using Smirk.Gan.Train;
using Smirk.Torch;

namespace Smirk.Bench;

/// <summary>Steps of the recipe auto as it trains at 64×64 on CPU, timed; prints the seconds of each as one line. bench/auto_step.py has the same in PyTorch.</summary>
internal static class AutoStep
{
    private const int Batch = 32;

    public static int Run(string[] args)
    {
        var steps = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 32;
        TorchRuntime.SetThreads(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 0);
        using var recipe = Fresh();
        using var random = new Generator(1);
        using var real = Tensor.RandomUniform([Batch, 3, 64, 64], -1, 1, random);
        var seconds = new List<string>();

        // Starts before zero, so that what is done once isn't timed, and lasts whole rounds of the penalty.
        for (var i = -8; i < steps; i++)
        {
            var clock = Stopwatch.StartNew();
            Step(recipe, real, i + 8);
            if (i >= 0)
                seconds.Add(clock.Elapsed.TotalSeconds.ToString("F4", CultureInfo.InvariantCulture));
        }

        Console.WriteLine(string.Join(' ', seconds));
        return 0;
    }

    /// <summary>Prints where the time of such steps goes.</summary>
    public static int Profile(string[] args)
    {
        var steps = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 64;
        TorchRuntime.SetThreads(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 0);
        using var recipe = Fresh();
        using var random = new Generator(1);
        using var real = Tensor.RandomUniform([Batch, 3, 64, 64], -1, 1, random);
        for (var i = 0; i < 8; i++)
            Step(recipe, real, i);
        ProfileTable.Print(steps, i => Step(recipe, real, i));
        return 0;
    }

    private static void Step(Recipe recipe, Tensor real, long step)
    {
        using var scope = TensorScope.Open();
        recipe.Step(real, null, step);
        recipe.UpdateAverage(Batch, 1_000_000);
    }

    private static Recipe Fresh() => Recipe.Create(new RecipePlan
    {
        Recipe = "auto",
        Pack = "",
        Size = 64,
        Channels = 3,
        Seed = 1,
        Device = "cpu",
        Batch = Batch,
        LatentSize = 100,
        GeneratorWidths = [320, 192, 96, 48],
        DiscriminatorWidths = [48, 96, 192, 320],
        Thumbnail = 8,
        Kernel = 4,
        LearningRate = 2e-4,
        Beta1 = 0.5,
        Beta2 = 0.99,
        Gamma = 0.05,
        PenaltyEvery = 8,
        Augment = AugmentPolicy.Usual,
        EmaKimg = 20,
        SnapshotSeconds = 300,
    });
}
