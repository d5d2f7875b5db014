using System.IO.Compression;
using Smirk.Files.Strip.Containers;
using Smirk.Files.Strip.Tags;

namespace Smirk.Files.Strip.Png;

/// <summary>Decides for the chunks of metadata of a PNG where not all of them go.</summary>
internal sealed class PngSelection(ByteSource source, StripOptions options)
{
    private const int MostText = 64 << 20;
    private static readonly byte[] XmpKeyword = [.. "XML:com.adobe.xmp\0"u8];

    private readonly TagChoice _tags = options.Tags;

    /// <summary>Keeps, edits or removes a chunk called <paramref name="name"/>; false where it is none of metadata.</summary>
    public bool Decide(PngChunk chunk, RewritePlan plan, string name)
    {
        if (!_tags.IsSelective)
            return false;
        switch (chunk.Type)
        {
            case PngType.Exif:
                Edit(chunk, plan, name, body => ExifEdit.Apply(body, options));
                return true;
            case PngType.InternationalText when name == "XMP":
                Edit(chunk, plan, name, EditXmp);
                return true;
            case PngType.Time:
                Choose(!_tags.Goes(TagKind.Time), chunk, plan, name);
                return true;
            case PngType.Text or PngType.CompressedText when name == "raw profile in text":
                // Exif, IPTC or XMP in hexadecimal digits, of which no part can stay by itself.
                Choose(false, chunk, plan, name);
                return true;
            case PngType.Text or PngType.CompressedText or PngType.InternationalText:
                Choose(!_tags.Goes(TagKind.Comment), chunk, plan, name);
                return true;
            default:
                return false;
        }
    }

    private static void Choose(bool stays, PngChunk chunk, RewritePlan plan, string name)
    {
        if (stays)
            plan.Keep(chunk.Offset, chunk.Length);
        else
            plan.Remove(name, chunk.Length);
    }

    private void Edit(PngChunk chunk, RewritePlan plan, string name, Func<byte[], byte[]?> edit)
    {
        if (chunk.DataLength > MostText)
            throw new UnstrippableException($"its {name} has {chunk.DataLength} bytes");
        var body = source.Read(chunk.Data, chunk.DataLength).ToArray();
        if (edit(body) is not { } edited)
            plan.Remove(name, chunk.Length);
        else if (edited.AsSpan().SequenceEqual(body))
            plan.Keep(chunk.Offset, chunk.Length);
        else
            plan.Replace(chunk.Offset, chunk.Length, PngStripper.Chunk(chunk.Type, edited), $"parts of {name}");
    }

    // Keyword, whether and how it is compressed, language, translated keyword, text.
    private byte[]? EditXmp(byte[] body)
    {
        var at = XmpKeyword.Length + 2;
        for (var texts = 0; texts < 2; texts++)
        {
            var end = body.AsSpan(Math.Min(at, body.Length)).IndexOf((byte)0);
            if (end < 0)
                return null;
            at += end + 1;
        }

        var packed = body[XmpKeyword.Length] == 1;
        var text = packed ? Inflate(body.AsSpan(at)) : body[at..];
        if (XmpEdit.Apply(text, _tags) is not { } edited)
            return null;
        return edited.AsSpan().SequenceEqual(text) ? body : [.. XmpKeyword, 0, 0, 0, 0, .. edited];
    }

    private static byte[] Inflate(ReadOnlySpan<byte> packed)
    {
        try
        {
            using var from = new ZLibStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
            using var to = new MemoryStream();
            var buffer = new byte[1 << 16];
            for (int read; (read = from.Read(buffer)) > 0; to.Write(buffer, 0, read))
            {
                if (to.Length > MostText)
                    throw new UnstrippableException("its XMP unpacks to more than anybody writes");
            }

            return to.ToArray();
        }
        catch (InvalidDataException)
        {
            throw new UnstrippableException("its XMP can't be unpacked, so no part of it can stay by itself");
        }
    }
}
