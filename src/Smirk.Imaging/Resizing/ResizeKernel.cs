namespace Smirk.Imaging.Resizing;

/// <summary>How pixels are weighed when a picture is resized. Shrinking stretches the kernel by the factor.</summary>
public enum ResizeKernel
{
    /// <summary>The nearest pixel, unweighted.</summary>
    Nearest,

    /// <summary>Average over the pixel's area.</summary>
    Box,

    /// <summary>Triangle of 2 pixels (bilinear).</summary>
    Linear,

    /// <summary>Keys' cubic with a = −0.5, over 4 pixels (bicubic).</summary>
    Cubic,

    /// <summary>Windowed sinc over 6 pixels; the sharpest.</summary>
    Lanczos3,
}
