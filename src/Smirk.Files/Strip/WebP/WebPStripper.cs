using System.Buffers.Binary;
using Smirk.Files.Strip.Containers;

namespace Smirk.Files.Strip.WebP;

/// <summary>Which chunks of a WebP stay, with the flags and the sizes that then are right.</summary>
internal static class WebPStripper
{
    /// <summary>Decides for every chunk.</summary>
    public static RewritePlan Plan(ByteSource source, StripOptions options)
    {
        var chunks = WebPReader.Read(source);
        var layout = new WebPLayout(source, chunks, options);
        var body = new RewritePlan(source);
        foreach (var chunk in chunks)
            Decide(source, chunk, layout, options, body);

        var plan = new RewritePlan(source);
        plan.Keep(0, 4);
        plan.Correct(4, LittleEndian(4 + body.Length));
        plan.Keep(8, 4);
        plan.Append(body);
        var end = chunks[^1].Offset + chunks[^1].Length;
        plan.Remove("bytes after the end", source.Length - end);
        return plan;
    }

    private static void Decide(ByteSource source, WebPChunk chunk, WebPLayout layout, StripOptions options, RewritePlan body)
    {
        switch (layout.Allows(chunk))
        {
            case true when chunk.Type == WebPType.Extended:
                var header = source.Read(chunk.Offset, 18).ToArray();
                (header[8], header[9], header[10], header[11]) = (layout.Flags, 0, 0, 0);
                body.Correct(chunk.Offset, header);
                break;
            case true when chunk.Type == WebPType.Exif:
                body.Replace(chunk.Offset, chunk.Length, Chunk(WebPType.Exif, layout.Exif),
                    options.Tags.IsSelective ? "parts of Exif" : "Exif");
                break;
            case true when chunk.Type == WebPType.Xmp:
                body.Replace(chunk.Offset, chunk.Length, Chunk(WebPType.Xmp, layout.Xmp), "parts of XMP");
                break;
            case true when chunk.Type == WebPType.ColourProfile && layout.ProfileLength < chunk.DataLength:
                body.Replace(chunk.Offset, chunk.Length, Chunk(WebPType.ColourProfile, source.Read(chunk.Data, (int)layout.ProfileLength)),
                    "bytes after the ICC profile");
                break;
            case true when chunk.Type == WebPType.Frame:
                KeepFrame(source, chunk, body);
                break;
            case true:
                Keep(source, chunk, body);
                break;
            case false when options.Tags.IsOnly && chunk.Type is not (WebPType.Exif or WebPType.Xmp or WebPType.ColourProfile):
                Keep(source, chunk, body);
                break;
            case false:
                body.Remove(Name(chunk.Type), chunk.Length);
                break;
        }
    }

    // A frame is 16 bytes (place, size, time) and chunks of its own.
    private static void KeepFrame(ByteSource source, WebPChunk frame, RewritePlan plan)
    {
        const int HeaderLength = 16;
        if (frame.DataLength < HeaderLength)
            throw new UnstrippableException(
                $"the frame at byte {frame.Offset} has {frame.DataLength} bytes, at least {HeaderLength} are expected");
        var inner = new RewritePlan(source);
        var hasPicture = false;
        foreach (var chunk in WebPReader.ReadChunks(source, frame.Data + HeaderLength, frame.Data + frame.DataLength))
        {
            if (!hasPicture && chunk.Type is WebPType.Lossy or WebPType.Lossless or WebPType.Alpha)
                Keep(source, chunk, inner);
            else
                inner.Remove(Name(chunk.Type), chunk.Length);
            hasPicture |= chunk.Type is WebPType.Lossy or WebPType.Lossless;
        }

        if (!hasPicture)
            throw new UnstrippableException($"the frame at byte {frame.Offset} has no picture data");
        plan.Keep(frame.Offset, 4);
        plan.Correct(frame.Offset + 4, LittleEndian(HeaderLength + inner.Length));
        plan.Keep(frame.Data, HeaderLength);
        plan.Append(inner);
        KeepPadding(source, frame with { DataLength = HeaderLength + inner.Length }, frame, plan);
    }

    private static void Keep(ByteSource source, WebPChunk chunk, RewritePlan plan)
    {
        plan.Keep(chunk.Offset, 8 + chunk.DataLength);
        KeepPadding(source, chunk, chunk, plan);
    }

    // The padding byte after an odd number of bytes is 0, whatever was there.
    private static void KeepPadding(ByteSource source, WebPChunk written, WebPChunk read, RewritePlan plan)
    {
        if (written.DataLength % 2 == 0)
            return;
        if (read.Length > 8 + read.DataLength)
            plan.Correct(read.Data + read.DataLength, [0]);
        else
            plan.Insert([0]);
    }

    private static byte[] Chunk(uint type, ReadOnlySpan<byte> data)
    {
        var result = new byte[8 + data.Length + (data.Length & 1)];
        BinaryPrimitives.WriteUInt32LittleEndian(result, type);
        BinaryPrimitives.WriteInt32LittleEndian(result.AsSpan(4), data.Length);
        data.CopyTo(result.AsSpan(8));
        return result;
    }

    private static byte[] LittleEndian(long value)
    {
        var result = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(result, checked((uint)value));
        return result;
    }

    private static string Name(uint type) => type switch
    {
        WebPType.Exif => "Exif",
        WebPType.Xmp => "XMP",
        WebPType.ColourProfile => "ICC profile",
        _ => $"chunk {WebPType.Letters(type)}",
    };
}
