using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.IO;

namespace Smirk.Files.Strip.Report;

/// <summary>Exif tags as MetadataExtractor reads them. Nothing else refers to that library, so that a run which only strips never loads
/// it.</summary>
internal static class ExifTags
{
    /// <summary>Adds what a TIFF block of tags tells. A block that can't be read tells nothing.</summary>
    public static CarriedMetadata AddTo(CarriedMetadata carried, byte[] tiff)
    {
        IReadOnlyList<MetadataExtractor.Directory> directories;
        try
        {
            directories = new ExifReader().Extract(new ByteArrayReader(tiff));
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Of all that can be wrong with such a block the library throws many kinds; a report has to go on.
            return carried;
        }

        var position = directories.OfType<GpsDirectory>().Select(gps => gps.GetGeoLocation()).FirstOrDefault(at => at is not null);
        return carried with
        {
            Camera = carried.Camera ?? Camera(Text(ExifDirectoryBase.TagMake), Text(ExifDirectoryBase.TagModel)),
            Lens = carried.Lens ?? Text(ExifDirectoryBase.TagLensModel),
            SerialNumber =
                carried.SerialNumber ?? Text(ExifDirectoryBase.TagBodySerialNumber) ?? Text(ExifDirectoryBase.TagLensSerialNumber),
            Taken = carried.Taken ?? Text(ExifDirectoryBase.TagDateTimeOriginal) ?? Text(ExifDirectoryBase.TagDateTime),
            Position = carried.Position ?? (position is null ? null : new GeoPosition(position.Latitude, position.Longitude)),
            Software = carried.Software ?? Text(ExifDirectoryBase.TagSoftware),
            Author = carried.Author ?? Text(ExifDirectoryBase.TagArtist) ?? Text(ExifDirectoryBase.TagCopyright),
            Thumbnail = carried.Thumbnail
                || directories.OfType<ExifThumbnailDirectory>().Any(d => d.ContainsTag(ExifThumbnailDirectory.TagThumbnailOffset)),
        };

        string? Text(int tag) => directories.OfType<ExifDirectoryBase>().Where(d => d is ExifIfd0Directory or ExifSubIfdDirectory)
            .Select(d => CommentText.OneLine(d.GetString(tag))).FirstOrDefault(t => t is not null);
    }

    // Many models begin with the maker's name already.
    private static string? Camera(string? make, string? model) =>
        make is null || model is null || model.StartsWith(make.Split(' ')[0], StringComparison.OrdinalIgnoreCase) ? model ?? make
            : $"{make} {model}";
}
