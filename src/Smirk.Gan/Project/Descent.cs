using System.Diagnostics;
using Smirk.Gan.Explore;
using Smirk.Gan.Sample;
using Smirk.Gan.Train.Loop;
using Smirk.Torch;
using Smirk.Torch.Optimisers;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Project;

/// <summary>Follows the measure downhill from given latents, some pictures at a time, each as if it were alone.</summary>
internal sealed class Descent(GeneratorSession session, ProjectionMeasure measure)
{
    // Steps that are alike, by which the number of threads is found.
    private const int Round = 4;

    private readonly ThreadTuner? _tuner = session.Device.IsCuda ? null : new ThreadTuner(Environment.ProcessorCount, Round);

    // As StyleGAN 2's projector: up for a twentieth of the way, and down along a cosine over its last quarter.
    private const double Rate = 0.1;
    private const double RampUp = 0.05;
    private const double RampDown = 0.5;

    // How much it weighs, beside a squared distance of 1 between two pictures of the pack, that latent and styles look like none of
    // N(0, 1), and that the styles lie apart from the latent, which they never do in training (docs/project.md).
    private const double Pull = 0.1;
    private const double Together = 0.1;

    /// <summary>Told after a step, from 0 steps on: how many are done, the square of each picture's distance, and what they look like at
    /// the size that G itself makes (float32 in −1…1).</summary>
    public delegate void Watch(int step, Tensor squares, Tensor small);

    /// <summary>Latents and styles that come nearer, and the squares of their distances.</summary>
    /// <param name="starts">Where to begin: a latent a picture.</param>
    /// <param name="targets">The pictures' rows of numbers, [N, numbers].</param>
    /// <param name="steps">Steps of Adam.</param>
    /// <param name="threads">Threads on the CPU; 0 for as many as are fastest.</param>
    /// <param name="watch">Told of each step; null for nobody.</param>
    /// <param name="cancel">Stops between two steps.</param>
    public (LatentBatch Found, float[] Squares) Run(
        LatentBatch starts, Tensor targets, int steps, int threads, Watch? watch, CancellationToken cancel)
    {
        // Others in this process go on with as many threads as before.
        var before = TorchRuntime.Threads;
        if (threads > 0)
            TorchRuntime.SetThreads(threads);
        try
        {
            return Descend(starts, targets, steps, threads == 0 ? _tuner : null, watch, cancel);
        }
        finally
        {
            TorchRuntime.SetThreads(before);
        }
    }

    private (LatentBatch Found, float[] Squares) Descend(
        LatentBatch starts, Tensor targets, int steps, ThreadTuner? tuner, Watch? watch, CancellationToken cancel)
    {
        using var scope = TensorScope.Open();
        var generator = session.Generator;
        var z = starts.Z.To(session.Device).Clone();
        var levels = generator.Levels;
        var styles = levels == 0 ? null
            : (starts.Styles ?? starts.Z.Unsqueeze(1).Expand(starts.Count, levels, session.LatentSize)).To(session.Device).Clone();
        (string Name, Tensor Tensor)[] free = styles is null ? [("z", z)] : [("z", z), ("styles", styles)];
        foreach (var (_, tensor) in free)
            tensor.RequiresGradient = true;
        using var optimiser = new Adam(free, new AdamOptions { Beta1 = 0.9, Beta2 = 0.99 });
        for (var step = 0; ; step++)
        {
            cancel.ThrowIfCancellationRequested();
            using var inner = TensorScope.Open();
            var began = Stopwatch.GetTimestamp();
            if (tuner is not null)
                TorchRuntime.SetThreads(tuner.Threads);
            var small = generator.Small(z, starts.Classes, styles).To(Device.Cpu);
            var squares = (measure.OfSmall(small) - targets).Square().Sum([1]); // [N]
            var soFar = Stopwatch.GetElapsedTime(began);
            watch?.Invoke(step, squares, small);
            began = Stopwatch.GetTimestamp();
            if (step == steps)
            {
                var found = new LatentBatch(Plain(z), styles is null ? null : Plain(styles), starts.Classes);
                scope.Keep(inner.Keep(found.Z));
                if (found.Styles is not null)
                    scope.Keep(inner.Keep(found.Styles));
                return (found, squares.Detach().ToArray<float>());
            }

            optimiser.ClearGradients();
            Autograd.Backward(session.Moves.IsUniform ? squares.Sum() : squares.Sum() + PullOn(z, styles).To(Device.Cpu));
            optimiser.LearningRate = Rate * RateAt((double)step / steps);
            optimiser.Step();
            if (session.Moves.IsUniform)
                Clamp(free);
            tuner?.Note((soFar + Stopwatch.GetElapsedTime(began)).TotalSeconds);
        }
    }

    // Summed over the pictures.
    private static Tensor PullOn(Tensor z, Tensor? styles)
    {
        if (styles is null)
            return Strangeness(z) * Pull;
        var levels = styles.Shape[1];
        return (Strangeness(z) + Strangeness(styles)) * (Pull / (1 + levels))
            + (styles - z.Unsqueeze(1)).Square().Mean([-1]).Sum() * (Together / levels);
    }

    // The Kullback-Leibler divergence from N(0, 1) of a normal distribution with the mean and variance of a latent's numbers, summed over
    // all latents. Their squares alone would pull towards 0, where no latent of that many numbers lies.
    private static Tensor Strangeness(Tensor latents)
    {
        var mean = latents.Mean([-1], keep: true);
        var variance = (latents - mean).Square().Mean([-1], keep: true) + 1e-6;
        return (mean.Square() + variance - variance.Log() - 1).Sum() * 0.5;
    }

    // Uniform latents end at ±1.
    private static void Clamp((string Name, Tensor Tensor)[] free)
    {
        using var noGradient = Autograd.NoGradient();
        foreach (var (_, tensor) in free)
            tensor.CopyFrom(tensor.Clamp(-1, 1));
    }

    private static double RateAt(double way) =>
        Math.Min(1, (way + 0.01) / RampUp) * (0.5 - 0.5 * Math.Cos(Math.PI * Math.Min(1, (1 - way) / RampDown)));

    private static Tensor Plain(Tensor tensor) => tensor.Detach().To(Device.Cpu).Clone();
}
