using System.Diagnostics;
using Smirk.Gan.Data;
using Smirk.Gan.Train;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Recipes;
using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Upscale;

/// <summary>How fast this machine learns, from some steps of the first stage on pictures of noise.</summary>
public static class MeasuredSpeed
{
    private const int Pictures = 64;

    // The first steps find memory and plans; a round of the others has one step with a penalty.
    private const int WarmUp = 2;

    /// <summary>Pictures a second at 64 pixels. Takes one to three seconds.</summary>
    /// <param name="options">Device, batch and width are taken from here.</param>
    public static double PicturesPerSecond(TrainOptions options)
    {
        TorchRuntime.SetThreads();
        using var scope = TensorScope.Open();
        using var random = new Generator(0);
        var noise = Tensor.RandomIntegers([Pictures, 3, UpscaleNeeds.SmallSize, UpscaleNeeds.SmallSize], 0, 256, random).To(DType.UInt8);
        using var pack = TrainingPack.FromPictures(scope.Keep(noise), [.. Enumerable.Range(0, Pictures).Select(i => $"{i}")]);
        var plan = RecipePlanner.Plan(new TrainOptions { Device = options.Device, Batch = options.Batch, Width = options.Width }, pack);
        using var recipe = Recipe.Create(plan);
        var real = Tensor.RandomUniform([plan.Batch, 3, plan.Size, plan.Size], -1, 1, random).To(recipe.Device);
        for (var step = 1; step <= WarmUp; step++)
            Step(step);
        var clock = Stopwatch.StartNew();
        for (var step = 0; step < plan.PenaltyEvery; step++)
            Step(step);
        return plan.Batch * plan.PenaltyEvery / clock.Elapsed.TotalSeconds;

        // The losses are read, so that a GPU is waited for.
        void Step(long step)
        {
            using var inner = TensorScope.Open();
            recipe.Step(real, null, step).ToArray<float>();
        }
    }
}
