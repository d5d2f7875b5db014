using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Smirk.Files.Strip.Tags;

/// <summary>Takes properties out of a packet of XMP.</summary>
internal static class XmpEdit
{
    private const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    /// <summary>The packet without what goes; the very same bytes where nothing does, null where nothing is left.</summary>
    /// <exception cref="UnstrippableException">It can't be read, so that nothing can be told of what is in it.</exception>
    public static byte[]? Apply(ReadOnlySpan<byte> packet, TagChoice tags)
    {
        if (tags.Goes(TagKind.Other, TagKind.Xmp) && !tags.IsSelective)
            return null;
        var document = Read(packet);
        var (removed, left) = (0, 0);
        foreach (var description in document.Descendants(XName.Get("Description", Rdf)).ToList())
        {
            // Of nested ones the outer one's properties decide.
            if (description.Ancestors(XName.Get("Description", Rdf)).Any())
                continue;
            foreach (var attribute in description.Attributes().Where(a => !a.IsNamespaceDeclaration && a.Name.NamespaceName != Rdf
                && a.Name.Namespace != XNamespace.Xml).ToList())
                Decide(attribute.Name, attribute.Remove);
            foreach (var element in description.Elements().ToList())
                Decide(element.Name, element.Remove);
        }

        if (removed == 0)
            return left == 0 ? null : packet.ToArray();
        return left == 0 ? null : Encoding.UTF8.GetBytes(document.ToString(SaveOptions.DisableFormatting));

        void Decide(XName name, Action remove)
        {
            if (tags.Goes(KindOf(name), TagKind.Xmp))
            {
                removed++;
                remove();
            }
            else
            {
                left++;
            }
        }
    }

    private static XDocument Read(ReadOnlySpan<byte> packet)
    {
        try
        {
            using var stream = new MemoryStream(packet.TrimEnd((byte)0).ToArray());
            using var reader = XmlReader.Create(stream, new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersInDocument = 64 << 20,
            });
            return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
        }
        catch (XmlException error)
        {
            throw new UnstrippableException($"its XMP can't be read, so no part of it can stay by itself ({error.Message})");
        }
    }

    private static TagKind KindOf(XName name)
    {
        var (space, property) = (name.NamespaceName, name.LocalName);
        if (property.StartsWith("GPS", StringComparison.OrdinalIgnoreCase))
            return TagKind.Gps;
        return (space, property) switch
        {
            ("http://ns.adobe.com/photoshop/1.0/", "City" or "State" or "Country") => TagKind.Gps,
            ("http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/", "Location" or "CountryCode") => TagKind.Gps,
            ("http://iptc.org/std/Iptc4xmpExt/2008-02-29/", "LocationShown" or "LocationCreated") => TagKind.Gps,
            (_, "CreateDate" or "ModifyDate" or "MetadataDate" or "DateCreated") => TagKind.Time,
            (_, "DateTimeOriginal" or "DateTimeDigitized" or "DateTime") => TagKind.Time,
            ("http://purl.org/dc/elements/1.1/", "rights" or "creator" or "publisher" or "contributor") => TagKind.Copyright,
            ("http://ns.adobe.com/xap/1.0/rights/", _) => TagKind.Copyright,
            ("http://ns.adobe.com/photoshop/1.0/", "Credit" or "AuthorsPosition" or "Source") => TagKind.Copyright,
            ("http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/", "CreatorContactInfo") => TagKind.Copyright,
            ("http://ns.adobe.com/tiff/1.0/", "Artist" or "Copyright") => TagKind.Copyright,
            ("http://purl.org/dc/elements/1.1/", "title" or "description" or "subject") => TagKind.Description,
            ("http://ns.adobe.com/photoshop/1.0/", "Headline" or "CaptionWriter" or "Instructions") => TagKind.Description,
            ("http://ns.adobe.com/tiff/1.0/", "ImageDescription") => TagKind.Description,
            (_, "CreatorTool" or "Software" or "History") => TagKind.Software,
            ("http://ns.adobe.com/tiff/1.0/", "Make" or "Model") => TagKind.Camera,
            ("http://ns.adobe.com/exif/1.0/" or "http://ns.adobe.com/exif/1.0/aux/" or "http://cipa.jp/exif/1.0/", _) => TagKind.Camera,
            ("http://ns.adobe.com/xap/1.0/", "Thumbnails") => TagKind.Thumbnail,
            _ => TagKind.Other,
        };
    }
}
