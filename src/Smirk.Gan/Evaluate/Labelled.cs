using Smirk.Gan.Data;

namespace Smirk.Gan.Evaluate;

/// <summary>Pictures with a class each.</summary>
/// <param name="Pictures">The pictures.</param>
/// <param name="Classes">One number a picture, from 0.</param>
public sealed record Labelled(PictureRows Pictures, IReadOnlyList<long> Classes);
