namespace Smirk.Gan.Networks;

/// <summary>What a generator looks like.</summary>
public sealed record GeneratorShape
{
    /// <summary>Numbers in a latent.</summary>
    public int LatentSize { get; init; } = 100;

    /// <summary>Channels at 4×4, 8×8 … up to half of the picture's edge: the picture has 4 · 2^Count pixels a side.</summary>
    public IReadOnlyList<int> Widths { get; init; } = [512, 256, 128, 64];

    /// <summary>Channels of the picture: 1 or 3.</summary>
    public int Channels { get; init; } = 3;

    /// <summary>Kernel edge of the transposed convolutions: 4 or 5.</summary>
    public int Kernel { get; init; } = 5;

    /// <summary>Hidden units of the networks through which the latent weighs the channels of each level (<see cref="ChannelGates"/>); 0 for
    /// none.</summary>
    public int Gates { get; init; }

    /// <summary>Levels of 8×8 and more, up to this edge, that a <see cref="RefineBlock"/> refines; 0 for none.</summary>
    public int Refine { get; init; }

    /// <summary>How far the last layer reaches beyond black and white, where it is clipped, as a multiple of the range; 1: it ends short of
    /// them, as tanh does.</summary>
    public double Overshoot { get; init; } = 1;

    /// <summary>What enlarges the pictures afterwards; null for nothing.</summary>
    public Upscale.UpscalePlan? Upscale { get; init; }

    /// <summary>Classes to condition on; 0 for none.</summary>
    public int Classes { get; init; }

    /// <summary>How a class enters: false for a few learned numbers beside the latent's; true for one number a class beside the latent's,
    /// 1 for the one that is asked for, and for a number that it adds to every channel of every layer. carpedm20/DCGAN-tensorflow puts
    /// maps of 0 and 1 beside each layer's input, which add the same but at borders and in the phases of the stride.</summary>
    public bool ClassAtEveryLayer { get; init; }
}
