using Smirk.Files.Strip.Containers;
using Smirk.Files.Strip.Gif;
using Smirk.Files.Strip.Jpeg;
using Smirk.Files.Strip.Png;
using Smirk.Files.Strip.WebP;

namespace Smirk.Files.Strip.Report;

/// <summary>What kind of metadata some bytes are.</summary>
internal enum EvidenceKind
{
    /// <summary>A TIFF block of Exif tags.</summary>
    Exif,

    /// <summary>Text as it is.</summary>
    Comment,

    /// <summary>PNG's tEXt: keyword, NUL, Latin-1 text.</summary>
    KeywordAndText,

    /// <summary>GIF's sub-blocks: each a length and so many bytes of text.</summary>
    SubBlocks,
}

/// <summary>Where in a file there is metadata that can be read to the person.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Where it begins.</param>
/// <param name="Length">Bytes.</param>
internal readonly record struct Evidence(EvidenceKind Kind, long Offset, long Length)
{
    /// <summary>All of it in a file that can be stripped.</summary>
    public static IEnumerable<Evidence> In(ByteSource source, StripFormat format) => format switch
    {
        StripFormat.Jpeg => JpegReader.Read(source).Select(segment => segment.Marker switch
        {
            JpegMarker.App1 when JpegStripper.Starts(source, segment, "Exif\0"u8, 6) =>
                new Evidence(EvidenceKind.Exif, segment.Parameters + 6, segment.ParameterLength - 6),
            JpegMarker.Com => new Evidence(EvidenceKind.Comment, segment.Parameters, segment.ParameterLength),
            _ => default,
        }),
        StripFormat.Png => PngReader.Read(source).Select(chunk => chunk.Type switch
        {
            PngType.Exif => new Evidence(EvidenceKind.Exif, chunk.Data, chunk.DataLength),
            PngType.Text => new Evidence(EvidenceKind.KeywordAndText, chunk.Data, chunk.DataLength),
            _ => default,
        }),
        StripFormat.WebP => WebPReader.Read(source).Where(chunk => chunk.Type == WebPType.Exif).Select(chunk => WebPExif(source, chunk)),
        StripFormat.Gif => GifReader.Read(source).Where(block => block.Kind == GifBlockKind.Comment)
            .Select(block => new Evidence(EvidenceKind.SubBlocks, block.Offset + 2, block.Length - 2)),
        _ => [],
    };

    private static Evidence WebPExif(ByteSource source, WebPChunk chunk)
    {
        var prefix = chunk.DataLength >= 6 && source.Read(chunk.Data, 6).SequenceEqual("Exif\0\0"u8) ? 6 : 0;
        return new Evidence(EvidenceKind.Exif, chunk.Data + prefix, chunk.DataLength - prefix);
    }
}
