using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Iptc;
using MetadataExtractor.Formats.Png;
using MetadataExtractor.Formats.Xmp;

namespace Smirk.Files.Strip.Report;

/// <summary>How much a file tells beside its pixels, of any format that MetadataExtractor reads: of two copies the one that tells more is
/// the one to keep.</summary>
/// <param name="Facts">What people look for, one each: when, where, camera, lens, author, description.</param>
/// <param name="Tags">Exif, GPS, IPTC and XMP tags and PNG texts.</param>
public readonly record struct MetadataAmount(int Facts, int Tags) : IComparable<MetadataAmount>
{
    /// <summary>Counts. A file that can't be read tells nothing.</summary>
    public static MetadataAmount Of(byte[] bytes)
    {
        IReadOnlyList<MetadataExtractor.Directory> directories;
        try
        {
            using var stream = new MemoryStream(bytes, writable: false);
            directories = ImageMetadataReader.ReadMetadata(stream);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Of all that can be wrong with a file the library throws many kinds.
            return default;
        }

        bool[] facts =
        [
            Has<ExifDirectoryBase>(ExifDirectoryBase.TagDateTimeOriginal, ExifDirectoryBase.TagDateTime)
                || Has<IptcDirectory>(IptcDirectory.TagDateCreated),
            Has<GpsDirectory>(GpsDirectory.TagLatitude),
            Has<ExifDirectoryBase>(ExifDirectoryBase.TagModel, ExifDirectoryBase.TagMake),
            Has<ExifDirectoryBase>(ExifDirectoryBase.TagLensModel),
            Has<ExifDirectoryBase>(ExifDirectoryBase.TagArtist, ExifDirectoryBase.TagCopyright)
                || Has<IptcDirectory>(IptcDirectory.TagByLine, IptcDirectory.TagCopyrightNotice),
            Has<ExifDirectoryBase>(ExifDirectoryBase.TagImageDescription, ExifDirectoryBase.TagUserComment)
                || Has<IptcDirectory>(IptcDirectory.TagCaption, IptcDirectory.TagHeadline, IptcDirectory.TagKeywords),
        ];
        var tags = directories.Where(d => d is ExifDirectoryBase or GpsDirectory or IptcDirectory).Sum(d => d.TagCount)
            + directories.OfType<PngDirectory>().Count(d => d.ContainsTag(PngDirectory.TagTextualData));
        return new MetadataAmount(facts.Count(fact => fact), tags + directories.OfType<XmpDirectory>().Sum(Properties));

        bool Has<T>(params int[] wanted)
            where T : MetadataExtractor.Directory => directories.OfType<T>().Any(d => wanted.Any(d.ContainsTag));
    }

    /// <inheritdoc/>
    public int CompareTo(MetadataAmount other) => Facts != other.Facts ? Facts.CompareTo(other.Facts) : Tags.CompareTo(other.Tags);

    private static int Properties(XmpDirectory xmp)
    {
        try
        {
            return xmp.GetXmpProperties().Count;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return 0;
        }
    }
}
