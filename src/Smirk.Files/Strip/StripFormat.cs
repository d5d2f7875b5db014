using System.Buffers.Binary;
using Smirk.Imaging.Formats;

namespace Smirk.Files.Strip;

/// <summary>What strip takes a file's bytes for, whatever its name says.</summary>
public enum StripFormat
{
    /// <summary>Nothing that can be stripped.</summary>
    Unknown,

    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>PNG and APNG.</summary>
    Png,

    /// <summary>WebP.</summary>
    WebP,

    /// <summary>GIF.</summary>
    Gif,

    /// <summary>TIFF and BigTIFF.</summary>
    Tiff,

    /// <summary>Windows bitmap, which isn't stripped.</summary>
    Bmp,

    /// <summary>AVIF.</summary>
    Avif,

    /// <summary>HEIC and other HEIF.</summary>
    Heic,

    /// <summary>JPEG XL.</summary>
    Jxl,

    /// <summary>MP4 and its kin (M4V, M4A, 3GP).</summary>
    Mp4,

    /// <summary>QuickTime.</summary>
    Mov,
}

/// <summary>Tells formats by how a file begins.</summary>
internal static class StripFormats
{
    /// <summary>All that can be stripped, for the person.</summary>
    public const string Known = "JPEG, PNG, WebP, GIF, HEIC, AVIF, TIFF, JPEG XL, MP4 and MOV";

    /// <summary>The format of a file that begins with <paramref name="head"/>.</summary>
    /// <exception cref="UnstrippableException">It is a camera's raw file in the container of another format.</exception>
    public static StripFormat Of(ReadOnlySpan<byte> head)
    {
        return FormatSniffer.Sniff(head) switch
        {
            PictureFormat.Jpeg => StripFormat.Jpeg,
            PictureFormat.Png => StripFormat.Png,
            PictureFormat.WebP => StripFormat.WebP,
            PictureFormat.Gif => StripFormat.Gif,
            PictureFormat.Tiff => StripFormat.Tiff,
            PictureFormat.Bmp => StripFormat.Bmp,
            PictureFormat.Avif => StripFormat.Avif,
            PictureFormat.Heic => StripFormat.Heic,
            PictureFormat.Jxl => StripFormat.Jxl,
            _ => OfMovie(head),
        };
    }

    private static StripFormat OfMovie(ReadOnlySpan<byte> head)
    {
        if (head.Length < 12)
            return StripFormat.Unknown;
        var type = head.Slice(4, 4);
        if (!type.SequenceEqual("ftyp"u8))
            return IsOldQuickTime(head) ? StripFormat.Mov : StripFormat.Unknown;
        if (head.Slice(8, 4).SequenceEqual("crx "u8))
            throw new UnstrippableException("it is a camera's raw file (CR3), whose metadata are needed to develop it");
        return head.Slice(8, 4).SequenceEqual("qt  "u8) ? StripFormat.Mov : StripFormat.Mp4;
    }

    // Before ftyp there was, a file began with any of its boxes.
    private static bool IsOldQuickTime(ReadOnlySpan<byte> head)
    {
        var type = head.Slice(4, 4);
        var length = BinaryPrimitives.ReadUInt32BigEndian(head);
        return (length >= 8 || length == 1) && (type.SequenceEqual("moov"u8) || type.SequenceEqual("mdat"u8)
            || ((type.SequenceEqual("wide"u8) || type.SequenceEqual("free"u8) || type.SequenceEqual("skip"u8)
                || type.SequenceEqual("pnot"u8)) && length < 1 << 20));
    }
}
