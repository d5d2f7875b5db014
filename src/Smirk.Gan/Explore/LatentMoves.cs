using Smirk.Gan.Sample;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Seeds;

namespace Smirk.Gan.Explore;

/// <summary>Which part of a picture a variation concerns, as on the shared page.</summary>
public enum VariedPart
{
    /// <summary>The latent: pose and shape.</summary>
    Shape,

    /// <summary>The styles of the early levels.</summary>
    Details,

    /// <summary>The styles of the late levels.</summary>
    Colour,

    /// <summary>Latent and styles.</summary>
    All,
}

/// <summary>What can be done to latents: the shared page's moves (web/page/latent.js), here for a generator that runs in this
/// process.</summary>
/// <param name="IsUniform">Latents are drawn from −1 to 1 instead of N(0, 1): ways are straight instead of along the sphere.</param>
/// <param name="Levels">Levels with a style of their own; 0 for none.</param>
public sealed record LatentMoves(bool IsUniform, int Levels)
{
    /// <summary>A picture row by row from others: its latent from one, the style of each level from another.</summary>
    /// <param name="codes">What to mix.</param>
    /// <param name="rows">For the latent, then for each level, which of <paramref name="codes"/> it comes from.</param>
    /// <exception cref="ArgumentException">Not 1 + <see cref="Levels"/> rows.</exception>
    public LatentCode Mix(IReadOnlyList<LatentCode> codes, IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count != 1 + Levels)
            throw new ArgumentException($"{rows.Count} rows; expected {1 + Levels}: the latent's, and one a level.", nameof(rows));
        return codes[rows[0]] with
        {
            Styles = Levels == 0 ? null : [.. rows.Skip(1).Select((code, level) => codes[code].Styles?[level] ?? codes[code].Z)],
        };
    }

    /// <summary>A picture like another.</summary>
    /// <param name="code">The other.</param>
    /// <param name="part">What may change.</param>
    /// <param name="strength">How much: 0 nothing, 1 all.</param>
    /// <param name="seed">Which of the pictures like it.</param>
    public LatentCode Vary(LatentCode code, VariedPart part, double strength, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(code);
        using var scope = TensorScope.Open();
        using var random = new Generator(Seed.Derive(seed, "variation"));
        long[] shape = [code.Z.Length];
        var noise = (IsUniform ? Tensor.RandomUniform(shape, -1, 1, random) : Tensor.RandomNormal(shape, random)).ToArray<float>();
        var late = Levels - (Levels / 2);
        return code with
        {
            Z = part is VariedPart.All or VariedPart.Shape ? Towards(code.Z, noise, strength) : code.Z,
            Styles = Levels == 0 || (part == VariedPart.All && code.Styles is null) ? code.Styles
                : [.. Enumerable.Range(0, Levels).Select(level => Style(code.Styles?[level] ?? code.Z, level))],
        };

        float[] Style(float[] style, int level) =>
            part == VariedPart.All || part == (level >= late ? VariedPart.Colour : VariedPart.Details) ? Towards(style, noise, strength)
                : style;
    }

    /// <summary>A picture moved along a direction, latent and styles alike.</summary>
    /// <param name="code">The picture.</param>
    /// <param name="direction">As many numbers as a latent has, of length 1.</param>
    /// <param name="by">How far, in standard deviations.</param>
    /// <exception cref="ArgumentException">The direction has another number of numbers.</exception>
    public static LatentCode Along(LatentCode code, IReadOnlyList<float> direction, double by)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(direction);
        if (direction.Count != code.Z.Length)
            throw new ArgumentException($"{direction.Count} numbers; the latent has {code.Z.Length}.", nameof(direction));
        return code with { Z = Moved(code.Z), Styles = code.Styles?.Select(Moved).ToArray() };

        float[] Moved(float[] row) => [.. row.Zip(direction, (x, d) => (float)(x + (by * d)))];
    }

    /// <summary>How far a picture lies along a direction, in standard deviations.</summary>
    /// <param name="code">The picture.</param>
    /// <param name="direction">As many numbers as a latent has, of length 1.</param>
    public static double Place(LatentCode code, IReadOnlyList<float> direction)
    {
        ArgumentNullException.ThrowIfNull(code);
        return code.Z.Zip(direction, (x, d) => (double)x * d).Sum();
    }

    /// <summary>A picture on the way from one to another.</summary>
    /// <param name="a">Where the way begins.</param>
    /// <param name="b">Where it ends.</param>
    /// <param name="way">0 to 1.</param>
    public LatentCode Between(LatentCode a, LatentCode b, double way)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return new LatentCode(
            Latents.Between(a.Z, b.Z, way, !IsUniform),
            a.Styles is null && b.Styles is null ? null
                : [.. Enumerable.Range(0, Levels).Select(level =>
                    Latents.Between(a.Styles?[level] ?? a.Z, b.Styles?[level] ?? b.Z, way, !IsUniform))],
            way < 0.5 ? a.Class : b.Class);
    }

    // Along the sphere that latents lie on, at the row's own distance from the middle; along a line where latents are uniform.
    private float[] Towards(float[] row, float[] noise, double strength)
    {
        var angle = strength * Math.PI / 2;
        var own = Length(row) / Length(noise);
        var (keep, add) = IsUniform ? (1 - strength, strength) : (Math.Cos(angle), Math.Sin(angle) * (own > 0 ? own : 1));
        return [.. row.Zip(noise, (x, n) => (float)((keep * x) + (add * n)))];
    }

    private static double Length(float[] row) => Math.Sqrt(row.Sum(x => (double)x * x));
}
