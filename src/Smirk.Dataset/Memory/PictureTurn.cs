using Smirk.Imaging.Reading;

namespace Smirk.Dataset.Memory;

/// <summary>A picture's part of a <see cref="MemoryBudget"/>. Disposed when its pixels aren't needed any more.</summary>
internal sealed class PictureTurn(MemoryBudget memory) : IDisposable
{
    private PictureHeader? _header;
    private long _taken;

    /// <summary>The header that <see cref="Admit"/> was told of.</summary>
    /// <exception cref="InvalidOperationException">None yet.</exception>
    public PictureHeader Header => _header ?? throw new InvalidOperationException("no picture was admitted");

    /// <summary>Waits until there is room for all of the picture's pixels: some decoders hold the whole even where a fraction is asked for.
    /// For <see cref="PictureReader.Decode(ReadOnlySpan{byte}, DecodeOptions, Action{PictureHeader})"/>.</summary>
    /// <exception cref="UnusablePictureException">It has more pixels than the budget allows.</exception>
    public void Admit(PictureHeader header)
    {
        Dispose();
        header.RefuseAbove(memory.MostPixels);
        _header = header;
        _taken = memory.Take(header.Pixels * 3);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        memory.Return(_taken);
        _taken = 0;
    }
}
