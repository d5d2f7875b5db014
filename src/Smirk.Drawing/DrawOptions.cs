using Smirk.Workspace.Errors;

namespace Smirk.Drawing;

/// <summary>What pile is to be drawn. The same options give the same files.</summary>
public sealed record DrawOptions
{
    /// <summary>What is drawn. Anything but faces is a plain folder of PNGs of exactly <see cref="Size"/> pixels, without copies and broken
    /// files: to see what a generator learns from such pictures.</summary>
    public DrawStyle Style { get; init; }

    /// <summary>Different pictures, 2 to 1,000,000. Copies and broken files come on top: about one for five faces.</summary>
    public int Count { get; init; } = 1200;

    /// <summary>Where all randomness comes from.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The usual side in pixels, 32 to 1024; single faces have 0.9 to 1.5 times that.</summary>
    public int Size { get; init; } = 128;

    /// <summary>Sets of 3 pictures that are one scene but for a mouth, eyes, brows, or the colour of hair or eyes, 0 to 10,000: none is a duplicate of another.
    /// Each picture comes twice, the second time compressed again.</summary>
    public int Variants { get; init; }

    /// <summary>Refuses what can't be drawn.</summary>
    /// <exception cref="UsageException">A number is out of its range.</exception>
    public void Check()
    {
        if (Count is < 2 or > 1_000_000)
            throw new UsageException($"{Count} pictures can't be drawn; a pile has 2 to 1000000.");
        if (Style != DrawStyle.Faces && Variants > 0)
            throw new UsageException($"Variants are of faces, not of {Style.ToString().ToLowerInvariant()}.");
        if (Variants is < 0 or > 10_000)
            throw new UsageException($"{Variants} variant sets can't be drawn; a pile has 0 to 10000.");
        if (Size is < 32 or > 1024)
            throw new UsageException($"Pictures of {Size} pixels can't be drawn; sizes go from 32 to 1024.");
    }
}
