namespace Smirk.Files.Strip.Tags;

/// <summary>Directories of Exif (CIPA DC-008).</summary>
internal enum ExifDirectory
{
    /// <summary>The picture's.</summary>
    Main,

    /// <summary>The preview's.</summary>
    Preview,

    /// <summary>The camera's.</summary>
    Camera,

    /// <summary>The place's.</summary>
    Gps,

    /// <summary>How to read the others.</summary>
    Interoperability,
}

/// <summary>What kind of metadata a tag of Exif is.</summary>
internal static class ExifKinds
{
    /// <summary>Leads to the camera's directory.</summary>
    public const ushort CameraPlace = 34665;

    /// <summary>Leads to the place's.</summary>
    public const ushort GpsPlace = 34853;

    /// <summary>Leads to interoperability's.</summary>
    public const ushort InteroperabilityPlace = 40965;

    /// <summary>How the picture is turned.</summary>
    public const ushort Orientation = 274;

    /// <summary>The kind of a tag.</summary>
    public static TagKind Of(ExifDirectory directory, ushort tag) => (directory, tag) switch
    {
        (ExifDirectory.Gps, _) => TagKind.Gps,
        (ExifDirectory.Preview, _) => TagKind.Thumbnail,
        (ExifDirectory.Interoperability, _) => TagKind.Other,
        (_, 315 or 33432 or 40093 or 42032) => TagKind.Copyright,
        (_, 306 or 36867 or 36868 or (>= 36880 and <= 36882) or (>= 37520 and <= 37522)) => TagKind.Time,
        (_, 270 or 37510 or 40091 or 40092 or 40094 or 40095 or 269 or 285) => TagKind.Description,
        (_, 305 or 316 or 11) => TagKind.Software,
        (_, 37500 or 50341) => TagKind.MakerNote,
        (_, 700) => TagKind.Xmp,
        (_, 33723 or 34377) => TagKind.Iptc,
        (_, 271 or 272) => TagKind.Camera,
        (ExifDirectory.Camera, 36864 or 37121 or 40960 or 40961 or 40962 or 40963) => TagKind.Other,
        (ExifDirectory.Camera, _) => TagKind.Camera,
        _ => TagKind.Other,
    };

    /// <summary>The directory that a tag leads to; null for one that leads nowhere.</summary>
    public static ExifDirectory? LeadsTo(ushort tag) => tag switch
    {
        CameraPlace => ExifDirectory.Camera,
        GpsPlace => ExifDirectory.Gps,
        InteroperabilityPlace => ExifDirectory.Interoperability,
        _ => null,
    };
}
