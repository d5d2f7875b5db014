using Smirk.Gan.Train.Planning;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Seeds;

namespace Smirk.Gan.Sample;

/// <summary>Latents for sampling: drawn, swept along one number, or walked between.</summary>
internal static class Latents
{
    /// <summary><paramref name="count"/> latents as the recipe draws them, [count, LatentSize], on the CPU. The first of more are the same
    /// as of fewer.</summary>
    public static Tensor Draw(RecipePlan plan, int count, ulong seed, double truncation)
    {
        using var scope = TensorScope.Open();
        var rows = new List<Tensor>(count);
        for (var i = 0; i < count; i++)
        {
            // A generator of its own for every latent, so that -n changes no picture but adds some.
            using var random = new Generator(Seed.Derive(seed, $"latent {i}"));
            rows.Add(plan.Recipe == "dcgan" ? Tensor.RandomUniform([1, plan.LatentSize], -1, 1, random)
                : Tensor.RandomNormal([1, plan.LatentSize], random));
        }

        return scope.Keep(Tensor.Cat(rows, 0) * truncation);
    }

    /// <summary>Each of <paramref name="latents"/> with its number <paramref name="dimension"/> set to <paramref name="steps"/> values from
    /// −<paramref name="reach"/> to <paramref name="reach"/>: [N · steps, LatentSize], latent by latent.</summary>
    public static Tensor Sweep(Tensor latents, int dimension, int steps, double reach)
    {
        var (count, size) = ((int)latents.Shape[0], (int)latents.Shape[1]);
        var from = latents.ToArray<float>();
        var to = new float[count * steps * size];
        for (var i = 0; i < count * steps; i++)
        {
            from.AsSpan(i / steps * size, size).CopyTo(to.AsSpan(i * size));
            to[i * size + dimension] = (float)(-reach + 2 * reach * (i % steps) / (steps - 1));
        }

        return Tensor.FromArray(to, count * steps, size);
    }

    /// <summary>A closed walk through <paramref name="latents"/>, <paramref name="frames"/> steps from each to the next and from the last
    /// back to the first.</summary>
    /// <param name="latents">[N, LatentSize].</param>
    /// <param name="frames">Steps between two.</param>
    /// <param name="onSphere">Walk along the sphere (normal latents: the straight way passes through lengths that training never saw) or
    /// straight (uniform ones).</param>
    public static Tensor Walk(Tensor latents, int frames, bool onSphere)
    {
        var (count, size) = ((int)latents.Shape[0], (int)latents.Shape[1]);
        var points = latents.ToArray<float>();
        var path = new float[count * frames * size];
        for (var i = 0; i < count * frames; i++)
        {
            var a = points.AsSpan(i / frames * size, size);
            var b = points.AsSpan((i / frames + 1) % count * size, size);
            Between(a, b, (double)(i % frames) / frames, onSphere).CopyTo(path.AsSpan(i * size));
        }

        return Tensor.FromArray(path, count * frames, size);
    }

    /// <summary>The latent that lies so far on the way from one to another.</summary>
    /// <param name="a">Where the way begins.</param>
    /// <param name="b">Where it ends.</param>
    /// <param name="way">0 to 1.</param>
    /// <param name="onSphere">As with <see cref="Walk"/>.</param>
    public static float[] Between(ReadOnlySpan<float> a, ReadOnlySpan<float> b, double way, bool onSphere)
    {
        var (weightA, weightB) = Weights(a, b, way, onSphere);
        var between = new float[a.Length];
        for (var d = 0; d < between.Length; d++)
            between[d] = (float)(weightA * a[d] + weightB * b[d]);
        return between;
    }

    /// <summary>An order that begins with the first latent and goes on with the nearest one that is left: numbers 0…N−1.</summary>
    /// <param name="latents">[N, LatentSize].</param>
    public static int[] NearestOrder(Tensor latents)
    {
        var (count, size) = ((int)latents.Shape[0], (int)latents.Shape[1]);
        var points = latents.ToArray<float>();
        var left = Enumerable.Range(1, count - 1).ToList();
        var order = new List<int>(count) { 0 };
        while (left.Count > 0)
        {
            var nearest = left.MinBy(i => Distance(order[^1], i));
            left.Remove(nearest);
            order.Add(nearest);
        }

        return [.. order];

        double Distance(int a, int b)
        {
            double sum = 0;
            for (var d = 0; d < size; d++)
                sum += Math.Pow(points[(a * size) + d] - points[(b * size) + d], 2);
            return sum;
        }
    }

    private static (double A, double B) Weights(ReadOnlySpan<float> a, ReadOnlySpan<float> b, double way, bool onSphere)
    {
        double dot = 0, lengthA = 0, lengthB = 0;
        for (var d = 0; d < a.Length; d++)
        {
            dot += a[d] * b[d];
            lengthA += a[d] * a[d];
            lengthB += b[d] * b[d];
        }

        var angle = Math.Acos(Math.Clamp(dot / Math.Sqrt(lengthA * lengthB), -1, 1));
        return !onSphere || angle < 1e-3 || double.IsNaN(angle)
            ? (1 - way, way)
            : (Math.Sin((1 - way) * angle) / Math.Sin(angle), Math.Sin(way * angle) / Math.Sin(angle));
    }
}
