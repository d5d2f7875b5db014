using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Smirk.Files.Strip.Jpeg.Parts;

/// <summary>The few properties of XMP that a viewer needs to show a gain map or play a Motion Photo, written anew: numbers and fixed words,
/// so that nothing else can be in them.</summary>
internal static class PartsXmp
{
    private const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private const string GainMap = "http://ns.adobe.com/hdr-gain-map/1.0/";
    private const string AppleGainMap = "http://ns.apple.com/HDRGainMap/1.0/";
    private const string ApplePixels = "http://ns.apple.com/pixeldatainfo/1.0/";
    private const string Container = "http://ns.google.com/photos/1.0/container/";
    private const string Item = "http://ns.google.com/photos/1.0/container/item/";
    private const string Camera = "http://ns.google.com/photos/1.0/camera/";
    private const string AppleType = "urn:com:apple:photo:2020:aux:hdrgainmap";

    // A number of a gain map has some ten digits.
    private const int LongestValue = 24;

    // Most numbers of one property: one a colour.
    private const int MostNumbers = 3;

    private static readonly (string Namespace, string Prefix, string Name)[] Parameters =
    [
        (GainMap, "hdrgm", "Version"), (GainMap, "hdrgm", "GainMapMin"), (GainMap, "hdrgm", "GainMapMax"), (GainMap, "hdrgm", "Gamma"),
        (GainMap, "hdrgm", "OffsetSDR"), (GainMap, "hdrgm", "OffsetHDR"), (GainMap, "hdrgm", "HDRCapacityMin"),
        (GainMap, "hdrgm", "HDRCapacityMax"), (GainMap, "hdrgm", "BaseRenditionIsHDR"), (AppleGainMap, "HDRGainMap", "HDRGainMapVersion"),
        (AppleGainMap, "HDRGainMap", "HDRGainMapHeadroom"), (ApplePixels, "apdi", "AuxiliaryImageType"),
        (ApplePixels, "apdi", "NativeFormat"), (ApplePixels, "apdi", "StoredFormat"),
    ];

    /// <summary>How an XMP segment begins.</summary>
    public static ReadOnlySpan<byte> Identifier => "http://ns.adobe.com/xap/1.0/\0"u8;

    /// <summary>A gain map's parameters and nothing else; null where the packet has none.</summary>
    public static byte[]? OfGainMap(ReadOnlySpan<byte> packet)
    {
        if (Read(packet) is not { } xmp)
            return null;
        var (attributes, elements, prefixes) = (new StringBuilder(), new StringBuilder(), new SortedDictionary<string, string>());
        foreach (var (space, prefix, name) in Parameters)
        {
            var values = ValuesOf(xmp, space, name);
            if (values.Count is 0 or > MostNumbers || !values.TrueForAll(IsHarmless))
                continue;
            prefixes[prefix] = space;
            if (values.Count == 1)
                attributes.Append($" {prefix}:{name}=\"{values[0]}\"");
            else
                elements.Append($"<{prefix}:{name}><rdf:Seq>{string.Concat(values.Select(v => $"<rdf:li>{v}</rdf:li>"))}</rdf:Seq>"
                    + $"</{prefix}:{name}>");
        }

        return prefixes.Count == 0 ? null : Packet(prefixes, attributes.ToString(), elements.ToString());
    }

    /// <summary>What the first picture's packet has to say of the parts behind it; null for nothing.</summary>
    /// <param name="packet">The packet that it had; empty for none.</param>
    /// <param name="gainMap">Bytes of the gain map that stays; null for none.</param>
    /// <param name="video">Bytes of the video that stays; null for none.</param>
    public static byte[]? OfPrimary(ReadOnlySpan<byte> packet, long? gainMap, long? video)
    {
        var xmp = Read(packet);
        var isUltraHdr = gainMap is not null && xmp is not null && ValuesOf(xmp, GainMap, "Version").Count > 0;
        if (!isUltraHdr && video is null)
            return null;
        var prefixes = new SortedDictionary<string, string> { ["Container"] = Container, ["Item"] = Item };
        var attributes = new StringBuilder();
        var items = new StringBuilder(ItemOf("Primary", "image/jpeg", null));
        if (isUltraHdr)
        {
            prefixes["hdrgm"] = GainMap;
            attributes.Append(" hdrgm:Version=\"1.0\"");
        }

        if (gainMap is not null)
            items.Append(ItemOf("GainMap", "image/jpeg", gainMap));
        if (video is not null)
        {
            prefixes["GCamera"] = Camera;
            var shown = xmp is not null && ValuesOf(xmp, Camera, "MotionPhotoPresentationTimestampUs") is [var time]
                && long.TryParse(time, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var at) ? at : -1;
            attributes.Append(CultureInfo.InvariantCulture, $" GCamera:MotionPhoto=\"1\" GCamera:MotionPhotoVersion=\"1\"");
            attributes.Append(CultureInfo.InvariantCulture, $" GCamera:MotionPhotoPresentationTimestampUs=\"{shown}\"");
            attributes.Append(CultureInfo.InvariantCulture,
                $" GCamera:MicroVideo=\"1\" GCamera:MicroVideoVersion=\"1\" GCamera:MicroVideoOffset=\"{video}\"");
            items.Append(ItemOf("MotionPhoto", "video/mp4", video));
        }

        return Packet(prefixes, attributes.ToString(), $"<Container:Directory><rdf:Seq>{items}</rdf:Seq></Container:Directory>");
    }

    private static string ItemOf(string semantic, string mime, long? length) =>
        $"<rdf:li rdf:parseType=\"Resource\"><Container:Item Item:Semantic=\"{semantic}\" Item:Mime=\"{mime}\""
            + (length is null ? "" : string.Create(CultureInfo.InvariantCulture, $" Item:Length=\"{length}\"")) + "/></rdf:li>";

    private static byte[] Packet(SortedDictionary<string, string> prefixes, string attributes, string content)
    {
        var spaces = string.Concat(prefixes.Select(p => $" xmlns:{p.Key}=\"{p.Value}\""));
        var text = $"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"{Rdf}\"><rdf:Description rdf:about=\"\"{spaces}{attributes}"
            + $">{content}</rdf:Description></rdf:RDF></x:xmpmeta>";
        return [.. Identifier, .. Encoding.UTF8.GetBytes(text)];
    }

    // The packet without its identifier and padding. What isn't XML says nothing.
    private static XDocument? Read(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty || !packet.StartsWith(Identifier))
            return null;
        try
        {
            var text = Encoding.UTF8.GetString(packet[Identifier.Length..]).Trim('\uFEFF', '\0', ' ', '\t', '\r', '\n');
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
            });
            return XDocument.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    // An attribute of a description, an element, or the items of a list in one.
    private static List<string> ValuesOf(XDocument xmp, string space, string name)
    {
        foreach (var description in xmp.Descendants(XName.Get("Description", Rdf)))
        {
            if (description.Attribute(XName.Get(name, space)) is { } attribute)
                return [attribute.Value.Trim()];
            if (description.Element(XName.Get(name, space)) is not { } element)
                continue;
            var items = element.Descendants(XName.Get("li", Rdf)).Select(li => li.Value.Trim()).ToList();
            return items.Count > 0 ? items : [element.Value.Trim()];
        }

        return [];
    }

    private static bool IsHarmless(string value) => value is "True" or "False" or AppleType
        || (value.Length <= LongestValue && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        || (value.Length == 4 && value.All(char.IsAsciiLetterOrDigit));
}
