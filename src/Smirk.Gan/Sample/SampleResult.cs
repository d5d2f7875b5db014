namespace Smirk.Gan.Sample;

/// <summary>What was made.</summary>
/// <param name="Snapshot">The snapshot that made it.</param>
/// <param name="Kimg">How long that had trained.</param>
/// <param name="Files">Everything written.</param>
/// <param name="Picked">What was picked, and what that cost; null where all pictures were kept.</param>
public sealed record SampleResult(string Snapshot, double Kimg, IReadOnlyList<string> Files, Pick? Picked = null);
