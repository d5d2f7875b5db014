namespace Smirk.Gan.Sample;

/// <summary>What was made.</summary>
/// <param name="Snapshot">The snapshot that made it.</param>
/// <param name="Kimg">How long that had trained.</param>
/// <param name="Files">Everything written.</param>
public sealed record SampleResult(string Snapshot, double Kimg, IReadOnlyList<string> Files);
