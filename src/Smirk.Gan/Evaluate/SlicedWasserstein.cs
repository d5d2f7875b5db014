using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Seeds;

namespace Smirk.Gan.Evaluate;

/// <summary>Sliced Wasserstein distance of 7×7 patches at each level of a Laplacian pyramid (Karras et al. 2018, appendix on SWD). Times
/// 1000, as there; 0 is equal, smaller is better.</summary>
public static class SlicedWasserstein
{
    private const int Patch = 7;
    private const int PatchesPerPicture = 64;
    private const int Projections = 256;

    // Below this a level holds little more than one patch.
    private const int SmallestLevel = 16;

    /// <summary>The distance at each level, full size first.</summary>
    /// <param name="real">uint8 [N, C, S, S].</param>
    /// <param name="fake">uint8 [M, C, S, S]; as many pictures are used as the smaller set has.</param>
    /// <param name="seed">Chooses patches and projections.</param>
    public static IReadOnlyList<double> Of(Tensor real, Tensor fake, ulong seed = 0)
    {
        using var scope = TensorScope.Open();
        var count = Math.Min(real.Shape[0], fake.Shape[0]);
        var distances = new List<double>();
        var (a, b) = (Prepare(real, count), Prepare(fake, count));
        for (var level = 0; ; level++)
        {
            using var inner = TensorScope.Open();
            var last = a.Shape[2] / 2 < SmallestLevel;
            var (smallA, smallB) = (a.AvgPool2d(2), b.AvgPool2d(2));
            var random = new Random((int)Seed.Derive(seed, $"swd {level}"));
            distances.Add(Distance(last ? a : a - smallA.Interpolate(a.Shape[2], a.Shape[3], Interpolation.Bilinear), last ? b : b
                - smallB.Interpolate(b.Shape[2], b.Shape[3], Interpolation.Bilinear), random));
            if (last)
                return distances;
            (a, b) = (inner.Keep(smallA), inner.Keep(smallB));
        }
    }

    private static Tensor Prepare(Tensor pictures, long count) => pictures.Narrow(0, 0, count).To(DType.Float32) / 127.5 - 1;

    private static double Distance(Tensor a, Tensor b, Random random)
    {
        var channels = (int)a.Shape[1];
        var places = Places((int)a.Shape[0], (int)a.Shape[2], random);
        var directions = Directions(channels * Patch * Patch, random);
        var (projectedA, projectedB) = (Project(a, places, directions), Project(b, places, directions));
        return (projectedA - projectedB).Abs().Mean().ToDouble() * 1000;
    }

    private static (int Picture, int X, int Y)[] Places(int pictures, int size, Random random) =>
        [.. Enumerable.Range(0, pictures * PatchesPerPicture)
            .Select(i => (i / PatchesPerPicture, random.Next(size - Patch + 1), random.Next(size - Patch + 1)))];

    private static Tensor Directions(int dimensions, Random random)
    {
        var values = new float[dimensions * Projections];
        Gaussian.Fill(values, random);
        var directions = Tensor.FromArray(values, dimensions, Projections);
        return directions / directions.Square().Sum([0], keep: true).Sqrt();
    }

    // Patches → normalised a channel → projected → sorted: [patches, projections].
    private static Tensor Project(Tensor pictures, (int Picture, int X, int Y)[] places, Tensor directions)
    {
        var (channels, size) = ((int)pictures.Shape[1], (int)pictures.Shape[2]);
        var pixels = pictures.ToArray<float>();
        var patches = new float[places.Length * channels * Patch * Patch];
        var at = 0;
        foreach (var (picture, x, y) in places)
        {
            for (var c = 0; c < channels; c++)
            {
                for (var row = 0; row < Patch; row++)
                {
                    pixels.AsSpan(((picture * channels + c) * size + y + row) * size + x, Patch).CopyTo(patches.AsSpan(at));
                    at += Patch;
                }
            }
        }

        var table = Tensor.FromArray(patches, places.Length, channels, Patch * Patch);
        var centred = table - table.Mean([0, 2], keep: true);
        var normal = centred / (centred.Square().Mean([0, 2], keep: true).Sqrt() + 1e-8);
        return normal.Reshape(places.Length, channels * Patch * Patch).MatMul(directions).Sort(0).Values;
    }
}
