using System.Diagnostics;
using System.Globalization;
using Smirk.Gan.Data;
using Smirk.Gan.Train;
using Smirk.Torch;

namespace Smirk.Bench;

/// <summary>Steps of the recipe auto as it trains at 64×64 on CPU, timed; prints the seconds of each as one line. bench/auto_step.py has the same in PyTorch.</summary>
internal static class AutoStep
{
    /// <param name="args">Steps, threads, pictures a step.</param>
    public static int Run(string[] args)
    {
        var (steps, batch) = Read(args);
        using var recipe = Fresh(batch);
        using var random = new Generator(1);
        using var real = Tensor.RandomUniform([batch, 3, 64, 64], -1, 1, random);
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
    /// <param name="args">Steps, threads, pictures a step.</param>
    public static int Profile(string[] args)
    {
        var (steps, batch) = Read(args);
        using var recipe = Fresh(batch);
        using var random = new Generator(1);
        using var real = Tensor.RandomUniform([batch, 3, 64, 64], -1, 1, random);
        for (var i = 0; i < 8; i++)
            Step(recipe, real, i);
        ProfileTable.Print(steps, i => Step(recipe, real, i));
        return 0;
    }

    private static (int Steps, int Batch) Read(string[] args)
    {
        int Number(int place, int usual) => args.Length > place ? int.Parse(args[place], CultureInfo.InvariantCulture) : usual;
        TorchRuntime.SetThreads(Number(1, 0));
        return (Number(0, 64), Number(2, 16));
    }

    private static void Step(Recipe recipe, Tensor real, long step)
    {
        using var scope = TensorScope.Open();
        recipe.Step(real, null, step);
        recipe.UpdateAverage(recipe.Plan.Batch, 1_000_000);
    }

    // As the recipe plans it for a thousand pictures of 64×64 on CPU.
    private static Recipe Fresh(int batch)
    {
        using var random = new Generator(1);
        using var scope = TensorScope.Open();
        var pictures = Tensor.RandomIntegers([1000, 3, 64, 64], 0, 256, random).To(DType.UInt8);
        using var pack = TrainingPack.FromPictures(scope.Keep(pictures), [.. Enumerable.Range(0, 1000).Select(i => $"{i}")]);
        return Recipe.Create(RecipePlanner.Plan(new TrainOptions { Device = "cpu", Batch = batch }, pack));
    }
}
