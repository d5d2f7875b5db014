using Smirk.Gan.Networks;
using Smirk.Gan.Sample;
using Smirk.Gan.Train.Loop;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Snapshots;
using Smirk.Torch;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Explore;

/// <summary>One snapshot, opened to make picture after picture with it. No type of libtorch is seen outside: latents are
/// <see cref="LatentCode"/>s, pictures rows of RGB bytes.</summary>
/// <remarks>For one thread at a time.</remarks>
public sealed class GeneratorSession : IDisposable
{
    private readonly bool _average;
    private DiscriminatorNetwork? _discriminator;

    private GeneratorSession(
        string snapshot, bool average, Device device, (RecipePlan Plan, TrainCounters Counters, GeneratorNetwork Generator) loaded)
    {
        (SnapshotPath, _average, Device) = (snapshot, average, device);
        (Plan, Kimg, Generator) = (loaded.Plan, loaded.Counters.Kimg, loaded.Generator);
    }

    /// <summary>The snapshot's file.</summary>
    public string SnapshotPath { get; private set; }

    /// <summary>How long it had trained, in thousands of pictures.</summary>
    public double Kimg { get; private set; }

    /// <summary>Edge of the pictures in pixels.</summary>
    public int Size => Plan.Size;

    /// <summary>The shape that pictures are shown in: they are made as squares, and stretched to it.</summary>
    public Aspect Aspect => Plan.ShownAspect;

    /// <summary>How pictures are shown.</summary>
    public PictureView View => Plan.View;

    /// <summary>Numbers in a latent.</summary>
    public int LatentSize => Plan.LatentSize;

    /// <summary>Levels that can have a style of their own; 0 for none.</summary>
    public int Levels => Generator.Levels;

    /// <summary>What to do to latents, for this generator.</summary>
    public LatentMoves Moves => new(IsUniform: Plan.Recipe == "dcgan", Levels);

    /// <summary>The main directions in which its pictures vary, the strongest first, each of length 1; found anew at each call, which
    /// takes a moment. For <see cref="LatentMoves.Along"/>.</summary>
    public IReadOnlyList<float[]> MainDirections() => Directions.Of(Plan, Generator);

    /// <summary>Names of the classes that pictures can be asked for; empty for none.</summary>
    public IReadOnlyList<string> Classes => Plan.Classes;

    /// <summary>Where the pack lies that the run was trained on, if it is still there.</summary>
    public string PackPath => PackPlace.Find(Plan.Pack, Snapshot.RunOf(SnapshotPath));

    internal Device Device { get; }

    internal RecipePlan Plan { get; private set; }

    internal GeneratorNetwork Generator { get; private set; }

    /// <summary>Opens a snapshot.</summary>
    /// <param name="snapshot">Its file.</param>
    /// <param name="average">Averaged weights; the raw ones otherwise.</param>
    /// <param name="device">"auto", "cpu", "cuda" or "cuda:1".</param>
    /// <exception cref="UnusableInputException">The file is damaged or no snapshot.</exception>
    public static GeneratorSession Open(string snapshot, bool average = true, string device = "auto")
    {
        TorchRuntime.SetThreads();
        var on = Device.Parse(device);
        return new GeneratorSession(snapshot, average, on, Snapshot.LoadGenerator(snapshot, average, on));
    }

    /// <summary>Goes over to another snapshot, of the same run as a rule: the same latents then show what training changed.</summary>
    /// <exception cref="UnusableInputException">It is damaged, or latents of this one don't fit it; this one stays open.</exception>
    public void Switch(string snapshot)
    {
        var (plan, counters, generator) = Snapshot.LoadGenerator(snapshot, _average, Device);
        if (plan.LatentSize != LatentSize || generator.Levels != Levels || plan.Classes.Count != Classes.Count)
        {
            generator.Dispose();
            throw new UnusableInputException($"{snapshot} takes latents of {plan.LatentSize} numbers, with {generator.Levels} levels and "
                + $"{plan.Classes.Count} classes; those at hand have {LatentSize} numbers, {Levels} levels and {Classes.Count} classes.");
        }

        Dispose();
        _discriminator = null;
        (SnapshotPath, Plan, Kimg, Generator) = (snapshot, plan, counters.Kimg, generator);
    }

    /// <summary>Latents as <c>smirk sample</c> draws them: the same seed gives the same ones, the first of more are those of
    /// fewer.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Which.</param>
    /// <param name="only">The class of all; null for all classes in turn.</param>
    public IReadOnlyList<LatentCode> Draw(int count, ulong seed, int? only = null)
    {
        using var scope = TensorScope.Open();
        return new LatentBatch(Latents.Draw(Plan, count, seed, truncation: 1), null, ClassesOf(count, only)).ToCodes();
    }

    /// <summary>Makes the pictures of <paramref name="codes"/>.</summary>
    /// <param name="codes">Latents of this generator, at least one.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told of each batch; null for nobody.</param>
    /// <param name="cancel">Stops between two batches.</param>
    /// <returns>One picture a code, in their order.</returns>
    /// <exception cref="UnusableInputException">The latents are another generator's.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<MadePicture> Generate(
        IReadOnlyList<LatentCode> codes, GenerateOptions? options = null, IProgress<StageProgress>? progress = null,
        CancellationToken cancel = default)
    {
        options ??= new GenerateOptions();
        using var scope = TensorScope.Open();
        var batch = LatentBatch.Of(codes, Plan, Levels, "latents").Times(options.Truncation);
        var steps = new StageSteps(SampleStage.Name, progress ?? new Unheard(), cancel);
        var pictures = batch.Pictures(Generator, Device, steps);
        var rows = RgbRows.Of(pictures);
        if (!options.Realness)
            return [.. rows.Select(rgb => new MadePicture(rgb))];
        steps.Next("asking D how real they look");
        _discriminator ??= Snapshot.LoadDiscriminator(SnapshotPath);
        var scores = Realness.OfViews(_discriminator, Plan, pictures, batch.Classes, Pick.Views);
        return [.. rows.Zip(scores, (rgb, score) => new MadePicture(rgb, score))];
    }

    /// <summary>A picture of this generator as <c>smirk sample</c> writes it: as <see cref="View"/> shows it.</summary>
    /// <param name="rgb">Interleaved RGB, Size · Size · 3 bytes.</param>
    /// <param name="factor">So many times larger, at least 1.</param>
    /// <exception cref="UsageException">It has another size.</exception>
    public Grid Shown(byte[] rgb, int factor = 1)
    {
        using var scope = TensorScope.Open();
        return Grid.Of(View.Of(RgbRows.ToTensor([rgb], Size, channels: 3), factor), 1);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Generator.Dispose();
        _discriminator?.Dispose();
    }

    /// <summary>One class a picture; null without classes.</summary>
    /// <exception cref="UsageException">There is no such class.</exception>
    internal long[]? ClassesOf(int count, int? only)
    {
        if (only < 0 || only >= Classes.Count)
            throw new UsageException(Classes.Count == 0 ? $"Class {only}: this generator was trained without labels."
                : $"Class {only}: this generator has the classes 0 to {Classes.Count - 1}: {string.Join(", ", Classes)}.");
        return only is { } number ? [.. Enumerable.Repeat((long)number, count)] : Plan.ClassesInTurn(count);
    }

    private sealed class Unheard : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
        }
    }
}

/// <summary>How <see cref="GeneratorSession.Generate"/> makes pictures.</summary>
public sealed record GenerateOptions
{
    /// <summary>Pulls latents and styles towards the middle: below 1 more typical pictures, less variety.</summary>
    public double Truncation { get; init; } = 1;

    /// <summary>Whether D is asked how real each picture looks, as <c>sample --pick</c> asks it.</summary>
    public bool Realness { get; init; }
}

/// <summary>A picture that a generator made.</summary>
/// <param name="Rgb">Interleaved RGB, Size · Size · 3 bytes: a square, whatever the shape that it is shown in.</param>
/// <param name="Realness">D's logit, the mean over augmented views: the higher, the more real it looks to D. Null where it wasn't
/// asked.</param>
public sealed record MadePicture(byte[] Rgb, double? Realness = null);
