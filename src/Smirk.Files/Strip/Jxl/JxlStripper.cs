using Smirk.Files.Strip.Boxes;
using Smirk.Files.Strip.Containers;

namespace Smirk.Files.Strip.Jxl;

/// <summary>Which boxes of a JPEG XL file stay (ISO/IEC 18181-2): those of the codestream. A file that is a bare codestream has no place for
/// metadata.</summary>
internal static class JxlStripper
{
    /// <summary>Decides for every box.</summary>
    public static RewritePlan Plan(ByteSource source)
    {
        var plan = new RewritePlan(source);
        if (source.Read(0, 2).SequenceEqual((ReadOnlySpan<byte>)[0xFF, 0x0A]))
        {
            plan.Keep(0, source.Length);
            return plan;
        }

        var (boxes, end) = BoxReader.ReadFile(source);
        var codestreams = boxes.FindAll(b => b.Name is "jxlc" or "jxlp");
        if (codestreams.Count == 0 || (codestreams.Count > 1 && codestreams.Exists(b => b.Name == "jxlc")))
            throw new UnstrippableException("cut short: it has no codestream (jxlc, jxlp) or more than one");
        foreach (var box in boxes)
        {
            if (box.Name is "JXL" or "ftyp" or "jxll" or "jxli" or "jxlc" or "jxlp" or "jhgm")
                plan.Keep(box.Offset, box.Length);
            else
                plan.Remove(NameOf(source, box), box.Length);
        }

        // The last part of a codestream in parts says so: without it the picture may be cut short.
        if (codestreams[^1] is { Name: "jxlp" } last && (source.Read(last.Content, 4)[0] & 0x80) == 0)
            throw new UnstrippableException("cut short: the last part of its codestream isn't there");
        plan.Remove("bytes after the end", source.Length - end);
        return plan;
    }

    private static string NameOf(ByteSource source, Box box) => box.Name switch
    {
        "brob" => NameOf(Box.NameOf(Box.TypeOf(source.Read(box.Content, 4)))),
        var name => NameOf(name),
    };

    private static string NameOf(string type) => type switch
    {
        "Exif" => "Exif",
        "xml" => "XMP",
        "jumb" => "JUMBF (C2PA)",
        "jbrd" => "headers of the JPEG that it was made of",
        "free" or "skip" => "unused bytes",
        _ => $"box {type}",
    };
}
