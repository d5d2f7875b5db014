using Smirk.Files.Strip.Boxes;
using Smirk.Files.Strip.Containers;
using Smirk.Files.Strip.Gif;
using Smirk.Files.Strip.Jpeg;
using Smirk.Files.Strip.Jxl;
using Smirk.Files.Strip.Png;
using Smirk.Files.Strip.Tiff;
using Smirk.Files.Strip.WebP;
using Smirk.Imaging.Formats;

namespace Smirk.Files.Strip;

/// <summary>Removes metadata without touching a pixel: the container is rewritten (in TIFF edited where it is), nothing is encoded
/// again.</summary>
public static class MetadataStripper
{
    /// <summary>Strips one picture. Never throws for what is in <paramref name="bytes"/>: what can't be stripped is refused with the
    /// reason. Thread-safe.</summary>
    public static StripOutcome Strip(ReadOnlyMemory<byte> bytes, StripOptions? options = null)
    {
        var (format, plan, reason) = Decide(new ByteSource(bytes), options ?? StripOptions.Default);
        if (plan is null)
            return new StripOutcome(StripStatus.Refused, reason, format, [], bytes);
        return plan.ChangesNothing
            ? new StripOutcome(StripStatus.Clean, null, format, [], bytes)
            : new StripOutcome(StripStatus.Stripped, null, format, plan.Removed, plan.ToArray());
    }

    /// <summary>What would become of a picture: a plan, or null and the reason why there can't be one.</summary>
    internal static (StripFormat Format, RewritePlan? Plan, string? Reason) Decide(ByteSource source, StripOptions options)
    {
        var format = StripFormat.Unknown;
        try
        {
            var head = source.Length == 0 ? [] : source.Ahead(0, FormatSniffer.HeadLength);
            format = StripFormats.Of(head);
            if (format == StripFormat.Unknown)
                return (format, null, $"it is {FormatSniffer.Describe(head)}");
            RewritePlan? plan = format switch
            {
                StripFormat.Jpeg => JpegStripper.Plan(source, options),
                StripFormat.Png => PngStripper.Plan(source, options),
                StripFormat.WebP => WebPStripper.Plan(source, options),
                StripFormat.Gif => GifStripper.Plan(source, options),
                StripFormat.Heic or StripFormat.Avif or StripFormat.Mp4 or StripFormat.Mov => BoxStripper.Plan(source, format, options),
                StripFormat.Jxl => JxlStripper.Plan(source, options),
                StripFormat.Tiff => TiffStripper.Plan(source, options),
                _ => null,
            };
            return (format, plan,
                plan is null ? $"{format.ToString().ToUpperInvariant()} can't be stripped; {StripFormats.Known} can" : null);
        }
        catch (UnstrippableException refused)
        {
            return (format, null, refused.Message);
        }
    }
}
