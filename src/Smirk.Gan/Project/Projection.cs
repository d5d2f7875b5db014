using Smirk.Gan.Sample;

namespace Smirk.Gan.Project;

/// <summary>What came of projecting a picture. Distances are 0 for the same picture and 1 for two pictures of the pack, on
/// average.</summary>
/// <param name="Code">The latent, with a style for each level.</param>
/// <param name="Rgb">The picture that it makes, interleaved RGB of the run's size.</param>
/// <param name="Distance">From the picture that was asked for.</param>
/// <param name="NearestSample">How near the nearest of the samples came with which the search began.</param>
/// <param name="Samples">How many these were.</param>
/// <param name="Comparison">How near held-out pictures come; null where that wasn't asked or none were held out.</param>
public sealed record Projection(
    LatentCode Code, byte[] Rgb, double Distance, double NearestSample, int Samples, ProjectionComparison? Comparison);

/// <summary>A projection beside those of pictures that the run held out.</summary>
/// <param name="NearerThan">Share of them that came less near, 0…1: how well the generator can make such a picture.</param>
/// <param name="HeldOut">How many were projected.</param>
/// <param name="Median">How near the middle one of them came.</param>
public sealed record ProjectionComparison(double NearerThan, int HeldOut, double Median);

/// <summary>A projection on its way.</summary>
/// <param name="Step">Steps done, from 0.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Distance">How near it has come.</param>
/// <param name="Rgb">What it looks like, interleaved RGB of the run's size.</param>
public sealed record ProjectionStep(int Step, int Steps, double Distance, byte[] Rgb);
