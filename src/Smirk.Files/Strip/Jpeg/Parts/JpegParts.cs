using Smirk.Files.Strip.Containers;
using Smirk.Imaging.Formats;

namespace Smirk.Files.Strip.Jpeg.Parts;

/// <summary>A part behind a JPEG's end, and what becomes of it.</summary>
/// <param name="Offset">Where it begins in the file.</param>
/// <param name="Length">Bytes that it has there.</param>
/// <param name="Name">What a person calls it.</param>
/// <param name="Kept">Its new bytes; null where it goes.</param>
/// <param name="Attribute">Its type in the index of pictures; 0 where it has none.</param>
internal sealed record JpegPart(long Offset, int Length, string Name, byte[]? Kept, uint Attribute)
{
    /// <summary>Whether it is the gain map of an HDR picture.</summary>
    public bool IsGainMap { get; init; }

    /// <summary>Whether it is a video.</summary>
    public bool IsVideo { get; init; }
}

/// <summary>What phones and cameras put behind a JPEG's end: gain maps and further views, which are picture and stay, without metadata of
/// their own; videos and previews, which go unless they are asked for.</summary>
internal sealed class JpegParts
{
    /// <summary>What a person calls the video.</summary>
    public const string VideoName = "video (Motion Photo)";

    // Looked through in memory; what has more behind its end is no photograph.
    private const int LongestTrailer = 200_000_000;

    private const uint Primary = 0x030000;

    private readonly uint _attribute;

    private JpegParts(IReadOnlyList<JpegPart> all, uint attribute, byte[] packet)
    {
        (All, _attribute) = (all, attribute);
        Xmp = PartsXmp.OfPrimary(packet, LengthOf(p => p.IsGainMap), LengthOf(p => p.IsVideo));
    }

    /// <summary>Nothing behind the end, or nothing that is looked at.</summary>
    public static JpegParts None { get; } = new([], Primary, []);

    /// <summary>All parts, in order.</summary>
    public IReadOnlyList<JpegPart> All { get; }

    /// <summary>The first picture's XMP; null for none.</summary>
    public byte[]? Xmp { get; }

    /// <summary>Whether a gain map stays.</summary>
    public bool KeepsGainMap => All.Any(p => p is { IsGainMap: true, Kept: not null });

    /// <summary>Whether further pictures stay, so that their index does, too.</summary>
    public bool KeepsPictures => All.Any(p => p is { IsVideo: false, Kept: not null });

    /// <summary>Looks behind the end.</summary>
    public static JpegParts Read(ByteSource source, List<JpegSegment> segments, StripOptions options)
    {
        var end = segments[^1].Offset + segments[^1].Length;
        if (end >= source.Length || source.Length - end > LongestTrailer)
            return None;
        var packet = segments.Find(s => s.Marker == JpegMarker.App1 && JpegStripper.Starts(source, s, PartsXmp.Identifier)) is { } xmp
            ? source.Read(xmp.Parameters, xmp.ParameterLength).ToArray() : [];
        var index = IndexOf(source, segments);
        var trailer = source.Read(end, (int)(source.Length - end)).ToArray();
        var parts = JpegTrailer.Read(trailer).Select(item => Decide(item, trailer, end, index, options)).ToList();
        return new JpegParts(parts, index.Count > 0 ? index[0].Attribute : Primary, packet);
    }

    /// <summary>The index of what stays.</summary>
    /// <param name="segment">Where it will begin in the file.</param>
    /// <param name="primary">Bytes that the first picture will have, the index among them.</param>
    public byte[] Index(long segment, long primary)
    {
        var pictures = new List<(uint Attribute, long Offset, long Length)> { (_attribute, 0, primary) };
        var at = primary;
        foreach (var part in All)
        {
            if (part is { Kept: { } kept, IsVideo: false })
                pictures.Add((part.Attribute, at, kept.Length));
            at += part.Kept?.Length ?? 0;
        }

        return PictureIndex.Write(segment, pictures);
    }

    /// <summary>Goes on with what stays of the parts.</summary>
    /// <param name="source">The file.</param>
    /// <param name="end">Where its first picture ends.</param>
    /// <param name="plan">What was decided up to there.</param>
    public void AddTo(ByteSource source, long end, RewritePlan plan)
    {
        var at = end;
        foreach (var part in All)
        {
            plan.Remove("bytes after the end", part.Offset - at);
            if (part.Kept is { } kept)
                plan.Replace(part.Offset, part.Length, kept, $"metadata of the {part.Name}");
            else
                plan.Remove(part.Name, part.Length);
            at = part.Offset + part.Length;
        }

        plan.Remove("bytes after the end", source.Length - at);
        plan.KeepsGainMap = KeepsGainMap;
    }

    private static List<IndexedPicture> IndexOf(ByteSource source, List<JpegSegment> segments) =>
        segments.Find(s => s.Marker == JpegMarker.App2 && JpegStripper.Starts(source, s, PictureIndex.Identifier)) is { } segment
            ? PictureIndex.Read(segment.Offset, source.Read(segment.Parameters, segment.ParameterLength)) : [];

    private static JpegPart Decide(
        TrailerItem item, byte[] trailer, long end, List<IndexedPicture> index, StripOptions options)
    {
        var (offset, bytes) = (end + item.Offset, trailer.AsMemory(item.Offset, item.Length));
        var indexed = index.Find(p => p.Offset == offset);
        return item.Kind switch
        {
            TrailerPart.GainMap => new JpegPart(
                offset, item.Length, "gain map", options.DropGainMap ? null : Stripped(bytes, options), indexed.Attribute)
            { IsGainMap = true },
            TrailerPart.Video => new JpegPart(
                offset, item.Length, VideoName, options.KeepMotion ? MotionVideo.Clean(bytes.Span) : null, 0)
            { IsVideo = true },
            _ when indexed.IsView => new JpegPart(
                offset, item.Length, "further view (MPO)", Stripped(bytes, options), indexed.Attribute),
            _ when indexed.IsPreview => new JpegPart(offset, item.Length, "preview (MPF)", null, 0),
            _ => new JpegPart(offset, item.Length, "further pictures after the end", null, 0),
        };
    }

    // A part is a JPEG of its own; one that can't be stripped goes.
    private static byte[]? Stripped(ReadOnlyMemory<byte> jpeg, StripOptions options)
    {
        try
        {
            return JpegStripper.PlanPart(new ByteSource(jpeg), options).ToArray();
        }
        catch (UnstrippableException)
        {
            return null;
        }
    }

    private long? LengthOf(Func<JpegPart, bool> wanted) => All.FirstOrDefault(p => wanted(p) && p.Kept is not null)?.Kept!.Length;
}
