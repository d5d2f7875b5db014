namespace Smirk.Torch.Optimisers;

/// <summary>Settings of <see cref="Adam"/>; the defaults are PyTorch's.</summary>
public sealed record AdamOptions
{
    /// <summary>Learning rate.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Decay of the mean gradient, from 0 to below 1. GANs use 0 to .5.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the mean squared gradient, from 0 to below 1.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the squared gradient.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Pulls weights towards 0 through the gradient (L2); 0 is off.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Makes a tensor's step as much smaller as its gradients are larger than usual, by root mean square (update clipping: Shazeer
    /// and Stern 2018; Wortsman et al. 2023, "StableAdamW"). PyTorch's Adam has none.</summary>
    public bool ClipUpdates { get; init; }
}
