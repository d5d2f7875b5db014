using Smirk.Files.Strip.Containers;

namespace Smirk.Files.Strip.Jpeg;

/// <summary>The ICC profile of a JPEG, cut into APP2 segments that are numbered from 1 (ICC.1:2022, B.4).</summary>
internal sealed class JpegColourProfile
{
    // "ICC_PROFILE\0", the number, how many there are.
    private const int PrefixLength = 14;

    private readonly ByteSource _source;
    private readonly Dictionary<long, int> _keptBytes = [];
    private readonly string _whyDropped = "ICC profile";

    /// <summary>Looks at all the segments: a profile is kept whole or not at all.</summary>
    public JpegColourProfile(ByteSource source, List<JpegSegment> segments, StripOptions options)
    {
        _source = source;
        var parts = segments.FindAll(IsProfile);
        if (parts.Count == 0 || options.DropIcc)
            return;

        // Decoders use no profile of which a part is missing, there twice, or numbered otherwise.
        _whyDropped = "broken ICC profile";
        parts.Sort((a, b) => Number(a).CompareTo(Number(b)));
        for (var i = 0; i < parts.Count; i++)
        {
            if (Number(parts[i]) != i + 1 || source.Read(parts[i].Parameters + 13, 1)[0] != parts.Count)
                return;
        }

        var present = 0L;
        foreach (var part in parts)
            present += part.ParameterLength - PrefixLength;
        var head =
            source.Read(parts[0].Parameters + PrefixLength, Math.Min(IccProfile.HeaderLength, parts[0].ParameterLength - PrefixLength));
        if (IccProfile.Length(head, present) is not { } length)
            return;
        foreach (var part in parts)
        {
            var kept = (int)Math.Min(length, part.ParameterLength - PrefixLength);
            _keptBytes[part.Offset] = kept;
            length -= kept;
        }
    }

    /// <summary>Keeps or removes a segment of the profile; false when it is of something else.</summary>
    public bool Decide(JpegSegment segment, RewritePlan plan)
    {
        if (!IsProfile(segment))
            return false;
        if (_keptBytes.TryGetValue(segment.Offset, out var kept))
            plan.Replace(segment.Offset, segment.Length, JpegStripper.Segment(
                JpegMarker.App2, _source.Read(segment.Parameters, PrefixLength + kept)), "bytes after the ICC profile");
        else
            plan.Remove(_whyDropped, segment.Length);
        return true;
    }

    private bool IsProfile(JpegSegment segment) =>
        segment.Marker == JpegMarker.App2 && JpegStripper.Starts(_source, segment, "ICC_PROFILE\0"u8, PrefixLength);

    private byte Number(JpegSegment part) => _source.Read(part.Parameters + 12, 1)[0];
}
