namespace Smirk.Gan.Evaluate;

/// <summary>How to measure.</summary>
public sealed record EvaluateOptions
{
    /// <summary>Pictures to make with a generator.</summary>
    public int Count { get; init; } = 2000;

    /// <summary>Which ones.</summary>
    public ulong Seed { get; init; }

    /// <summary>Averaged weights; the raw ones otherwise.</summary>
    public bool Average { get; init; } = true;

    /// <summary>"auto", "cpu", "cuda"…</summary>
    public string Device { get; init; } = "auto";

    /// <summary>A TorchScript network to take FID and KID on; null for none.</summary>
    public string? InceptionPath { get; init; }
}
