using Smirk.Files.Posix;

namespace Smirk.Files.Strip.Files;

/// <summary>A file that is to be stripped.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Below">Its path below the folder that the person named; its name where the person named the file itself.</param>
/// <param name="Refusal">Why it isn't even opened; null for a file that is.</param>
internal sealed record StripSource(RawPath Path, RawPath Below, string? Refusal = null);
