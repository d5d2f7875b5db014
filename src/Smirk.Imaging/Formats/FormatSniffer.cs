using System.Text;

namespace Smirk.Imaging.Formats;

/// <summary>Tells what bytes are by how they begin; names and extensions play no part.</summary>
public static class FormatSniffer
{
    /// <summary>How many bytes of a file's beginning are looked at, at most.</summary>
    public const int HeadLength = 512;

    private static ReadOnlySpan<byte> JpegXlBox =>
        [0, 0, 0, 0x0C, (byte)'J', (byte)'X', (byte)'L', (byte)' ', 0x0D, 0x0A, 0x87, 0x0A];

    private const string NoKnownKind = "of no known picture format";
    private const string Nothing = "an empty file";

    // What people's folders hold beside pictures, and how it begins.
    private static readonly (byte[] Magic, int At, string What)[] Others =
    [
        ("%PDF"u8.ToArray(), 0, "a PDF document"),
        ("8BPS"u8.ToArray(), 0, "a Photoshop file; save it as PNG"),
        ("PK\x03\x04"u8.ToArray(), 0, "a ZIP archive"),
        ("Rar!"u8.ToArray(), 0, "a RAR archive"),
        ("7z\xBC\xAF"u8.ToArray(), 0, "a 7-Zip archive"),
        ([0x1F, 0x8B], 0, "gzip-packed data"),
        ([0x1A, 0x45, 0xDF, 0xA3], 0, "a video (WebM or Matroska)"),
        ("AVI "u8.ToArray(), 8, "a video (AVI)"),
        ([0, 0, 0, 0x0C, (byte)'j', (byte)'P', (byte)' ', (byte)' '], 0, "a JPEG 2000 picture, which isn't read; save it as PNG"),
        ([0, 0, 1, 0], 0, "a Windows icon"),
        ("DDS "u8.ToArray(), 0, "a DirectDraw texture"),
        ([0x7F, (byte)'E', (byte)'L', (byte)'F'], 0, "a program"),
        ("MZ"u8.ToArray(), 0, "a program"),
    ];

    /// <summary>The format whose signature <paramref name="head"/> begins with; <see cref="PictureFormat.Unknown"/> for anything else,
    /// damaged signatures included.</summary>
    public static PictureFormat Sniff(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return PictureFormat.Jpeg;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
            return PictureFormat.Png;
        if (head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..].StartsWith("WEBP"u8))
            return PictureFormat.WebP;
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8))
            return PictureFormat.Gif;
        if (head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8) || head.StartsWith("II+\0"u8) || head.StartsWith("MM\0+"u8))
            return PictureFormat.Tiff;
        if (IsBmp(head))
            return PictureFormat.Bmp;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]) || head.StartsWith(JpegXlBox))
            return PictureFormat.Jxl;
        return SniffHeif(head);
    }

    /// <summary>What bytes that aren't a picture are, in words that follow "this is": "a web page (HTML)", "an empty file".</summary>
    public static string Describe(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
            return Nothing;
        foreach (var (magic, at, what) in Others)
        {
            if (head.Length > at && head[at..].StartsWith(magic))
                return what;
        }

        if (head.Length >= 8 && head[4..].StartsWith("ftyp"u8))
            return "a video (MP4)";
        return DescribeText(head) ?? NoKnownKind;
    }

    /// <summary>Whether what <see cref="Describe"/> told is a kind of file that is known not to be a picture.</summary>
    public static bool IsKnownKind(string description) => description is not (NoKnownKind or Nothing);

    private static string? DescribeText(ReadOnlySpan<byte> head)
    {
        head = head[..Math.Min(head.Length, HeadLength)];
        foreach (var b in head)
        {
            if (b < 0x20 && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or 0x0C))
                return null;
        }

        var text = Encoding.UTF8.GetString(head);
        // A cut through a letter at the end of the head is no fault; anything else that isn't UTF-8 is no text.
        if (text.AsSpan(0, Math.Max(0, text.Length - 1)).Contains('\uFFFD'))
            return null;
        text = text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase))
            return "a web page (HTML)";
        if (text.Contains("<svg", StringComparison.OrdinalIgnoreCase))
            return "an SVG drawing, which isn't read; save it as PNG";
        if (text.StartsWith("<?xml", StringComparison.Ordinal))
            return "an XML text";
        return text.StartsWith('{') || text.StartsWith('[') ? "a JSON text" : "a text";
    }

    // "BM" alone begins many a text; the header's size has to be one that exists, too.
    private static bool IsBmp(ReadOnlySpan<byte> head) =>
        head.StartsWith("BM"u8) && head.Length >= 18 && head[14] is 12 or 16 or 40 or 52 or 56 or 64 or 108 or 124 && head[15] == 0
            && head[16] == 0 && head[17] == 0;

    private static PictureFormat SniffHeif(ReadOnlySpan<byte> head)
    {
        if (head.Length < 12 || !head[4..].StartsWith("ftyp"u8))
            return PictureFormat.Unknown;
        var length = (int)Math.Min((uint)head.Length, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(head));
        var heic = false;
        for (var at = 8; at + 4 <= length; at += 4)
        {
            var brand = head.Slice(at, 4);
            if (brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8))
                return PictureFormat.Avif;
            heic |= brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("hevc"u8)
                || brand.SequenceEqual("heim"u8)
                || brand.SequenceEqual("heis"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8);
        }

        return heic ? PictureFormat.Heic : PictureFormat.Unknown;
    }
}
