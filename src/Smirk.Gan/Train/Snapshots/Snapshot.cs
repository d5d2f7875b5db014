using System.Text.Json;
using Smirk.Gan.Train.Loop;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Recipes;
using Smirk.Torch;
using Smirk.Torch.Modules;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Safetensors;

namespace Smirk.Gan.Train.Snapshots;

/// <summary>A run at one moment, as one safetensors file: G, D, averaged G (with their upsamplers), what the second stage has beside
/// them, all optimisers, the random state and the counters. Everything that resuming, or sampling, needs.</summary>
public static class Snapshot
{
    private const string Counters = "counters";
    private const string Plan = "plan";

    /// <summary>Writes <paramref name="path"/> atomically; an older file of that name stays whole until the new one is.</summary>
    public static void Save(string path, Recipe recipe, TrainCounters counters)
    {
        var tensors = new List<TensorToWrite>();
        foreach (var (prefix, state) in States(recipe))
            tensors.AddRange(state.Select(entry => new TensorToWrite(
                prefix + entry.Key, ElementType.F32, entry.Value.Shape, entry.Value.ToBytes())));
        var random = recipe.Random.GetState();
        tensors.Add(new TensorToWrite("random", ElementType.U8, [random.Length], random));
        SafetensorsFile.Write(path, tensors, new Dictionary<string, string>
        {
            [Plan] = recipe.Plan.ToJson(),
            [Counters] = JsonSerializer.Serialize(counters, TrainCountersJson.Default.TrainCounters),
        });
    }

    /// <summary>Puts everything back as it was.</summary>
    /// <exception cref="UnusableInputException">The file is damaged, or belongs to other networks.</exception>
    public static TrainCounters Load(string path, Recipe recipe)
    {
        using var file = SafetensorsFile.Open(path);
        using var scope = TensorScope.Open();
        var counters = ReadCounters(file);
        try
        {
            foreach (var network in new[] { ("g.", (Module)recipe.Generator), ("d.", recipe.Discriminator), ("ema.", recipe.Average) })
                network.Item2.LoadState(Read(file, network.Item1));
            recipe.GeneratorOptimiser.LoadState(Read(file, "adam_g."), counters.GeneratorSteps);
            recipe.DiscriminatorOptimiser.LoadState(Read(file, "adam_d."), counters.Step - counters.UpscaleSteps);
            if (recipe.Upscaling is { } upscaling)
            {
                upscaling.Discriminator.LoadState(Read(file, "patches."));
                upscaling.UpsamplerOptimiser.LoadState(Read(file, "adam_upsampler."), counters.UpscaleSteps);
                upscaling.DiscriminatorOptimiser.LoadState(Read(file, "adam_patches."), counters.PatchSteps);
            }
        }
        catch (StateMismatchException error)
        {
            throw new UnusableInputException($"{path} holds other networks than this run trains: {error.Message}", error);
        }

        recipe.GoOnDrawing(file.Bytes("random"), counters.Seen);
        return counters;
    }

    /// <summary>Reads only what sampling needs: the plan and one generator, ready to sample.</summary>
    /// <param name="path">The snapshot.</param>
    /// <param name="average">The averaged generator; the raw one otherwise.</param>
    /// <param name="device">Where it shall live.</param>
    /// <exception cref="UnusableInputException">The file is damaged or no snapshot.</exception>
    public static (RecipePlan Plan, TrainCounters Counters, Networks.GeneratorNetwork Generator) LoadGenerator(
        string path, bool average, Device device)
    {
        using var file = SafetensorsFile.Open(path);
        using var scope = TensorScope.Open();
        var plan = ReadPlan(file);
        using var random = new Generator(0);
        var generator = new Networks.GeneratorNetwork(Recipe.ShapeOf(plan), random);
        LoadState(generator, file, average ? "ema." : "g.");
        generator.To(device);
        generator.SetRequiresGradient(false);
        generator.Train(false);
        return (plan, ReadCounters(file), generator);
    }

    /// <summary>Reads only D, ready to judge, on the CPU.</summary>
    /// <exception cref="UnusableInputException">The file is damaged or no snapshot.</exception>
    public static Networks.DiscriminatorNetwork LoadDiscriminator(string path)
    {
        using var file = SafetensorsFile.Open(path);
        using var scope = TensorScope.Open();
        using var random = new Generator(0);
        var discriminator = new Networks.DiscriminatorNetwork(Recipe.DiscriminatorShapeOf(ReadPlan(file)), random);
        LoadState(discriminator, file, "d.");
        discriminator.Train(false);
        return discriminator;
    }

    // Generators with classes of earlier versions, which made one picture a class, have other networks.
    private static void LoadState(Module network, SafetensorsFile file, string prefix)
    {
        try
        {
            network.LoadState(Read(file, prefix));
        }
        catch (StateMismatchException error)
        {
            network.Dispose();
            throw new UnusableInputException(
                $"{file.Path} holds networks that this version doesn't have. Train them anew with: smirk train. ({error.Message})", error);
        }
    }

    /// <summary>The folder of the run that a snapshot lies in.</summary>
    public static string RunOf(string snapshot) => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(snapshot))!, ".."));

    /// <summary>The plan that the snapshot in <paramref name="path"/> was made with.</summary>
    /// <exception cref="UnusableInputException">The file is damaged or no snapshot.</exception>
    public static RecipePlan ReadPlan(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return ReadPlan(file);
    }

    /// <summary>All tensors that a snapshot holds but the random state, each part under its prefix.</summary>
    internal static IEnumerable<(string Prefix, IReadOnlyDictionary<string, Tensor> State)> States(Recipe recipe) =>
    [
        ("g.", recipe.Generator.StateDict()),
        ("d.", recipe.Discriminator.StateDict()),
        ("ema.", recipe.Average.StateDict()),
        ("adam_g.", recipe.GeneratorOptimiser.StateDict()),
        ("adam_d.", recipe.DiscriminatorOptimiser.StateDict()),
        .. recipe.Upscaling is not { } upscaling ? [] : new (string, IReadOnlyDictionary<string, Tensor>)[]
        {
            ("patches.", upscaling.Discriminator.StateDict()),
            ("adam_upsampler.", upscaling.UpsamplerOptimiser.StateDict()),
            ("adam_patches.", upscaling.DiscriminatorOptimiser.StateDict()),
        },
    ];

    private static Dictionary<string, Tensor> Read(SafetensorsFile file, string prefix) => file.Tensors
        .Where(t => t.Name.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(t => t.Name[prefix.Length..], t => Tensor.FromBytes(file.Bytes(t.Name), DType.Float32, [.. t.Shape]));

    private static RecipePlan ReadPlan(SafetensorsFile file) => RecipePlan.FromJson(Text(file, Plan));

    private static TrainCounters ReadCounters(SafetensorsFile file) =>
        JsonSerializer.Deserialize(Text(file, Counters), TrainCountersJson.Default.TrainCounters)!;

    private static string Text(SafetensorsFile file, string key) => file.Metadata.TryGetValue(key, out var text)
        ? text
        : throw new UnusableInputException($"{file.Path} is no snapshot of Smirk's: its header has no '{key}'.");
}
