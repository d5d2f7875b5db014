namespace Smirk.Gan.Evaluate;

/// <summary>What to measure, and how.</summary>
public sealed record EvaluateOptions
{
    /// <summary>The snapshot to make pictures with; null where <see cref="Pictures"/> are there already.</summary>
    public string? Snapshot { get; init; }

    /// <summary>A folder of generated pictures, or of a pack of them, instead of a snapshot.</summary>
    public string? Pictures { get; init; }

    /// <summary>A folder of real pictures that weren't trained on, or of a pack of them; null for those that the snapshot's run held out.</summary>
    public string? Real { get; init; }

    /// <summary>Size to compare folders of pictures at, in pixels.</summary>
    public int Size { get; init; } = 64;

    /// <summary>Pictures to make with a snapshot.</summary>
    public int Count { get; init; } = 2000;

    /// <summary>Which ones.</summary>
    public ulong Seed { get; init; }

    /// <summary>Averaged weights; the raw ones otherwise.</summary>
    public bool Average { get; init; } = true;

    /// <summary>"auto", "cpu", "cuda"…</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Train a classifier on so many samples and test it on real pictures (<see cref="TrainedOnSamples"/>), for generators with classes; 0 for none.</summary>
    public int TrainOnSamples { get; init; }

    /// <summary>A TorchScript network to take FID and KID on; null for none.</summary>
    public string? InceptionPath { get; init; }
}
