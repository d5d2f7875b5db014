using System.Text.Json.Serialization;

namespace Smirk.Gan.Train.Loop;

/// <summary>How far a run is; part of every snapshot.</summary>
public sealed record TrainCounters
{
    /// <summary>Steps done.</summary>
    public long Step { get; init; }

    /// <summary>Updates of G: as many as steps, or a multiple.</summary>
    public long GeneratorSteps { get; init; }

    /// <summary>Real pictures shown, the second stage's crops among them.</summary>
    public long Seen { get; init; }

    /// <summary>Seconds trained, over all stretches of the run.</summary>
    public double Seconds { get; init; }

    /// <summary>Steps of the second stage among <see cref="Step"/>.</summary>
    public long UpscaleSteps { get; init; }

    /// <summary>Updates of the second stage's discriminator, which begins later than its upsampler.</summary>
    public long PatchSteps { get; init; }

    /// <summary>Crops shown to the second stage, among <see cref="Seen"/>.</summary>
    public long UpscaleSeen { get; init; }

    /// <summary>Seconds that the second stage took, among <see cref="Seconds"/>.</summary>
    public double UpscaleSeconds { get; init; }

    /// <summary>What the learning rate is multiplied with, after rollbacks.</summary>
    public double RateFactor { get; init; } = 1;

    /// <summary>How often training rolled back to a snapshot.</summary>
    public int Setbacks { get; init; }

    /// <summary>How often the run was taken back because G had collapsed.</summary>
    public int Firmness { get; init; }

    /// <summary>Share of the pictures that are augmented, 0…1.</summary>
    public double AugmentShare { get; init; } = 1;

    /// <summary>D's loss, smoothed, where that steers <see cref="AugmentShare"/>; null before it was read.</summary>
    public double? SmoothLoss { get; init; }

    /// <summary>The counters at another time.</summary>
    /// <param name="seconds">Seconds trained, over all stretches.</param>
    /// <param name="isSecond">Whether the second stage took what is new of them.</param>
    public TrainCounters At(double seconds, bool isSecond) => this with
    {
        Seconds = seconds,
        UpscaleSeconds = UpscaleSeconds + (isSecond ? seconds - Seconds : 0),
    };

    /// <summary>Thousands of pictures shown.</summary>
    [JsonIgnore]
    public double Kimg => Seen / 1000.0;
}

/// <summary>The counters as a snapshot keeps them, without reflection.</summary>
[JsonSerializable(typeof(TrainCounters))]
internal sealed partial class TrainCountersJson : JsonSerializerContext;
