using Smirk.Dataset.Memory;
using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Reading.Doubts;
using Smirk.Imaging.Writing;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Import;

/// <summary>Decides whether bytes are a picture that can be used: it decodes to its end, is large enough, and shows something.</summary>
internal static class PictureCheck
{
    // A JPEG, or what is large, may be decoded at a fraction of its size: all of its data is gone through all the same, only its pixels
    // aren't all worked out.
    private const int EnoughToJudge = 16;

    // A blank picture that was compressed wavers by a step or two around its one colour.
    private const int BlankRange = 4;

    /// <summary>Goes through all of the data.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="options">Limits.</param>
    /// <param name="memory">What its pixels are taken from while they are there.</param>
    /// <param name="sign">A sign that it decodes to something else than was encoded; null for none.</param>
    /// <returns>The header.</returns>
    /// <exception cref="UnusablePictureException">Not a picture, damaged, cut short or too large.</exception>
    /// <exception cref="RefusedException">Blank or too small.</exception>
    public static PictureHeader Decode(ReadOnlySpan<byte> bytes, ImportOptions options, MemoryBudget memory, out DamageSign? sign)
    {
        var (picture, header, isPlain) = Decode(bytes, options, memory, EnoughToJudge, (picture, header, isPlain) =>
            (picture, header, isPlain));
        sign = JpegDoubt.Find(bytes, header, picture, isPlain);
        return header;
    }

    /// <summary>The pixels once more, as a PNG without anything but pixels: for formats whose container can't be rewritten.</summary>
    /// <exception cref="UnusablePictureException">As with
    /// <see cref="Decode(ReadOnlySpan{byte}, ImportOptions, MemoryBudget, out DamageSign?)"/>.</exception>
    public static (byte[] Png, PictureHeader Header) AsPng(ReadOnlySpan<byte> bytes, ImportOptions options, MemoryBudget memory) =>
        Decode(bytes, options, memory, shrinkTo: null, (picture, header, _) => (PictureWriter.Png(picture), header));

    /// <summary>The header alone.</summary>
    /// <exception cref="UnusablePictureException">Not a picture, a damaged header, or too large.</exception>
    /// <exception cref="RefusedException">Too small.</exception>
    public static PictureHeader ReadHeader(ReadOnlySpan<byte> bytes, ImportOptions options)
    {
        var header = PictureReader.ReadHeader(bytes, LimitsOf(options));
        RefuseSmall(header, options);
        return header;
    }

    private static T Decode<T>(
        ReadOnlySpan<byte> bytes, ImportOptions options, MemoryBudget memory, int? shrinkTo, Func<Picture, PictureHeader, bool, T> use)
    {
        using var turn = memory.Turn();
        var picture = PictureReader.Decode(bytes, LimitsOf(options) with { ShrinkTo = shrinkTo }, header =>
        {
            RefuseSmall(header, options);
            turn.Admit(header);
        }, out var isPlain);
        if (IsBlank(picture)
            && (picture.Width * picture.Height >= turn.Header.Pixels || IsBlank(PictureReader.Decode(bytes, LimitsOf(options)))))
            throw new RefusedException(Reason.Of(ImportFault.Blank, picture.Pixels[0], picture.Pixels[1], picture.Pixels[2]));
        return use(picture, turn.Header, isPlain);
    }

    private static void RefuseSmall(PictureHeader header, ImportOptions options)
    {
        if (Math.Min(header.Width, header.Height) < options.SmallestSide)
            throw new RefusedException(Reason.Of(ImportFault.TooSmall, header.Width, header.Height, options.SmallestSide));
    }

    /// <summary>Whether all pixels have one colour, give or take what compression does to it.</summary>
    public static bool IsBlank(Picture picture)
    {
        var pixels = picture.Pixels;
        for (var channel = 0; channel < 3; channel++)
        {
            var (low, high) = (pixels[channel], pixels[channel]);
            for (var i = channel; i < pixels.Length; i += 3)
            {
                low = Math.Min(low, pixels[i]);
                high = Math.Max(high, pixels[i]);
                if (high - low > BlankRange)
                    return false;
            }
        }

        return true;
    }

    private static DecodeOptions LimitsOf(ImportOptions options) => new() { MaxBytes = options.MaxBytes, MaxPixels = options.MaxPixels };
}
