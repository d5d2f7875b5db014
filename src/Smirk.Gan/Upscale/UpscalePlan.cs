using System.Text.Json.Serialization;

namespace Smirk.Gan.Upscale;

/// <summary>How a run's second stage learns: an upsampler that turns the generator's pictures into ones <see cref="Factor"/> times as
/// large. Part of a run's plan.</summary>
public sealed record UpscalePlan
{
    /// <summary>Crops that are learnt from in the time that the first stage takes for a picture.</summary>
    internal const double CropsAPicture = 0.33;

    /// <summary>How many times larger along each axis: 2, 4 or 8.</summary>
    public required int Factor { get; init; }

    /// <summary>Share of the run, at its end, that the upsampler gets (0…1).</summary>
    public required double Share { get; init; }

    /// <summary>Channels at the generator's size.</summary>
    public int Width { get; init; } = 48;

    /// <summary>Residual blocks of two convolutions at the generator's size.</summary>
    public int Blocks { get; init; } = 3;

    /// <summary>Edge of the crops that it learns from, in pixels of the generator's size.</summary>
    public int Crop { get; init; } = 32;

    /// <summary>Crops a step.</summary>
    public int Batch { get; init; } = 12;

    /// <summary>Learning rate of the upsampler at the start of the stage.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Learning rate of its discriminator.</summary>
    public double DiscriminatorRate { get; init; } = 5e-4;

    /// <summary>Adam's decay of the first moment, of both.</summary>
    public double Beta1 { get; init; } = 0.5;

    /// <summary>Adam's decay of the second moment, of both.</summary>
    public double Beta2 { get; init; } = 0.99;

    /// <summary>Weight of the adversarial loss beside the mean absolute error.</summary>
    public double Adversarial { get; init; } = 0.1;

    /// <summary>Share of the stage after which the adversarial loss counts.</summary>
    public double AdversarialFrom { get; init; } = 0.2;

    /// <summary>Weight of R1.</summary>
    public double Gamma { get; init; } = 0.002;

    /// <summary>Steps from one gradient penalty to the next.</summary>
    public int PenaltyEvery { get; init; } = 8;

    /// <summary>Channels of the patch discriminator, from half of the crop's edge downwards.</summary>
    public IReadOnlyList<int> DiscriminatorWidths { get; init; } = [32, 64, 128];

    /// <summary>Largest deviation of the noise on the inputs, in −1…1.</summary>
    public double Noise { get; init; } = 0.12;

    /// <summary>Share of generated pictures among the inputs of the adversarial loss.</summary>
    public double Generated { get; init; }

    /// <summary>Generated pictures a step.</summary>
    [JsonIgnore]
    public int GeneratedCount => (int)Math.Round(Generated * Batch);

    /// <summary>Weight of the absolute difference between a generated picture and its enlargement shrunk again.</summary>
    public double Consistency { get; init; } = 1;

    /// <summary>Half-life of the upsampler's moving average, in thousands of crops.</summary>
    public double EmaKimg { get; init; } = 0.8;

    /// <summary>The usual share: a third of the time.</summary>
    /// <param name="byTime">Whether the run is bounded by time; otherwise by pictures.</param>
    public static double ShareOf(bool byTime) => byTime ? 0.35 : 0.15;

    /// <summary>The share that gives the stage as long a time, when a run that was bounded by time or by pictures is to be bounded by the
    /// other.</summary>
    /// <param name="fromTime">Whether the run is bounded by time.</param>
    /// <param name="toTime">Whether it is to be.</param>
    public UpscalePlan InUnitOf(bool fromTime, bool toTime)
    {
        // A share s of the time is, at k crops in the time of a picture, s·k of s·k + (1 − s) pictures and crops.
        var crops = fromTime == toTime ? 1 : toTime ? 1 / CropsAPicture : CropsAPicture;
        return this with { Share = Share * crops / (Share * crops + 1 - Share) };
    }
}
