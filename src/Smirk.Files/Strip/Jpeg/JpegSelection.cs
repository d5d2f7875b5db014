using Smirk.Files.Strip.Containers;
using Smirk.Files.Strip.Tags;

namespace Smirk.Files.Strip.Jpeg;

/// <summary>Decides for the segments of metadata of a JPEG where not all of them go.</summary>
internal sealed class JpegSelection(ByteSource source, StripOptions options)
{
    private const int MostInSegment = 65_533;
    private static readonly byte[] ExifStart = [.. "Exif\0\0"u8];
    private static readonly byte[] XmpStart = [.. "http://ns.adobe.com/xap/1.0/\0"u8];

    private readonly TagChoice _tags = options.Tags;
    private bool _hasJfif;

    /// <summary>Keeps, edits or removes a segment; false where it is none of metadata.</summary>
    public bool Decide(JpegSegment segment, RewritePlan plan)
    {
        if (!_tags.IsSelective)
            return false;
        switch (segment.Marker)
        {
            case JpegMarker.App1 when JpegStripper.Starts(source, segment, "Exif\0"u8, 6):
                Edit(segment, plan, ExifStart, body => ExifEdit.Apply(body, options));
                return true;
            case JpegMarker.App1 when JpegStripper.Starts(source, segment, XmpStart):
                Edit(segment, plan, XmpStart, body => XmpEdit.Apply(body, _tags));
                return true;
            case JpegMarker.App1 when JpegStripper.Starts(source, segment, "http://ns.adobe.com/"u8):
                // Parts of a packet that is too long for one segment, which can't be read one by one.
                return Choose(!_tags.IsOnly && !_tags.Goes(TagKind.Xmp), segment, plan);
            case JpegMarker.App13:
                return Choose(!_tags.Goes(TagKind.Iptc), segment, plan);
            case JpegMarker.Com:
                return Choose(!_tags.Goes(TagKind.Comment), segment, plan);
            case JpegMarker.App0 when !_hasJfif && JpegStripper.Starts(source, segment, "JFIF\0"u8):
                _hasJfif = true;
                return _tags.IsOnly && Choose(!_tags.Goes(TagKind.Thumbnail), segment, plan, orElse: false);
            case JpegMarker.App0:
                return _tags.IsOnly && Choose(!_tags.Goes(TagKind.Thumbnail), segment, plan);
            case JpegMarker.App2 when JpegStripper.Starts(source, segment, "ICC_PROFILE\0"u8):
            case JpegMarker.App14 when JpegStripper.Starts(source, segment, "Adobe"u8):
                return false;
            case >= JpegMarker.App0 and <= JpegMarker.App15:
                return _tags.IsOnly && Choose(true, segment, plan);
            default:
                return false;
        }
    }

    private bool Choose(bool stays, JpegSegment segment, RewritePlan plan, bool orElse = true)
    {
        if (stays)
            plan.Keep(segment.Offset, segment.Length);
        else if (orElse)
            plan.Remove(JpegNames.Of(source, segment), segment.Length);
        return stays || orElse;
    }

    private delegate byte[]? Editing(ReadOnlySpan<byte> body);

    private void Edit(JpegSegment segment, RewritePlan plan, byte[] prefix, Editing edit)
    {
        var start = prefix.Length;
        var body = source.Read(segment.Parameters + start, segment.ParameterLength - start).ToArray();
        var name = JpegNames.Of(source, segment);
        if (edit(body) is not { } edited)
            plan.Remove(name, segment.Length);
        else if (edited.AsSpan().SequenceEqual(body))
            plan.Keep(segment.Offset, segment.Length);
        else if (prefix.Length + edited.Length > MostInSegment)
            throw new UnstrippableException($"what is to stay of its {name} no longer fits into a segment");
        else
            plan.Replace(segment.Offset, segment.Length, JpegStripper.Segment(segment.Marker, [.. prefix, .. edited]), $"parts of {name}");
    }
}
