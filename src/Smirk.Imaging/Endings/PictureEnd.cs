using Smirk.Imaging.Formats;

namespace Smirk.Imaging.Endings;

/// <summary>Where a picture's data end although the file doesn't say so.</summary>
/// <param name="Kept">Bytes of the file that belong to the picture.</param>
/// <param name="Missing">What has to follow them to make the file whole.</param>
public sealed record PictureEnd(int Kept, byte[] Missing)
{
    /// <summary>Finds the end of a JPEG or PNG that lacks its end mark. Null where the coded data don't fill the picture, so that the file
    /// really is cut short, and where that can't be told.</summary>
    public static PictureEnd? Find(ReadOnlySpan<byte> bytes) =>
        FormatSniffer.Sniff(bytes[..Math.Min(bytes.Length, FormatSniffer.HeadLength)]) switch
        {
            PictureFormat.Jpeg => JpegEnd.Find(bytes),
            PictureFormat.Png => PngEnd.Find(bytes),
            _ => null,
        };

    /// <summary>The file with its end mark; null where <see cref="Find"/> finds no end.</summary>
    public static byte[]? Complete(ReadOnlySpan<byte> bytes) => Find(bytes) is { } end ? [.. bytes[..end.Kept], .. end.Missing] : null;
}
