namespace Smirk.Share;

/// <summary>What was written.</summary>
/// <param name="Snapshot">The snapshot that was exported.</param>
/// <param name="Kimg">How far it was trained.</param>
/// <param name="Files">The files, each with its bytes.</param>
public sealed record ShareResult(string Snapshot, double Kimg, IReadOnlyList<SharedFile> Files);

/// <summary>One file.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Bytes">Its length.</param>
public sealed record SharedFile(string Path, long Bytes);
