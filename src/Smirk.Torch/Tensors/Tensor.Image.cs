using Smirk.Torch.Bindings;

namespace Smirk.Torch.Tensors;

/// <summary>What stands beyond the edge of a picture.</summary>
public enum PadMode
{
    /// <summary>One value.</summary>
    Constant,

    /// <summary>The picture mirrored at its edge pixels, which aren't repeated.</summary>
    Reflect,

    /// <summary>The edge pixels, again and again.</summary>
    Replicate,
}

/// <summary>How a value between pixels is found.</summary>
public enum Interpolation
{
    /// <summary>The nearest pixel.</summary>
    Nearest,

    /// <summary>A mean of the four around it, weighted by distance.</summary>
    Bilinear,
}

// Planes of pixels, [N, C, H, W]. All can be differentiated twice.
public sealed partial class Tensor
{
    /// <summary>[N, C·f², H, W] → [N, C, H·f, W·f].</summary>
    public Tensor PixelShuffle(long factor) => NativeCheck.Take(NativeMethods.PixelShuffle(Handle, factor, out var result), result);

    /// <summary>[N, C, H·f, W·f] → [N, C·f², H, W].</summary>
    public Tensor PixelUnshuffle(long factor) => NativeCheck.Take(NativeMethods.PixelUnshuffle(Handle, factor, out var result), result);

    /// <summary>Pixels added on each side; constant ones may be negative, which cuts.</summary>
    public Tensor Pad(long left, long right, long top, long bottom, PadMode mode = PadMode.Constant, double value = 0) =>
        NativeCheck.Take(NativeMethods.Pad(Handle, [left, right, top, bottom], 4, (int)mode, value, out var result), result);

    /// <summary>Means of squares of pixels; padding isn't counted in.</summary>
    public Tensor AvgPool2d(long kernel, long? stride = null, long padding = 0) =>
        NativeCheck.Take(NativeMethods.AvgPool2d(Handle, kernel, stride ?? kernel, padding, out var result), result);

    /// <summary>Another size: [N, C, H, W] → [N, C, height, width]; pixel centres are at .5 (align_corners false).</summary>
    public Tensor Interpolate(long height, long width, Interpolation mode) =>
        NativeCheck.Take(NativeMethods.Interpolate(Handle, height, width, mode == Interpolation.Bilinear ? 1 : 0, out var result), result);

    /// <summary>Where each pixel of the result comes from: theta [N, 2, 3] → [N, H, W, 2], x and y from -1 to 1.</summary>
    public static Tensor AffineGrid(Tensor theta, long channels, long height, long width, bool alignCorners = false) =>
        NativeCheck.Take(
            NativeMethods.AffineGrid(theta.Handle, [theta.Shape[0], channels, height, width], 4, alignCorners ? 1 : 0, out var result),
            result);

    /// <summary>The picture at the places of a grid [N, OH, OW, 2] → [N, C, OH, OW]. Differentiable twice in the picture; once when the
    /// grid needs a gradient too.</summary>
    /// <param name="grid">x and y from -1 (left, top) to 1.</param>
    /// <param name="mode">How a value between pixels is found.</param>
    /// <param name="beyond">Outside the picture: zero (Constant), the edge (Replicate), or mirrored (Reflect).</param>
    /// <param name="alignCorners">True: -1 and 1 are the centres of the corner pixels; false: their outer edges.</param>
    public Tensor GridSample(
        Tensor grid, Interpolation mode = Interpolation.Bilinear, PadMode beyond = PadMode.Constant, bool alignCorners = false)
    {
        var padding = beyond switch { PadMode.Constant => 0, PadMode.Replicate => 1, _ => 2 };
        var kind = mode == Interpolation.Bilinear ? 0 : 1;
        return NativeCheck.Take(NativeMethods.GridSample(Handle, grid.Handle, kind, padding, alignCorners ? 1 : 0, out var result), result);
    }
}
