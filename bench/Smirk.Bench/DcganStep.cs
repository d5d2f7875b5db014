using System.Diagnostics;
using System.Globalization;
using Smirk.Torch;
using Smirk.Torch.Optimisers;
using Smirk.Torch.Tensors;

namespace Smirk.Bench;

/// <summary>One D and one G update at batch 64, timed; prints the seconds of each step as one line.</summary>
internal static class DcganStep
{
    private const int Batch = 64;

    /// <param name="args">Kernel, steps, threads.</param>
    /// <param name="profile">Prints where the time goes instead.</param>
    public static int Run(string[] args, bool profile = false)
    {
        var kernel = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        var steps = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
        TorchRuntime.SetThreads(args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 0);
        using var random = new Generator(1);
        using var g = new BenchGenerator(kernel, random);
        using var d = new BenchDiscriminator(kernel, random);
        var settings = new AdamOptions { LearningRate = 2e-4, Beta1 = 0.5 };
        using Adam adamG = new(g.Parameters(), settings), adamD = new(d.Parameters(), settings);
        using var real = Tensor.RandomUniform([Batch, 3, 64, 64], -1, 1, random);
        if (profile)
        {
            Step(g, d, adamG, adamD, real, random);
            ProfileTable.Print(steps, _ => Step(g, d, adamG, adamD, real, random));
            return 0;
        }

        var seconds = new List<string>();
        for (var i = -1; i < steps; i++)
        {
            var clock = Stopwatch.StartNew();
            Step(g, d, adamG, adamD, real, random);
            if (i >= 0)
                seconds.Add(clock.Elapsed.TotalSeconds.ToString("F4", CultureInfo.InvariantCulture));
        }

        Console.WriteLine(string.Join(' ', seconds));
        return 0;
    }

    private static void Step(BenchGenerator g, BenchDiscriminator d, Adam adamG, Adam adamD, Tensor real, Generator random)
    {
        using var scope = TensorScope.Open();

        // Update D on real and fake pictures, in passes of their own.
        var fake = g.Forward(Tensor.RandomUniform([Batch, 100], -1, 1, random));
        adamD.ClearGradients();
        Autograd.Backward((-d.Forward(real)).Softplus().Mean());
        Autograd.Backward(d.Forward(fake.Detach()).Softplus().Mean());
        adamD.Step();

        // Update G through the new D, which needs no gradients of its own.
        d.SetRequiresGradient(false);
        adamG.ClearGradients();
        var loss = (-d.Forward(fake)).Softplus().Mean();
        Autograd.Backward(loss);
        adamG.Step();
        d.SetRequiresGradient(true);
        _ = loss.ToFloat();
    }
}
