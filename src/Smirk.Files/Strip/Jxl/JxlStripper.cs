using Smirk.Files.Strip.Boxes;
using Smirk.Files.Strip.Containers;
using Smirk.Files.Strip.Tags;

namespace Smirk.Files.Strip.Jxl;

/// <summary>Which boxes of a JPEG XL file stay (ISO/IEC 18181-2): those of the codestream. A file that is a bare codestream has no
/// place for metadata.</summary>
internal static class JxlStripper
{
    /// <summary>Decides for every box.</summary>
    public static RewritePlan Plan(ByteSource source, StripOptions options)
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
            else if (!options.Tags.IsSelective || !Choose(source, box, options, plan))
                plan.Remove(NameOf(source, box), box.Length);
        }

        // The last part of a codestream in parts says so: without it the picture may be cut short.
        if (codestreams[^1] is { Name: "jxlp" } last && (source.Read(last.Content, 4)[0] & 0x80) == 0)
            throw new UnstrippableException("cut short: the last part of its codestream isn't there");
        plan.Remove("bytes after the end", source.Length - end);
        return plan;
    }

    // Where not all metadata go: true for a box that stays, or for what is left of it.
    private static bool Choose(ByteSource source, Box box, StripOptions options, RewritePlan plan)
    {
        switch (box.Name)
        {
            case "Exif" when box.ContentLength > 4:
                var exif = BoxReader.ContentOf(source, box);
                return Edited(exif[4..], ExifEdit.Apply(exif.AsSpan(4), options), exif[..4]);
            case "xml":
                var xmp = BoxReader.ContentOf(source, box);
                return Edited(xmp, XmpEdit.Apply(xmp, options.Tags), []);
            case "brob":
                throw new UnstrippableException("its metadata are compressed (brob), of which no part can stay by itself");
            default:
                if (options.Tags.IsOnly)
                    plan.Keep(box.Offset, box.Length);
                return options.Tags.IsOnly;
        }

        bool Edited(byte[] old, byte[]? edited, byte[] prefix)
        {
            if (edited is null)
                return false;
            if (edited.AsSpan().SequenceEqual(old))
                plan.Keep(box.Offset, box.Length);
            else
                plan.Replace(box.Offset, box.Length, BoxWriter.Make(box.Type, [.. prefix, .. edited]), $"parts of {NameOf(box.Name)}");
            return true;
        }
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
