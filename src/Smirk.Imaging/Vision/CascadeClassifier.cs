using System.Runtime.InteropServices;

namespace Smirk.Imaging.Vision;

/// <summary>A square window that passed all stages of a cascade.</summary>
/// <param name="X">Left edge, pixels.</param>
/// <param name="Y">Upper edge, pixels.</param>
/// <param name="Size">Side, pixels.</param>
/// <param name="Weight">The last stage's sum: the larger, the surer.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct CascadeHit(int X, int Y, int Size, float Weight);

/// <summary>OpenCV's cascade classifier. One thread at a time may use an instance.</summary>
public sealed unsafe class CascadeClassifier : IDisposable
{
    // One pass over a picture full of faces gives some hundreds.
    private const int Capacity = 8192;

    private readonly CascadeHandle _handle;
    private readonly CascadeHit[] _hits = new CascadeHit[Capacity];

    /// <summary>Reads a cascade from the bytes of its XML file.</summary>
    /// <exception cref="VisionException">OpenCV doesn't read it.</exception>
    public CascadeClassifier(ReadOnlySpan<byte> xml)
    {
        VisionNative.Ensure();
        fixed (byte* text = xml)
            VisionNative.Check(NativeMethods.OpenCascade(text, xml.Length, out _handle), "reading the cascade");
        VisionNative.Check(NativeMethods.CascadeWindow(_handle, out var side));
        Window = side;
    }

    /// <summary>The smallest side that can be found, in pixels: the window that the cascade was trained on.</summary>
    public int Window { get; }

    /// <summary>All windows that pass, ungrouped.</summary>
    /// <param name="picture">Where to look.</param>
    /// <param name="step">Ratio of one window's side to the next smaller one, above 1.</param>
    /// <param name="minimum">Smallest side, pixels.</param>
    /// <param name="maximum">Largest side, pixels; 0 for as large as the picture.</param>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<CascadeHit> Detect(GreyPicture picture, double step, int minimum, int maximum = 0)
    {
        int count;
        fixed (byte* grey = picture.Pixels)
        fixed (CascadeHit* hits = _hits)
        {
            VisionNative.Check(NativeMethods.Detect(
                _handle, grey, picture.Width, picture.Height, step, minimum, maximum, hits, Capacity, out count));
        }

        return _hits.AsSpan(0, Math.Min(count, Capacity));
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
