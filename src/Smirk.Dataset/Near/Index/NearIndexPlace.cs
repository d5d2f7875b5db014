namespace Smirk.Dataset.Near.Index;

/// <summary>Where a near index is kept.</summary>
/// <param name="Path">Its file; made where it isn't there.</param>
/// <param name="IsOurs">Whether nobody else would put a file there: what is damaged beyond knowing is replaced.</param>
public sealed record NearIndexPlace(string Path, bool IsOurs);
