using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;

namespace Smirk.Dataset.Pack;

/// <summary>How a picture gets the pack's shape.</summary>
public enum PackFit
{
    /// <summary>The part of that shape in its middle is taken; what is left and right, or above and below, goes.</summary>
    Crop,

    /// <summary>All of it stays; the rest mirrors its edges.</summary>
    Pad,
}

/// <summary>What the training set is to be like.</summary>
public sealed record PackOptions
{
    /// <summary>Sizes that a pack can have, in pixels: generators double their size layer by layer.</summary>
    public static readonly IReadOnlyList<int> Sizes = [32, 64, 128, 256, 512, 1024];

    /// <summary>Edge in pixels; one of <see cref="Sizes"/>.</summary>
    public int Size { get; init; } = 64;

    /// <summary>How pictures get the pack's shape.</summary>
    public PackFit Fit { get; init; } = PackFit.Crop;

    /// <summary>The shape that pictures are cut or padded to, before they are squeezed into the square.</summary>
    public Aspect Aspect { get; init; } = Aspect.Square;

    /// <summary>Pictures worked on at the same time; 0 for one a core. The pack is the same for any number.</summary>
    public int Threads { get; init; }

    /// <summary>Refuses sizes that no generator has.</summary>
    /// <exception cref="UsageException">The size is none of <see cref="Sizes"/>.</exception>
    public static void CheckSize(int size)
    {
        if (!Sizes.Contains(size))
            throw new UsageException($"There is no size {size}; sizes are {string.Join(", ", Sizes)}.");
    }
}
