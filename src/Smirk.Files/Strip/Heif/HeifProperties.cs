using System.Buffers.Binary;
using Smirk.Files.Strip.Boxes;

namespace Smirk.Files.Strip.Heif;

/// <summary>The properties of items (iprp): what decoding and display need stays. The others are told by their numbers in one list, so
/// that they leave an empty box behind.</summary>
internal static class HeifProperties
{
    // What decoders and viewers use (ISO/IEC 23008-12, 6.5; AV1 and Apple add a few). Those that only describe the picture aren't here.
    private static readonly HashSet<string> Needed =
    [
        "hvcC", "lhvC", "av1C", "avcC", "vvcC", "evcC", "jpgC", "j2kH", "uncC", "cmpd", "cmpC", "icef", "ispe", "pixi", "colr", "pasp",
        "clap", "irot", "imir", "auxC", "rloc", "lsel", "a1op", "a1lx", "oinf", "tols", "clli", "mdcv", "cclv", "amve", "reve", "ndwt",
        "ster", "cmin", "cmex", "rref", "iscl", "splz", "snuc", "hvtC", "tilC", "subs",
    ];

    /// <summary>The whole box anew.</summary>
    public static byte[] Write(
        HeifMeta meta, HeifChoice choice, Box box, StripOptions options, List<(string Name, long Bytes)> removed)
    {
        var content = meta.In(box);
        var parts = BoxReader.Read(content);
        var store = parts.Find(p => p.Name == "ipco") ?? throw new UnstrippableException("its properties (ipco) are missing");
        var stored = content.Slice((int)store.Content, (int)store.ContentLength);
        var properties = BoxReader.Read(stored);
        var essential = Essential(content, parts);
        var goes = new bool[properties.Count + 1];
        for (var i = 0; i < properties.Count; i++)
            goes[i + 1] = Goes(properties[i], stored, options) && (!essential.Contains(i + 1) || IsTurn(properties[i], options));

        List<byte> made = [];
        foreach (var part in parts)
        {
            if (part == store)
                made.AddRange(Store(stored, properties, goes, removed));
            else if (part.Name == "ipma")
                made.AddRange(Associations(content.Slice((int)part.Content, (int)part.ContentLength), choice, goes));
            else
                removed.Add(($"box {part.Name}", part.Length));
        }

        return BoxWriter.Make(box.Type, [.. made]);
    }

    private static bool Goes(Box property, ReadOnlySpan<byte> stored, StripOptions options)
    {
        if (!Needed.Contains(property.Name))
            return property.Name != "free";
        if (IsTurn(property, options))
            return true;
        var content = stored.Slice((int)property.Content, (int)property.ContentLength);
        return options.DropIcc && property.Name == "colr" && (content.StartsWith("prof"u8) || content.StartsWith("rICC"u8));
    }

    private static bool IsTurn(Box property, StripOptions options) => options.DropOrientation && property.Name is "irot" or "imir";

    private static string NameOf(Box property) => property.Name switch
    {
        "colr" => "ICC profile",
        "irot" or "imir" => "orientation",
        "udes" => "description",
        "altt" => "alternative text",
        "crtt" or "mdft" => "times",
        "uuid" => "private property",
        var name => $"property {name}",
    };

    private static byte[] Store(
        ReadOnlySpan<byte> stored, List<Box> properties, bool[] goes, List<(string Name, long Bytes)> removed)
    {
        List<byte> made = [];
        for (var i = 0; i < properties.Count; i++)
        {
            var property = properties[i];
            if (!goes[i + 1])
            {
                made.AddRange(stored.Slice((int)property.Offset, (int)property.Length));
                continue;
            }

            removed.Add((NameOf(property), property.Length - 8));
            made.AddRange(BoxWriter.Make(Box.TypeOf("free"u8), []));
        }

        return BoxWriter.Make(Box.TypeOf("ipco"u8), [.. made]);
    }

    // Decoders refuse an item with an essential property that they don't know: such a one changes what is shown.
    private static HashSet<int> Essential(ReadOnlySpan<byte> content, List<Box> parts)
    {
        var found = new HashSet<int>();
        foreach (var part in parts.Where(p => p.Name == "ipma"))
        {
            foreach (var (_, list) in Read(content.Slice((int)part.Content, (int)part.ContentLength)).Items)
                found.UnionWith(list.Where(a => a.Essential).Select(a => a.Property));
        }

        return found;
    }

    private static byte[] Associations(ReadOnlySpan<byte> content, HeifChoice choice, bool[] goes)
    {
        var (idSize, isLong, items) = Read(content);
        List<byte> made = [.. content[..4]];
        var kept = items.FindAll(i => choice.Kept.Contains(i.Id));
        made.Number(kept.Count, 4);
        foreach (var (id, list) in kept)
        {
            var staying = list.FindAll(a => a.Property >= goes.Length || !goes[a.Property]);
            made.Number(id, idSize);
            made.Number(staying.Count, 1);
            foreach (var (isEssential, property) in staying)
                made.Number(property | (isEssential ? isLong ? 0x8000 : 0x80 : 0), isLong ? 2 : 1);
        }

        return BoxWriter.Make(Box.TypeOf("ipma"u8), [.. made]);
    }

    private static (int IdSize, bool IsLong, List<(long Id, List<(bool Essential, int Property)> List)> Items) Read(
        ReadOnlySpan<byte> content)
    {
        var read = new BoxBytes(content);
        var head = BinaryPrimitives.ReadUInt32BigEndian(read.Take(4));
        var (idSize, isLong) = (head >> 24 == 0 ? 2 : 4, (head & 1) != 0);
        var items = new List<(long, List<(bool, int)>)>();
        for (var left = read.Number(4); left > 0; left--)
        {
            var id = read.Number(idSize);
            var list = new List<(bool, int)>();
            for (var more = read.Number(1); more > 0; more--)
            {
                var value = (int)read.Number(isLong ? 2 : 1);
                var mark = isLong ? 0x8000 : 0x80;
                list.Add(((value & mark) != 0, value & ~mark));
            }

            items.Add((id, list));
        }

        return (idSize, isLong, items);
    }
}
