using Smirk.Files.Strip.Containers;
using Smirk.Files.Strip.Tags;

namespace Smirk.Files.Strip.Gif;

/// <summary>Which blocks of a GIF stay: the screen, the pictures, what controls each, and how often the animation repeats.</summary>
internal static class GifStripper
{
    // Introducer, label, size, four bytes, end.
    private const int GraphicControlLength = 8;

    /// <summary>Decides for every block.</summary>
    public static RewritePlan Plan(ByteSource source, StripOptions options)
    {
        _ = options; // A GIF has neither profile nor orientation.
        var blocks = GifReader.Read(source);
        var plan = new RewritePlan(source);
        var hasLoop = false;
        GifBlock? control = null;
        foreach (var block in blocks)
        {
            switch (block.Kind)
            {
                case GifBlockKind.GraphicControl:
                    // Viewers that don't draw text apply the last one before a picture, whatever stands between.
                    if (control is { } unused)
                        plan.Remove("unused graphic control", unused.Length);
                    control = block;
                    break;
                case GifBlockKind.Image:
                    if (control is { } used)
                        KeepControl(source, used, plan);
                    control = null;
                    plan.Keep(block.Offset, block.Length);
                    break;
                case GifBlockKind.Loop when !hasLoop && LoopCount(source, block) is { } count:
                    hasLoop = true;
                    plan.Replace(block.Offset, block.Length, [0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, (byte)count, (byte)(count >> 8), 0],
                        "application block");
                    break;
                case GifBlockKind.Trailer when block.Length == 0:
                    plan.Insert([0x3B]);
                    break;
                case GifBlockKind.Screen or GifBlockKind.Trailer:
                    plan.Keep(block.Offset, block.Length);
                    break;
                case GifBlockKind.Comment when !options.Tags.Goes(TagKind.Comment):
                case GifBlockKind.Xmp when !XmpGoes(source, block, options.Tags):
                case GifBlockKind.PlainText or GifBlockKind.Application or GifBlockKind.Unknown when options.Tags.IsOnly:
                    plan.Keep(block.Offset, block.Length);
                    break;
                default:
                    plan.Remove(Name(block.Kind), block.Length);
                    break;
            }
        }

        if (control is { } last)
            plan.Remove("unused graphic control", last.Length);
        var end = blocks[^1].Offset + blocks[^1].Length;
        plan.Remove("bytes after the end", source.Length - end);
        return plan;
    }

    // The packet stands there as it is, after the extension's name and before 258 bytes that let a reader of sub-blocks find the end.
    private static bool XmpGoes(ByteSource source, GifBlock block, TagChoice tags)
    {
        const int NameLength = 14;
        const int EndLength = 258;
        if (!tags.IsSelective)
            return true;
        if (block.Length <= NameLength + EndLength || block.Length > 64 << 20)
            throw new UnstrippableException("its XMP can't be read, so no part of it can stay by itself");
        var packet = source.Read(block.Offset + NameLength, (int)block.Length - NameLength - EndLength).ToArray();
        return XmpEdit.Apply(packet, tags) is not { } edited || (edited.AsSpan().SequenceEqual(packet) ? false
            : throw new UnstrippableException("of XMP in a GIF no part can stay by itself"));
    }

    private static void KeepControl(ByteSource source, GifBlock control, RewritePlan plan)
    {
        byte[] bare = [.. source.Read(control.Offset, GraphicControlLength - 1), 0];
        plan.Replace(control.Offset, control.Length, bare, "bytes in graphic control");
    }

    // The sub-block that begins with 1 (its low three bits, as browsers read it) has the count; another one tells how much to buffer.
    private static int? LoopCount(ByteSource source, GifBlock block)
    {
        for (var at = block.Offset + 14; source.Read(at, 1)[0] is > 0 and var length; at += 1 + length)
        {
            var data = source.Read(at + 1, length);
            if (length >= 3 && (data[0] & 7) == 1)
                return data[1] | (data[2] << 8);
        }

        return null;
    }

    private static string Name(GifBlockKind kind) => kind switch
    {
        GifBlockKind.Comment => "comment",
        GifBlockKind.PlainText => "text",
        GifBlockKind.Xmp => "XMP",
        GifBlockKind.Unknown => "unknown extension",
        _ => "application block",
    };
}
