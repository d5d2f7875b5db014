using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Smirk.Gan.Data;
using Smirk.Gan.Evaluate;
using Smirk.Gan.Networks;
using Smirk.Gan.Sample;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Snapshots;
using Smirk.Gan.Upscale;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Seeds;

namespace Smirk.Bench;

/// <summary>Trains an upsampler on top of a finished run at a smaller size and measures both together: for docs/recipes.md.</summary>
internal sealed class Upscale(TrainingPack pack, RecipePlan basis, GeneratorNetwork generator, UpscalePlan plan, ulong seed, string folder)
{
    private const int Samples = 1000;
    private const int StepsALine = 100;

    private readonly HeldOutSplit _split = HeldOutSplit.Of(pack.Rows, basis.HeldOut, basis.Seed);

    /// <param name="args">Pack at the large size, snapshot of a run at the small one, folder for what is made, thousands of crops (or
    /// "lanczos", "bilinear": the plain enlargement), seed, settings of <see cref="UpscalePlan"/> as JSON, such as
    /// {"generated":0.5}.</param>
    public static int Run(string[] args)
    {
        TorchRuntime.SetThreads();
        using var pack = TrainingPack.Open(args[0]);
        var (basis, _, generator) = Snapshot.LoadGenerator(args[1], average: true, Device.Cpu);
        var plan = Plan(pack.Size / basis.Size, args.ElementAtOrDefault(5) ?? "{}");
        var (seed, folder) = (ulong.Parse(args[4], CultureInfo.InvariantCulture), Directory.CreateDirectory(args[2]).FullName);
        using (generator)
            new Upscale(pack, basis, generator, plan, seed, folder).Run(args[3]);
        return 0;
    }

    private static UpscalePlan Plan(int factor, string settings)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        var all = JsonSerializer.SerializeToNode(new UpscalePlan { Factor = factor, Share = 1 }, options)!.AsObject();
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(settings)!)
            all[name] = JsonSerializer.SerializeToNode(value);
        return JsonSerializer.Deserialize<UpscalePlan>(all, options)!;
    }

    private void Run(string length)
    {
        using var weights = new Generator(Seed.Derive(seed, "upsampler"));
        using UpsamplerNetwork upsampler = new(pack.Channels, plan, weights), average = new(pack.Channels, plan, weights);
        average.LoadState(upsampler.StateDict());
        average.SetRequiresGradient(false);
        if (double.TryParse(length, CultureInfo.InvariantCulture, out var kimg))
        {
            using var training = new UpsamplerTraining(plan, upsampler, average, pack.Channels, seed, Device.Cpu);
            Train(training, kimg * 1000);
        }

        Measure(small => length == "lanczos" ? Enlargement.Shown(small, Aspect.Square, plan.Factor) : Enlarged(average, small));
    }

    private void Train(UpsamplerTraining training, double crops)
    {
        using var random = new Generator(Seed.Derive(seed, "upscale"));
        var feed = new CropFeed(pack.Pictures, new DataOrder(_split.Training, seed), plan, basis.Mirror);
        var clock = Stopwatch.StartNew();
        var sums = new double[4];
        for (long seen = 0, step = 0; seen < crops; seen += plan.Batch, step++)
        {
            using var scope = TensorScope.Open();
            var progress = seen / crops;
            var rate = progress < 0.5 ? 1 : 0.1 + 0.9 * 0.5 * (1 + Math.Cos(Math.PI * (progress - 0.5) * 2));
            training.UpsamplerOptimiser.LearningRate = plan.LearningRate * rate;
            training.DiscriminatorOptimiser.LearningRate = plan.DiscriminatorRate * rate;
            var (large, small) = feed.Batch(seen, random);
            var made = plan.GeneratedCount == 0 || progress < plan.AdversarialFrom ? null : Generated(random);
            var losses = training.Step(large, small, made, progress, step).ToArray<float>();
            training.UpdateAverage(plan.Batch, seen + plan.Batch);
            sums = [.. sums.Zip(losses, (sum, loss) => sum + loss / StepsALine)];
            if ((step + 1) % StepsALine != 0)
                continue;
            var numbers = string.Join(' ', sums.Select(sum => sum.ToString("0.0000", CultureInfo.InvariantCulture)));
            File.AppendAllText(Path.Combine(folder, "log.txt"), $"{seen / 1000} kcrops {clock.Elapsed.TotalSeconds:0} s {numbers}\n");
            Array.Clear(sums);
        }
    }

    private Tensor Generated(Generator random)
    {
        using var noGradient = Autograd.NoGradient();
        var pictures = generator.Small(Tensor.RandomNormal([plan.GeneratedCount, basis.LatentSize], random));
        var places = Tensor.RandomIntegers([2], 0, pictures.Shape[2] - plan.Crop + 1, random).ToArray<long>();
        return pictures.Narrow(2, places[0], plan.Crop).Narrow(3, places[1], plan.Crop).Contiguous();
    }

    private void Measure(Func<Tensor, Tensor> enlarge)
    {
        using var scope = TensorScope.Open();
        var (heldOut, learnt) = (pack.Of(_split.HeldOut), pack.Of(_split.Training));
        var trained = TrainedFeatures.Of(learnt, TrainedFeatures.CachePath(pack.Folder, pack, _split));
        using var noGradient = Autograd.NoGradient();
        using var random = new Generator(Seed.Derive(9, "measure"));
        var large = enlarge(Sampler.Pictures(generator, Tensor.RandomNormal([Samples, basis.LatentSize], random)));
        File.WriteAllBytes(Path.Combine(folder, "grid.png"), Png(large.Narrow(0, 0, 24)));

        // Held-out pictures shrunk and enlarged again: what the upsampler is for, without the generator's faults.
        var real = heldOut.Take(0, heldOut.Count);
        var again = enlarge((real.To(DType.Float32).AvgPool2d(plan.Factor) + 0.5).To(DType.UInt8));
        File.WriteAllBytes(Path.Combine(folder, "again.png"), Png(Tensor.Cat([real.Narrow(0, 0, 12), again.Narrow(0, 0, 12)], 0)));
        using var evaluator = new Evaluator(heldOut, null, [new RandomFeatures(pack.Channels), trained, new DetailFeatures(pack.Channels)]);
        var results = new SortedDictionary<string, double>(evaluator.Measure(large).ToDictionary())
        {
            ["error"] = (again.To(DType.Float32) - real.To(DType.Float32)).Abs().Mean().ToDouble(),
        };
        foreach (var (name, value) in evaluator.Measure(again, quick: true)
            .Where(metric => metric.Key.StartsWith("frechet", StringComparison.Ordinal)))
            results[$"again_{name}"] = value;
        File.WriteAllText(Path.Combine(folder, "metrics.json"), JsonSerializer.Serialize(results));
        Console.WriteLine(JsonSerializer.Serialize(results));
    }

    private static Tensor Enlarged(UpsamplerNetwork network, Tensor small)
    {
        var parts = new List<Tensor>();
        for (long from = 0; from < small.Shape[0]; from += 16)
        {
            using var inner = TensorScope.Open();
            var pictures = small.Narrow(0, from, Math.Min(16, small.Shape[0] - from)).To(DType.Float32) / 127.5 - 1;
            parts.Add(inner.Keep(((network.Forward(pictures) + 1) * 127.5).Round().Clamp(0, 255).To(DType.UInt8)));
        }

        return Tensor.Cat(parts, 0);
    }

    private static byte[] Png(Tensor pictures)
    {
        var grid = Grid.Of(pictures.Contiguous(), 6);
        return PngEncoder.Encode(grid.Width, grid.Height, grid.Rgb);
    }
}
