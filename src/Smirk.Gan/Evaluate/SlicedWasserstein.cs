using Smirk.Gan.Data;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Seeds;
using Smirk.Workspace.Stages;

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
    /// <param name="steps">Told of each level; null for nobody.</param>
    public static IReadOnlyList<double> Of(Tensor real, Tensor fake, ulong seed = 0, StageSteps? steps = null)
    {
        var count = Math.Min(real.Shape[0], fake.Shape[0]);
        var distances = new List<double>();
        for (var level = 0; ; level++)
        {
            using var scope = TensorScope.Open();
            var edge = (int)real.Shape[2] >> level;
            var last = edge / 2 < SmallestLevel;
            var random = new Random((int)Seed.Derive(seed, $"swd {level}"));
            var places = Places((int)count, edge, random);
            var directions = Directions((int)real.Shape[1] * Patch * Patch, random);
            steps?.Next($"comparing patches at {edge} pixels");
            var a = Project(real, level, last, places, directions);
            steps?.Next($"comparing patches at {edge} pixels");
            var b = Project(fake, level, last, places, directions);
            distances.Add((a - b).Abs().Mean().ToDouble() * 1000);
            if (last)
                return distances;
        }
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

    // One level of the pyramid: what the next has not, or all of the last.
    private static float[] Level(Tensor pictures, int level, bool last)
    {
        using var scope = TensorScope.Open();
        var x = pictures.To(DType.Float32) / 127.5 - 1;
        if (level > 0)
            x = x.AvgPool2d(1 << level);
        return (last ? x : x - x.AvgPool2d(2).Interpolate(x.Shape[2], x.Shape[3], Interpolation.Bilinear)).ToArray<float>();
    }

    // Patches → normalised a channel → projected → sorted: [patches, projections].
    private static Tensor Project(Tensor pictures, int level, bool last, (int Picture, int X, int Y)[] places, Tensor directions)
    {
        var (channels, size) = ((int)pictures.Shape[1], (int)pictures.Shape[2] >> level);
        var patches = new float[places.Length * channels * Patch * Patch];
        var at = 0;
        foreach (var some in places.Chunk(new PictureRows(pictures).AtATime * PatchesPerPicture))
        {
            var first = some[0].Picture;
            var pixels = Level(pictures.Narrow(0, first, some[^1].Picture - first + 1), level, last);
            foreach (var (picture, x, y) in some)
            {
                for (var c = 0; c < channels; c++)
                {
                    for (var row = 0; row < Patch; row++)
                    {
                        pixels.AsSpan((((picture - first) * channels + c) * size + y + row) * size + x, Patch).CopyTo(patches.AsSpan(at));
                        at += Patch;
                    }
                }
            }
        }

        var table = Tensor.FromArray(patches, places.Length, channels, Patch * Patch);
        var centred = table - table.Mean([0, 2], keep: true);
        var normal = centred / (centred.Square().Mean([0, 2], keep: true).Sqrt() + 1e-8);
        return normal.Reshape(places.Length, channels * Patch * Patch).MatMul(directions).Sort(0).Values;
    }
}
