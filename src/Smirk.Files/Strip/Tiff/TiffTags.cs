namespace Smirk.Files.Strip.Tiff;

/// <summary>Which tags of a TIFF file decoding and display need (TIFF 6.0, its supplements, libtiff).</summary>
internal static class TiffTags
{
    public const ushort Compression = 259;
    public const ushort StripOffsets = 273;
    public const ushort Orientation = 274;
    public const ushort StripByteCounts = 279;
    public const ushort TileOffsets = 324;
    public const ushort TileByteCounts = 325;
    public const ushort SubDirectories = 330;
    public const ushort Profile = 34675;
    public const ushort RawVersion = 50706;

    private static readonly HashSet<ushort> Needed =
    [
        254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284, 286, 287, 290, 291, 292,
        293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 326, 327, 328, 330, 332, 334, 336, 338, 339, 340, 341, 342, 346,
        347, 512, 529, 530, 531, 532, 34675, 34929, 34930, 50674,
    ];

    /// <summary>Whether the tag stays.</summary>
    public static bool Stays(ushort tag, StripOptions options) =>
        Needed.Contains(tag) && !(tag == Profile && options.DropIcc) && !(tag == Orientation && options.DropOrientation);

    /// <summary>What a person calls a tag that goes.</summary>
    public static string NameOf(ushort tag) => tag switch
    {
        700 => "XMP",
        33723 or 34377 => "IPTC and Photoshop",
        34665 or 40965 => "Exif",
        34853 => "GPS",
        Profile => "ICC profile",
        Orientation => "orientation",
        37724 => "Photoshop layers",
        33550 or 33922 or 34264 or (>= 34735 and <= 34737) => "GeoTIFF",
        269 or 270 or 285 or 305 or 306 or 315 or 316 or 333 or 337 or 33432 or 271 or 272 => "descriptions (camera, date, author)",
        _ => "other tags",
    };
}
