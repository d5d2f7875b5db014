using Smirk.Dataset.Memory;
using Smirk.Imaging;
using Smirk.Imaging.Reading;

namespace Smirk.Dataset.Crop.Files;

/// <summary>Decodes pictures to look for faces in them, and to cut them, within bounded memory.</summary>
internal sealed class PictureLoader
{
    // Above, pictures are looked at in half their size: faces of 48 pixels are still found. Above four times that, in a quarter:
    // a hundred megapixels still fit, and a face there has 96 pixels at least.
    private static readonly DecodeOptions Reduced = new DecodeOptions { MostPixels = 8_000_000 }.Unlimited();

    // Looking for faces takes many times what the pixels do: what has to be reduced goes about alone.
    private readonly MemoryBudget _memory = new(4 * Reduced.MostPixels);

    /// <summary>Gives the decoded picture to <paramref name="use"/>.</summary>
    /// <exception cref="UnusablePictureException">It can't be decoded.</exception>
    public T Use<T>(byte[] bytes, Func<Picture, T> use)
    {
        using var turn = _memory.Turn();
        return use(PictureReader.Decode(bytes, Reduced, turn.Admit));
    }

    /// <summary>The upright size of the stored picture.</summary>
    /// <exception cref="UnusablePictureException">It has no header that can be read.</exception>
    public static (int Width, int Height) SizeOf(byte[] bytes)
    {
        var header = PictureReader.ReadHeader(bytes);
        return header.IsTurned ? (header.Height, header.Width) : (header.Width, header.Height);
    }
}
