using Smirk.Files.Strip.Containers;

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
