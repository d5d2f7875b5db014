using System.Buffers.Binary;
using Smirk.Files.Strip.Containers;
using Smirk.Imaging.Writing;

namespace Smirk.Files.Strip.Png;

/// <summary>Which chunks of a PNG or APNG stay: those on a list of what decoding and display need, once each and of their right
/// length.</summary>
internal static class PngStripper
{
    // An Exif block is a few KB, 64 at most in a JPEG; this is plenty.
    private const int MostExif = 1 << 20;

    /// <summary>Decides for every chunk.</summary>
    public static RewritePlan Plan(ByteSource source, StripOptions options)
    {
        var chunks = PngReader.Read(source);
        var plan = new RewritePlan(source);
        var rules = new PngRules(source, chunks, options);
        var hasOrientation = options.DropOrientation;
        var selection = new PngSelection(source, options);
        plan.Keep(0, PngReader.SignatureLength);
        foreach (var chunk in chunks)
        {
            if (selection.Decide(chunk, plan, Name(source, chunk)))
                continue;
            if (chunk.Type == PngType.ColourProfile && rules.Allows(chunk))
            {
                PngColourProfile.Decide(source, chunk, plan);
            }
            else if (chunk.Type == PngType.Exif && !hasOrientation
                && ExifOrientation.Read(source.Read(chunk.Data, Math.Min(MostExif, chunk.DataLength))) is { } orientation)
            {
                hasOrientation = true;
                plan.Replace(chunk.Offset, chunk.Length, Chunk(PngType.Exif, orientation.ToExif([])), "Exif");
            }
            else if (chunk.IsMissing)
            {
                plan.Insert(Chunk(chunk.Type, []));
            }
            else if (rules.Allows(chunk))
            {
                plan.Keep(chunk.Offset, chunk.Length);
            }
            else if (options.Tags.IsOnly)
            {
                plan.Keep(chunk.Offset, chunk.Length);
            }
            else
            {
                plan.Remove(Name(source, chunk), chunk.Length);
            }
        }

        var end = chunks[^1].Offset + chunks[^1].Length;
        if (options.Tags.IsOnly)
            plan.Keep(end, source.Length - end);
        else
            plan.Remove("bytes after the end", source.Length - end);
        return plan;
    }

    /// <summary>A whole chunk of <paramref name="data"/>.</summary>
    internal static byte[] Chunk(uint type, ReadOnlySpan<byte> data)
    {
        Span<byte> letters = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(letters, type);
        return PngChunks.Of(letters, data);
    }

    private static string Name(ByteSource source, PngChunk chunk) => chunk.Type switch
    {
        PngType.Exif => "Exif",
        PngType.Time => "time",
        PngType.ContentCredentials => "C2PA",
        PngType.ColourProfile => "ICC profile",
        PngType.InternationalText when StartsWith("XML:com.adobe.xmp\0"u8, source, chunk) => "XMP",
        PngType.Text or PngType.CompressedText when StartsWith("Raw profile type "u8, source, chunk) => "raw profile in text",
        PngType.Text or PngType.CompressedText or PngType.InternationalText => "text",
        _ => $"chunk {PngType.Letters(chunk.Type)}",
    };

    private static bool StartsWith(ReadOnlySpan<byte> keyword, ByteSource source, PngChunk chunk) =>
        chunk.DataLength >= keyword.Length && source.Read(chunk.Data, keyword.Length).SequenceEqual(keyword);
}
