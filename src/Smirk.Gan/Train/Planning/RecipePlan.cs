using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Smirk.Gan.Augment;
using Smirk.Gan.Data;
using Smirk.Gan.Sample;
using Smirk.Gan.Upscale;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;

namespace Smirk.Gan.Train.Planning;

/// <summary>Everything that a run depends on, resolved; written as options.json before work starts.</summary>
public sealed record RecipePlan
{
    /// <summary>"auto" or "dcgan".</summary>
    public required string Recipe { get; init; }

    /// <summary>Folder of the pack that is learnt from: in options.json relative to the run's folder where both lie in one
    /// workspace.</summary>
    public required string Pack { get; init; }

    /// <summary>What that pack held, see <see cref="PackFingerprint"/>; null in runs of before this was kept.</summary>
    public string? PackFingerprint { get; init; }

    /// <summary>Edge of the pictures, in pixels.</summary>
    public required int Size { get; init; }

    /// <summary>The shape that the pictures were squeezed from; null for 1:1, as in runs of earlier versions.</summary>
    public Aspect? Aspect { get; init; }

    /// <summary>The shape that pictures are shown in.</summary>
    [JsonIgnore]
    public Aspect ShownAspect => Aspect ?? Aspect.Square;

    /// <summary>How piano rolls are ruled and played; null for other pictures, and in runs of earlier versions.</summary>
    public PackRoll? Roll { get; init; }

    /// <summary>How pictures are shown.</summary>
    [JsonIgnore]
    public PictureView View => new(ShownAspect, Roll);

    /// <summary>Width and height in pixels at which pictures are shown: <see cref="Size"/> twice, unless they were squeezed.</summary>
    [JsonIgnore]
    public (int Width, int Height) ShownSize => View.SizeOf(Size);

    /// <summary>1 (grey) or 3 (RGB).</summary>
    public required int Channels { get; init; }

    /// <summary>Makes the run repeatable.</summary>
    public required ulong Seed { get; init; }

    /// <summary>"cpu", "cuda:0"…</summary>
    public required string Device { get; init; }

    /// <summary>Threads of one operation on the CPU; 0 for as many as are fastest at the moment, null for one a core.</summary>
    public int? Threads { get; init; }

    /// <summary>Seconds to train; null when <see cref="Kimg"/> bounds the run.</summary>
    public double? BudgetSeconds { get; init; }

    /// <summary>Thousands of pictures to show; null when the time bounds the run.</summary>
    public double? Kimg { get; init; }

    /// <summary>The plan as the run was started with, if it was resumed with other settings since; null otherwise.</summary>
    public RecipePlan? Started { get; init; }

    /// <summary>How long a run of Smirk 0.1 was to be when it was started, if it was given another end since; null otherwise.</summary>
    public RunLength? StartedFor { get; init; }

    /// <summary>How long the run was to be when it was started.</summary>
    [JsonIgnore]
    public RunLength FirstLength => Started is { } started ? started.FirstLength : StartedFor ?? new RunLength(Kimg, BudgetSeconds);

    /// <summary>Pictures a step.</summary>
    public required int Batch { get; init; }

    /// <summary>Numbers in a latent.</summary>
    public required int LatentSize { get; init; }

    /// <summary>Channels of G from 4×4 up to half the size.</summary>
    public required IReadOnlyList<int> GeneratorWidths { get; init; }

    /// <summary>Channels of D from half the size down to 4×4.</summary>
    public required IReadOnlyList<int> DiscriminatorWidths { get; init; }

    /// <summary>Hidden units of the networks through which the latent weighs G's channels; 0 for none, as runs of earlier versions have
    /// it.</summary>
    public int Gates { get; init; }

    /// <summary>Largest edge of the maps that a residual convolution of G refines; 0 for none, as runs of earlier versions have
    /// it.</summary>
    public int Refine { get; init; }

    /// <summary>How far G reaches beyond black and white, where it is clipped, as a multiple of the range; 1 for not at all, as runs of
    /// earlier versions have it.</summary>
    public double Overshoot { get; init; } = 1;

    /// <summary>Edge of the thumbnail that D judges, too; 0 for none, as runs of earlier versions have it.</summary>
    public int Thumbnail { get; init; }

    /// <summary>Kernel edge of the convolutions.</summary>
    public required int Kernel { get; init; }

    /// <summary>Generator updates a step.</summary>
    public int GeneratorSteps { get; init; } = 1;

    /// <summary>Adam's learning rate at the start.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Adam's decay of the first moment.</summary>
    public required double Beta1 { get; init; }

    /// <summary>Adam's decay of the second moment.</summary>
    public required double Beta2 { get; init; }

    /// <summary>Whether Adam's steps are clipped (<see cref="Torch.Optimisers.AdamOptions.ClipUpdates"/>).</summary>
    public bool ClipUpdates { get; init; }

    /// <summary>Share of the run after which the learning rate falls, along a cosine, to <see cref="FinalRate"/> of itself; 1 for
    /// never.</summary>
    public double DecayFrom { get; init; } = 1;

    /// <summary>Learning rate at the end, as a share of <see cref="LearningRate"/>.</summary>
    public double FinalRate { get; init; } = 1;

    /// <summary>Weight of R1 and R2; 0 for none.</summary>
    public double Gamma { get; init; }

    /// <summary>Steps from one gradient penalty to the next.</summary>
    public int PenaltyEvery { get; init; } = 8;

    /// <summary>How often a run may go back to a snapshot and halve its learning rate before it stops.</summary>
    public int Setbacks { get; init; }

    /// <summary>How both sides are augmented.</summary>
    public AugmentPolicy Augment { get; init; } = AugmentPolicy.None;

    /// <summary>D's loss below which more pictures are augmented, and above which fewer are; null where all are, as in runs of earlier
    /// versions.</summary>
    public double? AugmentTarget { get; init; }

    /// <summary>Whether mirrored pictures are shown too.</summary>
    public bool Mirror { get; init; }

    /// <summary>Half-life of G's moving average, in thousands of pictures.</summary>
    public required double EmaKimg { get; init; }

    /// <summary>Class names for a conditional generator; empty for none.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Where classes come from, see <see cref="LabelSource"/>; null for folders.</summary>
    public string? Labels { get; init; }

    /// <summary>How many pictures of the pack each class has; null in runs of earlier versions, which show all pictures alike.</summary>
    public IReadOnlyList<int>? ClassCounts { get; init; }

    /// <summary>Tells a picture's class.</summary>
    [JsonIgnore]
    internal LabelSource LabelSource => LabelSource.Parse(Labels ?? "folder")!;

    /// <summary>The second stage, in which an upsampler learns to enlarge what G makes; null for none, as runs of earlier versions have
    /// it.</summary>
    public UpscalePlan? Upscale { get; init; }

    /// <summary>Edge of what G itself makes, in pixels.</summary>
    [JsonIgnore]
    public int SmallSize => Size / (Upscale?.Factor ?? 1);

    /// <summary>Share of the pack that training never sees.</summary>
    public double HeldOut { get; init; }

    /// <summary>Seconds between snapshots.</summary>
    public required double SnapshotSeconds { get; init; }

    /// <summary>Seconds between evaluations; 0 for none.</summary>
    public double EvaluateSeconds { get; init; }

    /// <summary>What was chosen and why, for the person.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>Opens the pack again that the run was started with: its rows decide which pictures are held out.</summary>
    /// <param name="folder">Where it lies now.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="UnusableInputException">It is gone, damaged, or holds other pictures now.</exception>
    public TrainingPack OpenPack(string folder, CancellationToken cancel = default)
    {
        var pack = TrainingPack.Open(folder, Channels == 1, cancel);
        if (pack.Size == Size && pack.Aspect == ShownAspect && (PackFingerprint is null || pack.Fingerprint == PackFingerprint
            || Workspace.Packs.PackFingerprint.OfVersion1(pack.Rows) == PackFingerprint))
            return pack;
        using (pack)
            throw new UnusableInputException(
                $"{folder} holds other pictures, or other crops of them ({pack.Count} of {pack.Size} pixels), than when this run was "
                    + "started, so which of them it has seen can't be told. Start a new run with: smirk train");
    }

    /// <summary>What the run was started with, as one SHA-256: equal for equal data and options, wherever they lie and however they are
    /// told of.</summary>
    /// <param name="packFingerprint">Put in the place of the plan's own, to compare with a run whose fingerprint was taken in another
    /// way.</param>
    public string Identity(string? packFingerprint = null)
    {
        var started = Started ?? (StartedFor is { } length ? this with { Kimg = length.Kimg, BudgetSeconds = length.BudgetSeconds } : this);
        var facts = started with
        {
            Pack = "",
            Roll = null, // says the pack
            Threads = null,
            PackFingerprint = packFingerprint ?? started.PackFingerprint,
            Started = null,
            StartedFor = null,
            ClassCounts = null,
            Choices = []
        };
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(facts.ToJson())));
    }

    /// <summary>Numbers of the classes that <paramref name="rows"/> of a pack belong to.</summary>
    /// <exception cref="UnusableInputException">A picture has a class that the run doesn't know.</exception>
    internal long[] ClassesOf(TrainingPack pack, IEnumerable<int> rows)
    {
        var numbers = Classes.Index().ToDictionary(c => c.Item, c => (long)c.Index);
        var labels = LabelSource;
        return [.. rows.Select(row => numbers.TryGetValue(labels.Of(pack.Rows[row]) ?? "", out var number)
            ? number
            : throw new UnusableInputException(
                $"{pack.Folder}: picture {row} is of the class {labels.Of(pack.Rows[row]) ?? "(none)"}; this run's classes are "
                    + $"{string.Join(", ", Classes)}. Start a new run with: smirk train"))];
    }

    /// <summary>One class a picture for <paramref name="count"/> of them, each class in turn; null without classes.</summary>
    public long[]? ClassesInTurn(int count) =>
        Classes.Count == 0 ? null : [.. Enumerable.Range(0, count).Select(i => (long)(i % Classes.Count))];

    /// <summary>The plan as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, RecipePlanJson.Default.RecipePlan);

    /// <summary>Reads a run's options.json.</summary>
    /// <exception cref="UnusableInputException">It is damaged.</exception>
    public static RecipePlan Read(string path)
    {
        try
        {
            return FromJson(File.ReadAllText(path));
        }
        catch (JsonException e)
        {
            throw new UnusableInputException(
                $"{path} is damaged: {e.Message.TrimEnd('.')}. Its snapshots can still be sampled and measured; to train on, start a new "
                    + "run with: smirk train");
        }
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">It is no plan.</exception>
    public static RecipePlan FromJson(string json) =>
        JsonSerializer.Deserialize(json, RecipePlanJson.Default.RecipePlan) ?? throw new JsonException("null instead of a plan");
}

/// <summary>options.json, without reflection.</summary>
[JsonSerializable(typeof(RecipePlan))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy =
    JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
internal sealed partial class RecipePlanJson : JsonSerializerContext;
