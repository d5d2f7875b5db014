using System.Buffers.Binary;
using Smirk.Files.Strip.Containers;
using Smirk.Imaging.Endings;

namespace Smirk.Files.Strip.Jpeg;

/// <summary>Takes a JPEG file apart into its segments, and refuses what isn't whole (ITU-T T.81, annex B).</summary>
internal static class JpegReader
{
    // Progressive files have tens of segments, a large ICC profile or MPF 255.
    private const int MostSegments = 100_000;

    // Looking for the end of a picture without EOI takes all of the file in memory.
    private const int LongestWithoutEnd = 200_000_000;

    /// <summary>The segments from SOI to the first EOI, in order and without gaps. Where the file has no EOI although its picture is whole,
    /// the last segment is one of no bytes.</summary>
    public static List<JpegSegment> Read(ByteSource source)
    {
        var segments = new List<JpegSegment> { new(JpegMarker.Soi, 0, 2, 0) };
        try
        {
            Read(source, segments);
        }
        catch (UnstrippableException) when (segments.Exists(s => JpegMarker.IsFrame(s.Marker)) && source.Length <= LongestWithoutEnd)
        {
            if (PictureEnd.Find(source.Read(0, (int)source.Length)) is not { } end)
                throw;
            EndAt(source, end.Kept, segments);
        }

        return segments;
    }

    private static void Read(ByteSource source, List<JpegSegment> segments)
    {
        if (!source.Read(0, 2).SequenceEqual((ReadOnlySpan<byte>)[0xFF, JpegMarker.Soi]))
            throw new UnstrippableException("it doesn't begin with SOI (FF D8)");
        var (at, hasFrame, hasScan) = (2L, false, false);
        while (true)
        {
            at = SkipFill(source, at, segments);
            var segment = ReadSegment(source, at);
            if (JpegMarker.IsFrame(segment.Marker))
            {
                if (hasFrame)
                    throw new UnstrippableException($"a second frame header at byte {at}");
                hasFrame = true;
            }

            if (segment.Marker == JpegMarker.Sos)
            {
                if (!hasFrame)
                    throw new UnstrippableException($"a scan at byte {at} before any frame header");
                hasScan = true;
                segment = segment with { Length = ScanEnd(source, at + segment.Length) - at };
            }

            if (segments.Count == MostSegments)
                throw new UnstrippableException($"more than {MostSegments} segments, which no real picture has");
            segments.Add(segment);
            at += segment.Length;
            if (segment.Marker != JpegMarker.Eoi)
                continue;
            if (!hasScan)
                throw new UnstrippableException("no picture data before EOI");
            return;
        }
    }

    // The picture ends in a scan: the one that was begun last, or the last one that was read in full.
    private static void EndAt(ByteSource source, long end, List<JpegSegment> segments)
    {
        segments.RemoveAll(s => s.Offset >= end);
        if (segments[^1].Offset + segments[^1].Length is var next && next < end)
        {
            next = SkipFill(source, next, segments);
            segments.Add(ReadSegment(source, next));
        }

        segments[^1] = segments[^1] with { Length = end - segments[^1].Offset };
        segments.Add(new JpegSegment(JpegMarker.Eoi, end, 0, 0));
    }

    private static long SkipFill(ByteSource source, long at, List<JpegSegment> segments)
    {
        // What stands where a marker should is passed over, as decoders do, and is no part of the picture.
        var start = at;
        while (source.Read(at, 2) is var head && (head[0] != 0xFF || head[1] is 0xFF or 0x00))
            at++;

        if (at > start)
            segments.Add(new JpegSegment(JpegMarker.Fill, start, at - start, 0));
        return at;
    }

    private static JpegSegment ReadSegment(ByteSource source, long at)
    {
        var marker = source.Read(at, 2)[1];
        if (marker is JpegMarker.Eoi or JpegMarker.Tem)
            return new JpegSegment(marker, at, 2, 0);
        var known = marker is JpegMarker.Dht or JpegMarker.Dac or (>= JpegMarker.Sos and <= JpegMarker.Dri)
            or (>= JpegMarker.App0 and <= JpegMarker.App15) or JpegMarker.Com
            || (JpegMarker.IsFrame(marker) && !JpegMarker.IsDifferentialFrame(marker));
        if (!known)
            throw new UnstrippableException(WhyUnknown(marker, at));
        var length = BinaryPrimitives.ReadUInt16BigEndian(source.Read(at + 2, 2));
        if (length < 2)
            throw new UnstrippableException($"the segment FF {marker:X2} at byte {at} claims {length} bytes, the least is 2");
        if (at + 2 + length > source.Length)
            throw new UnstrippableException(
                $"cut short: the segment FF {marker:X2} at byte {at} claims {length} bytes, {source.Length - at - 2} are left");
        var segment = new JpegSegment(marker, at, 2 + length, length - 2);
        if (!JpegTables.Fit(marker, source.Read(segment.Parameters, segment.ParameterLength)))
            throw new UnstrippableException($"the segment FF {marker:X2} at byte {at} has {length} bytes, which doesn't fit what is in it");
        return segment;
    }

    private static string WhyUnknown(byte marker, long at) => marker switch
    {
        JpegMarker.Soi => $"a second SOI (FF D8) at byte {at} inside the picture",
        0xF7 or 0xF8 => "it is JPEG-LS, which strip doesn't know",
        0xDE or 0xDF => "it is a hierarchical JPEG, which strip doesn't know",
        _ when JpegMarker.IsDifferentialFrame(marker) => "it is a hierarchical JPEG, which strip doesn't know",
        >= JpegMarker.Rst0 and <= JpegMarker.Rst7 => $"a restart marker at byte {at} outside of any scan",
        _ => $"the segment FF {marker:X2} at byte {at} is none that JPEG has",
    };

    // Coded data ends at the first FF that isn't followed by 00 (a stuffed FF), a restart marker, or fill before one of those.
    private static long ScanEnd(ByteSource source, long at)
    {
        while (true)
        {
            if (at >= source.Length)
                throw new UnstrippableException($"cut short: no EOI (FF D9) at the end of its {source.Length} bytes");
            var seen = source.Ahead(at);
            var next = seen.IndexOf((byte)0xFF);
            if (next < 0)
            {
                at += seen.Length;
                continue;
            }

            at += next;
            var after = at + 1;
            while (after < source.Length && source.Ahead(after)[0] == 0xFF)
                after++;
            if (after >= source.Length)
                throw new UnstrippableException($"cut short: no EOI (FF D9) at the end of its {source.Length} bytes");
            if (source.Ahead(after)[0] is not (0x00 or (>= JpegMarker.Rst0 and <= JpegMarker.Rst7)))
                return at;
            at = after + 1;
        }
    }
}
