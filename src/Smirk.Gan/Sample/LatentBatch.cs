using Smirk.Gan.Networks;
using Smirk.Gan.Train.Planning;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Sample;

/// <summary>What some pictures are made of, as tensors on the CPU.</summary>
/// <param name="Z">[N, LatentSize].</param>
/// <param name="Styles">[N, levels, LatentSize]; null where every level takes the latent itself.</param>
/// <param name="Classes">One a picture; null without classes.</param>
internal sealed record LatentBatch(Tensor Z, Tensor? Styles, long[]? Classes)
{
    /// <summary>Number of pictures.</summary>
    public int Count => (int)Z.Shape[0];

    /// <summary>The tensors of <paramref name="codes"/>, checked against the generator that shall take them.</summary>
    /// <param name="codes">At least one.</param>
    /// <param name="plan">The run's plan.</param>
    /// <param name="levels">Levels of the generator.</param>
    /// <param name="from">Where they come from, for the message.</param>
    /// <exception cref="UnusableInputException">They are another generator's.</exception>
    public static LatentBatch Of(IReadOnlyList<LatentCode> codes, RecipePlan plan, int levels, string from)
    {
        var size = plan.LatentSize;
        foreach (var (z, styles, number) in codes)
        {
            if (z.Length != size)
                throw new UnusableInputException($"{from}: its latents have {z.Length} numbers; those of this generator have {size}. They "
                    + "were made for another one.");
            if (styles is not null && (styles.Length != levels || styles.Any(style => style.Length != size)))
                throw new UnusableInputException($"{from}: its latents have styles for {styles.Length} levels; this generator has "
                    + $"{levels}. They were made for another one.");
            if (number is { } c && (c < 0 || c >= plan.Classes.Count))
                throw new UnusableInputException($"{from}: a latent is of class {c}; this generator has {plan.Classes.Count} "
                    + $"class{(plan.Classes.Count == 1 ? "" : "es")}, numbered from 0. They were made for another one.");
        }

        var styled = codes.Any(code => code.Styles is not null);
        return new LatentBatch(
            Tensor.FromArray([.. codes.SelectMany(code => code.Z)], codes.Count, size),
            styled ? Tensor.FromArray([.. codes.SelectMany(code => (code.Styles ?? Enumerable.Repeat(code.Z, levels)).SelectMany(s => s))],
                codes.Count, levels, size) : null,
            plan.ClassesInTurn(codes.Count) is { } inTurn ? [.. codes.Zip(inTurn, (code, usual) => code.Class ?? usual)] : null);
    }

    /// <summary>The same as plain numbers.</summary>
    public IReadOnlyList<LatentCode> ToCodes()
    {
        using var scope = TensorScope.Open();
        var size = (int)Z.Shape[1];
        var z = Z.Contiguous().ToArray<float>().Chunk(size).ToArray();
        var levels = (int)(Styles?.Shape[1] ?? 0);
        var styles = Styles?.Contiguous().ToArray<float>().Chunk(size).Chunk(levels).ToArray();
        return [.. z.Select((row, i) => new LatentCode(row, styles?[i], Classes is null ? null : (int)Classes[i]))];
    }

    /// <summary>Pictures <paramref name="from"/> and the <paramref name="count"/> − 1 after it.</summary>
    public LatentBatch Narrow(int from, int count) =>
        new(Z.Narrow(0, from, count), Styles?.Narrow(0, from, count), Classes?[from..(from + count)]);

    /// <summary>The pictures of these numbers.</summary>
    public LatentBatch Pick(IReadOnlyList<int> numbers)
    {
        var rows = Tensor.FromArray([.. numbers.Select(number => (long)number)]);
        return new LatentBatch(
            Z.IndexSelect(0, rows), Styles?.IndexSelect(0, rows), Classes is null ? null : [.. numbers.Select(number => Classes[number])]);
    }

    /// <summary>All latents and styles nearer to the middle, or further from it.</summary>
    public LatentBatch Times(double truncation) =>
        truncation == 1 ? this : this with { Z = Z * truncation, Styles = Styles is null ? null : Styles * truncation };

    /// <summary>Each of them with one number of its latent, and of all its styles, swept (<see cref="Latents.Sweep"/>).</summary>
    public LatentBatch Sweep(int dimension, int steps, double reach)
    {
        var classes = Classes?.SelectMany(c => Enumerable.Repeat(c, steps)).ToArray();
        return Map(rows => Latents.Sweep(rows, dimension, steps, reach)) with { Classes = classes };
    }

    /// <summary>A closed walk through them, latents and the styles of each level alike (<see cref="Latents.Walk"/>), all of the first one's
    /// class.</summary>
    public LatentBatch Walk(int frames, bool onSphere)
    {
        var walk = Map(rows => Latents.Walk(rows, frames, onSphere));
        return walk with { Classes = Classes is null ? null : [.. Enumerable.Repeat(Classes[0], walk.Count)] };
    }

    /// <summary>See <see cref="Latents.NearestOrder"/>.</summary>
    public int[] NearestOrder() => Latents.NearestOrder(Styles is null ? Z : Tensor.Cat([Z, Styles.Reshape(Count, -1)], 1));

    /// <summary>The pictures, uint8 [N, C, S, S] on the CPU.</summary>
    public Tensor Pictures(GeneratorNetwork generator, Device device, StageSteps? steps = null) =>
        Sampler.Pictures(generator, Z.To(device), Classes, steps, Styles?.To(device));

    // What is done to latents is done to the styles of each level.
    private LatentBatch Map(Func<Tensor, Tensor> change) => new(
        change(Z),
        Styles is null ? null
            : Tensor.Stack([.. Enumerable.Range(0, (int)Styles.Shape[1]).Select(level => change(Styles.Select(1, level).Contiguous()))], 1),
        null);
}
