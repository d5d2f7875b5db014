using System.Buffers.Binary;
using Smirk.Imaging.Formats;

namespace Smirk.Imaging.Reading;

/// <summary>Why a picture couldn't be decoded, for the person.</summary>
internal static class Damage
{
    private static readonly string[] EndWords =
        ["remature end of JPEG file", "remature end of input", "truncated", "end of file", "EOF", "unexpected end"];

    // TIFF is a family: what libtiff and libvips say of members that they don't read, whole as they may be.
    private static readonly string[] UnsupportedWords =
    [
        "not supported", "unsupported", "not implemented", "not configured", "can not handle", "cannot handle", "can't handle", "Sorry",
        "unknown compression", "compression scheme", "not a supported", "bits per sample", "Bits/sample", "photometric",
        "unimplemented",
    ];

    /// <summary>One line from what the format's own structure shows, and what libvips said.</summary>
    public static UnusablePictureException Explain(PictureFormat format, ReadOnlySpan<byte> bytes, string said)
    {
        var name = format.ToString().ToUpperInvariant();
        if (IsCutShort(format, bytes) || EndWords.Any(w => said.Contains(w, StringComparison.OrdinalIgnoreCase)))
            return new UnusablePictureException(PictureFault.CutShort, $"cut short: the {name} data ends before the picture does");
        var detail = MainLine(format, said);
        if (format == PictureFormat.Tiff && UnsupportedWords.Any(w => said.Contains(w, StringComparison.OrdinalIgnoreCase)))
            return new UnusablePictureException(PictureFault.Unsupported, $"a TIFF of a kind that isn't read here: {detail}");
        return new UnusablePictureException(
            PictureFault.Damaged, detail.Length == 0 ? $"damaged: the {name} data can't be decoded" : $"damaged {name}: {detail}");
    }

    private static bool IsCutShort(PictureFormat format, ReadOnlySpan<byte> bytes) => format switch
    {
        PictureFormat.Png => bytes.LastIndexOf("IEND"u8) < 0,
        PictureFormat.WebP => bytes.Length >= 12 && BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) + 8L > bytes.Length,
        PictureFormat.Gif => bytes.Length < 14,
        PictureFormat.Jpeg => bytes.LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) < 0,
        _ => false,
    };

    // libjpeg warns before it gives up; the others say first what is wrong, then what followed from it. libvips begins its lines with the
    // part that speaks ("VipsJpeg: ").
    private static string MainLine(PictureFormat format, string said)
    {
        var line = said.Split('\n')[format == PictureFormat.Jpeg ? ^1 : 0].Trim();
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        return colon is > 0 and < 24 && !line.AsSpan(0, colon).Contains(' ') ? line[(colon + 2)..] : line;
    }
}
