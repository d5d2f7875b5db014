using Smirk.Files.Strip.Containers;
using Smirk.Files.Strip.Jpeg.Parts;

namespace Smirk.Files.Strip.Report;

/// <summary>Where a picture was taken, in degrees.</summary>
/// <param name="Latitude">−90 to 90, north positive.</param>
/// <param name="Longitude">−180 to 180, east positive.</param>
public readonly record struct GeoPosition(double Latitude, double Longitude);

/// <summary>What a picture tells about the person who made it: the part of its metadata that people don't know they share.</summary>
public sealed record CarriedMetadata
{
    /// <summary>Maker and model.</summary>
    public string? Camera { get; init; }

    /// <summary>Lens.</summary>
    public string? Lens { get; init; }

    /// <summary>Number of the camera or the lens: it links all pictures that were taken with it.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>When, as the camera wrote it: "2008:05:30 15:56:01".</summary>
    public string? Taken { get; init; }

    /// <summary>Where.</summary>
    public GeoPosition? Position { get; init; }

    /// <summary>What it was edited or written with.</summary>
    public string? Software { get; init; }

    /// <summary>Artist or copyright.</summary>
    public string? Author { get; init; }

    /// <summary>Comments and texts, each cut to a line.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <summary>Where it was downloaded from, as the file system remembers it beside the file.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>A small picture inside, which may show what was cropped away.</summary>
    public bool Thumbnail { get; init; }

    /// <summary>XMP is there.</summary>
    public bool Xmp { get; init; }

    /// <summary>IPTC or other Photoshop resources are there.</summary>
    public bool Iptc { get; init; }

    /// <summary>A C2PA manifest (content credentials) is there.</summary>
    public bool C2pa { get; init; }

    /// <summary>Whether it has a gain map for HDR screens, which stays.</summary>
    public bool GainMap { get; init; }

    /// <summary>Bytes of the video of a Motion Photo that goes.</summary>
    public long Motion { get; init; }

    /// <summary>Bytes after the picture's end, further pictures among them.</summary>
    public long BytesAfterEnd { get; init; }

    /// <summary>Reads it from a file for which there is a plan.</summary>
    internal static CarriedMetadata Read(ByteSource source, StripFormat format, RewritePlan plan)
    {
        // A TIFF's tags may stand behind its pixels.
        var most = format == StripFormat.Tiff ? 64 << 20 : 1 << 20;
        var comments = new List<string>();
        var carried = new CarriedMetadata();
        foreach (var evidence in Evidence.In(source, format).Where(e => e.Length > 0).Take(100).ToList())
        {
            var bytes = source.Read(evidence.Offset, (int)Math.Min(most, evidence.Length)).ToArray();
            if (evidence.Kind == EvidenceKind.Exif)
                carried = ExifTags.AddTo(carried, bytes);
            else if (evidence.Kind == EvidenceKind.Movie)
                carried = carried with { Position = carried.Position ?? MoviePlace.In(bytes) };
            else if (CommentText.Of(evidence.Kind, bytes) is { } text)
                comments.Add(text);
        }

        var removed = plan.Removed;
        return carried with
        {
            Comments = comments,
            Thumbnail = carried.Thumbnail || Has("JFIF thumbnail"),
            Xmp = Has("XMP"),
            Iptc = Has("IPTC and Photoshop"),
            C2pa = removed.Any(part => part.Name.Contains("C2PA", StringComparison.Ordinal)),
            GainMap = plan.KeepsGainMap,
            Motion = removed.Where(part => part.Name == JpegParts.VideoName).Sum(part => part.Bytes),
            BytesAfterEnd = removed.Where(part => part.Name.EndsWith("after the end", StringComparison.Ordinal)).Sum(part => part.Bytes),
        };

        bool Has(string name) => removed.Any(part => part.Name == name);
    }
}
