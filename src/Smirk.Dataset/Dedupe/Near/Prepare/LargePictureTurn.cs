using Smirk.Imaging;

namespace Smirk.Dataset.Dedupe.Near.Prepare;

/// <summary>Large pictures are decoded one at a time, whatever number of threads there is: two of a hundred megapixels would not fit. Disposed when the pixels aren't needed any more.</summary>
internal sealed class LargePictureTurn : IDisposable
{
    private const long LargePixels = 16_000_000;

    private static readonly SemaphoreSlim One = new(1, 1);

    private bool _held;

    /// <summary>The header that <see cref="Admit"/> was told of.</summary>
    public PictureHeader? Header { get; private set; }

    /// <summary>Waits for the turn where the picture is large; for <see cref="PictureReader.Decode(ReadOnlySpan{byte}, DecodeOptions, Action{PictureHeader})"/>.</summary>
    public void Admit(PictureHeader header)
    {
        Header = header;
        if (header.Pixels <= LargePixels || _held)
            return;
        One.Wait();
        _held = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_held)
            One.Release();
        _held = false;
    }
}
