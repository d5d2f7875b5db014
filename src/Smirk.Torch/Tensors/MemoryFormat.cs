namespace Smirk.Torch.Tensors;

/// <summary>The order in which the elements of [N, C, H, W] lie in memory.</summary>
public enum MemoryFormat
{
    /// <summary>Plane after plane: N, C, H, W.</summary>
    Contiguous,

    /// <summary>Pixel after pixel: N, H, W, C.</summary>
    ChannelsLast,
}
