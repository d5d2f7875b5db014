using Smirk.Files.Strip.Containers;

namespace Smirk.Files.Strip.Jpeg;

/// <summary>What a person calls the segments that are removed.</summary>
internal static class JpegNames
{
    /// <summary>The name of a segment.</summary>
    public static string Of(ByteSource source, JpegSegment segment)
    {
        return segment.Marker switch
        {
            JpegMarker.Com => "comment",
            JpegMarker.Fill => "fill bytes",
            JpegMarker.App0 when Is("JFIF\0"u8) => "second JFIF header",
            JpegMarker.App0 when Is("JFXX\0"u8) => "JFIF thumbnail",
            JpegMarker.App1 when Is("Exif\0"u8) => "Exif",
            JpegMarker.App1 when Is("http://ns.adobe.com/"u8) => "XMP",
            JpegMarker.App2 when Is("MPF\0"u8) => "index of further pictures (MPF)",
            JpegMarker.App2 when Is("FPXR\0"u8) => "FlashPix",
            JpegMarker.App11 when Is("JP"u8) => "JUMBF (C2PA)",
            JpegMarker.App13 when Is("Photoshop "u8) => "IPTC and Photoshop",
            >= JpegMarker.App0 and <= JpegMarker.App15 => $"APP{segment.Marker - JpegMarker.App0}",
            _ => $"FF {segment.Marker:X2}",
        };

        bool Is(ReadOnlySpan<byte> identifier) => JpegStripper.Starts(source, segment, identifier);
    }
}
