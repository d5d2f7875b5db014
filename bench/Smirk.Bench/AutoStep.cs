using System.Diagnostics;
using System.Globalization;
using Smirk.Gan.Data;
using Smirk.Gan.Train;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Recipes;
using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Bench;

/// <summary>Steps of the recipe auto as it is planned for a thousand pictures, timed; bench/auto_step.py has the same in PyTorch.</summary>
internal static class AutoStep
{
    /// <summary>Prints the seconds of each round of the penalty (8 steps) as one line. A GPU is waited for at the end of a round, as
    /// training waits for it now and then.</summary>
    /// <param name="args">Steps, threads, pictures a step, device, edge.</param>
    public static int Run(string[] args)
    {
        using var recipe = Fresh(args);
        using var random = new Generator(1);
        using var real = Pictures(recipe, random);
        var seconds = new List<string>();

        // Starts before zero, so that what is done once isn't timed.
        var every = recipe.Plan.PenaltyEvery;
        for (var round = -1; round < Number(args, 0, 64) / every; round++)
        {
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < every; i++)
                Step(recipe, real, i);
            TorchRuntime.Synchronize();
            if (round >= 0)
                seconds.Add(clock.Elapsed.TotalSeconds.ToString("F4", CultureInfo.InvariantCulture));
        }

        Console.WriteLine(string.Join(' ', seconds));
        return 0;
    }

    /// <summary>Prints where the time of such steps goes.</summary>
    /// <param name="args">Steps, threads, pictures a step.</param>
    public static int Profile(string[] args)
    {
        using var recipe = Fresh(args);
        using var random = new Generator(1);
        using var real = Pictures(recipe, random);
        for (var i = 0; i < recipe.Plan.PenaltyEvery; i++)
            Step(recipe, real, i);
        ProfileTable.Print(Number(args, 0, 64), i => Step(recipe, real, i));
        return 0;
    }

    /// <summary>Prints what the peer has to be like: pictures a step, G's widths.</summary>
    /// <param name="args">Steps, threads, pictures a step, device, edge.</param>
    public static int Plan(string[] args)
    {
        using var recipe = Fresh(args);
        Console.WriteLine($"{recipe.Plan.Batch} {string.Join(',', recipe.Plan.GeneratorWidths)}");
        return 0;
    }

    /// <summary>Prints how far a device's pictures are from the CPU's after a round of the same steps from the same weights: the largest
    /// and the mean difference, of values from −1 to 1.</summary>
    /// <param name="args">Steps, threads, pictures a step, device, edge.</param>
    public static int Same(string[] args)
    {
        string[] onCpu = [.. args[..3], "cpu", .. args[4..]];
        using var scope = TensorScope.Open();
        using Recipe one = Fresh(args), other = Fresh(onCpu);
        using var random = new Generator(1);
        var real = Pictures(other, random);
        var latents = Tensor.RandomNormal([64, one.Plan.LatentSize], random);
        for (var i = 0; i < Number(args, 0, 8); i++)
        {
            Step(one, real.To(one.Device), i);
            Step(other, real, i);
        }

        var difference = (Picture(one, latents) - Picture(other, latents)).Abs();
        Console.WriteLine(FormattableString.Invariant($"{difference.Max().ToFloat():G3} {difference.Mean().ToFloat():G3}"));
        return 0;
    }

    private static Tensor Picture(Recipe recipe, Tensor latents)
    {
        using var noGradient = Autograd.NoGradient();
        return recipe.Generator.Forward(latents.To(recipe.Device)).To(Device.Cpu);
    }

    private static Tensor Pictures(Recipe recipe, Generator random) =>
        Tensor.RandomUniform([recipe.Plan.Batch, 3, recipe.Plan.Size, recipe.Plan.Size], -1, 1, random).To(recipe.Device);

    private static int Number(string[] args, int place, int usual) =>
        args.Length > place ? int.Parse(args[place], CultureInfo.InvariantCulture) : usual;

    private static void Step(Recipe recipe, Tensor real, long step)
    {
        using var scope = TensorScope.Open();
        recipe.Step(real, null, step);
        recipe.UpdateAverage(recipe.Plan.Batch, 1_000_000);
    }

    // As the recipe plans it for a thousand pictures.
    private static Recipe Fresh(string[] args)
    {
        TorchRuntime.SetThreads(Number(args, 1, 0));
        var (batch, device, size) = (Number(args, 2, 0), args.Length > 3 ? args[3] : "cpu", Number(args, 4, 64));
        using var random = new Generator(1);
        using var scope = TensorScope.Open();
        var pictures = Tensor.RandomIntegers([1000, 3, size, size], 0, 256, random).To(DType.UInt8);
        using var pack = TrainingPack.FromPictures(scope.Keep(pictures), [.. Enumerable.Range(0, 1000).Select(i => $"{i}")]);
        return Recipe.Create(RecipePlanner.Plan(new TrainOptions { Device = device, Batch = batch == 0 ? null : batch }, pack));
    }
}
