using System.Buffers.Binary;
using Smirk.Files.Strip.Boxes;
using Smirk.Files.Strip.Containers;
using Smirk.Files.Strip.Gif;
using Smirk.Files.Strip.Heif;
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

    /// <summary>The index of a movie, in which a place may stand.</summary>
    Movie,

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
        StripFormat.Tiff => [new Evidence(EvidenceKind.Exif, 0, source.Length)],
        StripFormat.Heic or StripFormat.Avif => OfHeif(source),
        StripFormat.Jxl => BoxReader.ReadFile(source).Boxes.Where(b => b.Name == "Exif" && b.ContentLength > 4)
            .Select(b => new Evidence(EvidenceKind.Exif, b.Content + 4, b.ContentLength - 4)),
        StripFormat.Mp4 or StripFormat.Mov => BoxReader.ReadFile(source).Boxes.Where(b => b.Name == "moov")
            .Select(b => new Evidence(EvidenceKind.Movie, b.Content, b.ContentLength)),
        _ => [],
    };

    // Four bytes say how much stands before the block.
    private static IEnumerable<Evidence> OfHeif(ByteSource source)
    {
        if (BoxReader.ReadFile(source).Boxes.Find(b => b.Name == "meta") is not { } box)
            yield break;
        var meta = new HeifMeta(BoxReader.ContentOf(source, box));
        foreach (var place in meta.Locations.Where(l => l is { Method: 0, Extents.Count: 1 } && l.Length > 4
            && meta.Items.TryGetValue(l.Id, out var item) && item.Name == "Exif"))
        {
            var at = place.Base + place.Extents[0].Offset;
            var before = 4L + BinaryPrimitives.ReadUInt32BigEndian(source.Read(at, 4));
            if (before < place.Length)
                yield return new Evidence(EvidenceKind.Exif, at + before, place.Length - before);
        }
    }

    private static Evidence WebPExif(ByteSource source, WebPChunk chunk)
    {
        var prefix = chunk.DataLength >= 6 && source.Read(chunk.Data, 6).SequenceEqual("Exif\0\0"u8) ? 6 : 0;
        return new Evidence(EvidenceKind.Exif, chunk.Data + prefix, chunk.DataLength - prefix);
    }
}
