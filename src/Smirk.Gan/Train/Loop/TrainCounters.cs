using System.Text.Json.Serialization;

namespace Smirk.Gan.Train.Loop;

/// <summary>How far a run is; part of every snapshot.</summary>
public sealed record TrainCounters
{
    /// <summary>Steps done.</summary>
    public long Step { get; init; }

    /// <summary>Updates of G: as many as steps, or a multiple.</summary>
    public long GeneratorSteps { get; init; }

    /// <summary>Real pictures shown.</summary>
    public long Seen { get; init; }

    /// <summary>Seconds trained, over all stretches of the run.</summary>
    public double Seconds { get; init; }

    /// <summary>What the learning rate is multiplied with, after rollbacks.</summary>
    public double RateFactor { get; init; } = 1;

    /// <summary>How often training rolled back to a snapshot.</summary>
    public int Setbacks { get; init; }

    /// <summary>How often the run was taken back because G had collapsed.</summary>
    public int Firmness { get; init; }

    /// <summary>Thousands of pictures shown.</summary>
    [JsonIgnore]
    public double Kimg => Seen / 1000.0;
}

/// <summary>The counters as a snapshot keeps them, without reflection.</summary>
[JsonSerializable(typeof(TrainCounters))]
internal sealed partial class TrainCountersJson : JsonSerializerContext;
