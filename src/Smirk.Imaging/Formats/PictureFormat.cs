namespace Smirk.Imaging.Formats;

/// <summary>What kind of picture some bytes are. The numbers are shared with native/vips/smirk_vips.h.</summary>
public enum PictureFormat
{
    /// <summary>Bytes of no kind that can be decoded; <see cref="FormatSniffer.Describe"/> tells more.</summary>
    Unknown = 0,

    /// <summary>JPEG.</summary>
    Jpeg = 1,

    /// <summary>PNG, APNG included (its first frame is the still picture).</summary>
    Png = 2,

    /// <summary>WebP, animations included.</summary>
    WebP = 3,

    /// <summary>GIF, animations included.</summary>
    Gif = 4,

    /// <summary>TIFF and BigTIFF.</summary>
    Tiff = 5,

    /// <summary>Windows bitmap.</summary>
    Bmp = 6,

    /// <summary>AVIF: AV1 in a HEIF container.</summary>
    Avif = 7,

    /// <summary>HEIC: HEVC in a HEIF container, as phones write it.</summary>
    Heic = 8,

    /// <summary>JPEG XL, a bare codestream or in boxes.</summary>
    Jxl = 9,
}
