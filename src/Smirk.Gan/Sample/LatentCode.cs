namespace Smirk.Gan.Sample;

/// <summary>What one picture is made of: a latent, and what stands in its place at each level of G.</summary>
/// <param name="Z">The latent: numbers from N(0, 1), or from −1 to 1 for the recipe dcgan.</param>
/// <param name="Styles">What weighs the channels of each level, as many numbers as <paramref name="Z"/> each; null for the latent
/// itself.</param>
/// <param name="Class">Number of the class, from 0; null for none, or for the generator's in turn.</param>
public sealed record LatentCode(float[] Z, float[][]? Styles = null, int? Class = null);
