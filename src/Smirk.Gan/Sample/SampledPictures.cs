namespace Smirk.Gan.Sample;

/// <summary>Sampled pictures as the generator makes them, square, for who makes something else of them than picture files.</summary>
/// <param name="Planes">[N, channels, size, size], 0…255.</param>
/// <param name="Channels">1 (grey) or 3 (RGB).</param>
/// <param name="Size">Edge in pixels.</param>
/// <param name="Name">What files of them are called after: their seed, such as "seed0", or "latents" for given ones.</param>
/// <param name="Numbers">Each picture's number among all of its seed or file; of a walk, its steps.</param>
/// <param name="NearestOrder">Places 0…N−1 in an order in which each picture's latent is the nearest to the one before of all that are
/// left.</param>
/// <param name="IsWalk">Whether they are the steps of a walk between latents.</param>
/// <param name="PackFolder">Where the pack lies that the generator learnt from, if it is still there.</param>
public sealed record SampledPictures(
    byte[] Planes, int Channels, int Size, string Name, IReadOnlyList<int> Numbers, IReadOnlyList<int> NearestOrder, bool IsWalk,
    string PackFolder);
