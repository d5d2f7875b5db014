using Smirk.Files.Posix;

namespace Smirk.Files.Exact;

/// <summary>A path that could not be looked at, or was left alone.</summary>
/// <param name="Path">Which one.</param>
/// <param name="Reason">Why, in words for a person.</param>
public sealed record RefusedPath(RawPath Path, string Reason)
{
    /// <summary>It was left alone because the person said so: nothing is wrong.</summary>
    public bool AsAsked { get; init; }
}
