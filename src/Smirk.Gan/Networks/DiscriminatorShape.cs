namespace Smirk.Gan.Networks;

/// <summary>What a discriminator looks like.</summary>
public sealed record DiscriminatorShape
{
    /// <summary>Channels at half of the picture's edge down to 4×4.</summary>
    public IReadOnlyList<int> Widths { get; init; } = [64, 128, 256, 512];

    /// <summary>Channels of the picture: 1 or 3.</summary>
    public int Channels { get; init; } = 3;

    /// <summary>Kernel edge of the convolutions: 4 or 5.</summary>
    public int Kernel { get; init; } = 5;

    /// <summary>Batch norm after every convolution but the first (DCGAN); without it weights start larger (He et al. 2015), which is what gradient penalties want.</summary>
    public bool BatchNorm { get; init; } = true;

    /// <summary>Edge of the thumbnail that is judged beside the convolutions (<see cref="ThumbnailJudge"/>); 0 for none.</summary>
    public int Thumbnail { get; init; }

    /// <summary>Classes to judge by; 0 for none.</summary>
    public int Classes { get; init; }
}
