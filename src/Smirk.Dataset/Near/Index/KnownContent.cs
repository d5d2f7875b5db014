using Smirk.Dataset.Near.Prepare;

namespace Smirk.Dataset.Near.Index;

/// <summary>A content that the index knows.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Pixels">The row of its pixels.</param>
/// <param name="Sha256">Its SHA-256.</param>
/// <param name="Descriptor">What its picture is known by; without keypoints until they are needed.</param>
internal sealed record KnownContent(long Id, long Pixels, string Sha256, NearDescriptor Descriptor);
