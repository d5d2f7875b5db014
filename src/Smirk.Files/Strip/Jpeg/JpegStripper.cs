using System.Buffers.Binary;
using Smirk.Files.Strip.Containers;
using Smirk.Files.Strip.Jpeg.Parts;
using Smirk.Files.Strip.Tags;
using Smirk.Imaging.Formats;

namespace Smirk.Files.Strip.Jpeg;

/// <summary>Which segments of a JPEG stay. Their order never changes: decoders go by which of JFIF, Adobe and Exif they see, and some by
/// where.</summary>
internal static class JpegStripper
{
    private const int JfifLength = 14;
    private const int AdobeLength = 12;

    // The parameters of a gain map take some dozens of bytes, 61 a colour (ISO 21496-1, annex C).
    private const int MostGainMapParameters = 512;

    /// <summary>Decides for every segment, and for what follows the picture's end.</summary>
    public static RewritePlan Plan(ByteSource source, StripOptions options)
    {
        var segments = JpegReader.Read(source);
        var end = segments[^1].Offset + segments[^1].Length;
        if (options.Tags.IsOnly)
        {
            // Little goes, and what follows the end isn't of it.
            var (whole, _) = Plan(source, segments, options, JpegParts.None, index: null);
            whole.Keep(end, source.Length - end);
            return whole;
        }

        var parts = JpegParts.Read(source, segments, options);

        // Where the parts lie depends on the first picture's length, which doesn't depend on what the index says of them.
        var index = parts.KeepsPictures ? parts.Index(0, 0) : null;
        var (plan, indexAt) = Plan(source, segments, options, parts, index);
        if (index is not null && indexAt is { } at)
            (plan, _) = Plan(source, segments, options, parts, parts.Index(at, plan.Length));
        parts.AddTo(source, end, plan);
        return plan;
    }

    /// <summary>The same for a picture behind another one's end: what follows its own end goes, and its gain map parameters
    /// stay.</summary>
    public static RewritePlan PlanPart(ByteSource source, StripOptions options)
    {
        var segments = JpegReader.Read(source);
        var plan = Plan(source, segments, options with { Tags = TagChoice.All }, parts: null, index: null).Plan;
        plan.Remove("bytes after the end", source.Length - segments[^1].Offset - segments[^1].Length);
        return plan;
    }

    // Without parts it is the plan of one. IndexAt is where the index of pictures begins, if it has one.
    private static (RewritePlan Plan, long? IndexAt) Plan(
        ByteSource source, List<JpegSegment> segments, StripOptions options, JpegParts? parts, byte[]? index)
    {
        var plan = new RewritePlan(source);
        var profile = new JpegColourProfile(source, segments, options);
        var keepsHeightMarker = HeightComesLater(source, segments);
        var orientations = options.DropOrientation || options.Tags.IsSelective ? [] : Orientations(source, segments);
        var selection = new JpegSelection(source, options);
        var (hasJfif, hasScan, hasXmp, hasParameters) = (false, false, parts is { Xmp: null }, false);
        long? indexAt = null;
        foreach (var segment in segments)
        {
            // A video can be appended without a word in XMP; what stays of it is announced.
            if (!hasXmp && parts?.Xmp is { } missing && segment.Marker is not (JpegMarker.Soi or JpegMarker.Com or JpegMarker.Fill
                or (>= JpegMarker.App0 and <= JpegMarker.App15)))
            {
                hasXmp = true;
                plan.Insert(Segment(JpegMarker.App1, missing));
            }

            var length = plan.Length;
            if (selection.Decide(segment, plan))
            {
                hasXmp |= plan.Length > length && segment.Marker == JpegMarker.App1 && Starts(source, segment, PartsXmp.Identifier);
                continue;
            }

            hasScan |= segment.Marker == JpegMarker.Sos;
            switch (segment.Marker)
            {
                case JpegMarker.App0 when !hasJfif && Starts(source, segment, "JFIF\0"u8, JfifLength):
                    hasJfif = true;
                    KeepJfif(source, segment, plan);
                    break;
                // Some decoders take it for JFIF all the same, others don't: without it colours could change.
                case JpegMarker.App0 when Starts(source, segment, "JFIF\0"u8) && segment.ParameterLength < JfifLength:
                    throw new UnstrippableException($"its JFIF header at byte {segment.Offset} has {segment.ParameterLength} bytes, at "
                        + $"least {JfifLength} are expected");
                case JpegMarker.App1 when orientations.TryGetValue(segment.Offset, out var exif):
                    plan.Replace(segment.Offset, segment.Length, Segment(JpegMarker.App1, exif), "Exif");
                    break;
                case JpegMarker.App1 when !hasXmp && !hasScan && NewXmp(source, segment, parts) is { } xmp:
                    hasXmp = true;
                    plan.Replace(segment.Offset, segment.Length, Segment(JpegMarker.App1, xmp), "XMP");
                    break;
                case JpegMarker.App2 when profile.Decide(segment, plan):
                    break;
                case JpegMarker.App2 when !hasParameters && !hasScan && parts is null or { KeepsGainMap: true }
                    && Starts(source, segment, JpegTrailer.IsoGainMap) && segment.ParameterLength <= MostGainMapParameters:
                    hasParameters = true;
                    plan.Keep(segment.Offset, segment.Length);
                    break;
                case JpegMarker.App2 when index is not null && indexAt is null && Starts(source, segment, PictureIndex.Identifier):
                    indexAt = plan.Length;
                    plan.Replace(segment.Offset, segment.Length, index, "index of further pictures (MPF)");
                    break;
                case JpegMarker.App14 when Starts(source, segment, "Adobe"u8, AdobeLength):
                    plan.Replace(segment.Offset, segment.Length, Segment(JpegMarker.App14, source.Read(segment.Parameters, AdobeLength)),
                        "bytes after Adobe's colour transform");
                    break;
                case JpegMarker.Eoi when segment.Length == 0:
                    plan.Insert([0xFF, JpegMarker.Eoi]);
                    break;
                case >= JpegMarker.App0 and <= JpegMarker.App15:
                case JpegMarker.Com or JpegMarker.Fill or JpegMarker.Tem:
                case JpegMarker.Dnl when !keepsHeightMarker:
                    plan.Remove(JpegNames.Of(source, segment), segment.Length);
                    break;
                default:
                    plan.Keep(segment.Offset, segment.Length);
                    break;
            }
        }

        return (plan, indexAt);
    }

    // The first picture's tells of the parts, a gain map's has its parameters.
    private static byte[]? NewXmp(ByteSource source, JpegSegment segment, JpegParts? parts)
    {
        if (!Starts(source, segment, PartsXmp.Identifier))
            return null;
        return parts is null ? PartsXmp.OfGainMap(source.Read(segment.Parameters, segment.ParameterLength)) : parts.Xmp;
    }

    /// <summary>A whole segment of <paramref name="parameters"/>.</summary>
    internal static byte[] Segment(byte marker, ReadOnlySpan<byte> parameters)
    {
        var result = new byte[4 + parameters.Length];
        result[0] = 0xFF;
        result[1] = marker;
        BinaryPrimitives.WriteUInt16BigEndian(result.AsSpan(2), (ushort)(2 + parameters.Length));
        parameters.CopyTo(result.AsSpan(4));
        return result;
    }

    internal static bool Starts(ByteSource source, JpegSegment segment, ReadOnlySpan<byte> identifier, int atLeast = 0) =>
        segment.ParameterLength >= Math.Max(identifier.Length, atLeast)
            && source.Read(segment.Parameters, identifier.Length).SequenceEqual(identifier);

    // Version, density; the thumbnail (its size is the last two bytes) goes, with whatever follows.
    private static void KeepJfif(ByteSource source, JpegSegment segment, RewritePlan plan)
    {
        var bare = Segment(JpegMarker.App0, source.Read(segment.Parameters, JfifLength));
        bare[^1] = bare[^2] = 0;
        plan.Replace(segment.Offset, segment.Length, bare, "JFIF thumbnail");
    }

    // What stays of each Exif block. Of several some viewers read the first and some the last: where one of them turns the picture, all
    // stay, without their other tags. Viewers read Exif before the picture, never after it.
    private static Dictionary<long, byte[]> Orientations(ByteSource source, List<JpegSegment> segments)
    {
        var found = new Dictionary<long, byte[]>();
        var any = false;
        foreach (var segment in segments.TakeWhile(s => s.Marker != JpegMarker.Sos))
        {
            if (segment.Marker != JpegMarker.App1 || !Starts(source, segment, "Exif\0"u8, 6))
                continue;
            var orientation = ExifOrientation.Read(source.Read(segment.Parameters, segment.ParameterLength)[6..]);
            any |= orientation is not null;
            found[segment.Offset] = orientation?.ToExif("Exif\0\0"u8) ?? ExifOrientation.EmptyExif("Exif\0\0"u8);
        }

        return any ? found : [];
    }

    // A frame of height 0 gets its height from DNL after the first scan (T.81 B.2.5); elsewhere DNL says nothing.
    private static bool HeightComesLater(ByteSource source, List<JpegSegment> segments)
    {
        var frame = segments.First(s => JpegMarker.IsFrame(s.Marker));
        return BinaryPrimitives.ReadUInt16BigEndian(source.Read(frame.Parameters + 1, 2)) == 0;
    }
}
