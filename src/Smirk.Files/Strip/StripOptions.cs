using Smirk.Files.Strip.Tags;

namespace Smirk.Files.Strip;

/// <summary>What goes besides metadata. Nothing does by default: a picture must look the same afterwards.</summary>
public sealed record StripOptions
{
    /// <summary>The default: colour profile and orientation stay.</summary>
    public static StripOptions Default { get; } = new();

    /// <summary>Which metadata go. All of them by default.</summary>
    public TagChoice Tags { get; init; } = TagChoice.All;

    /// <summary>Also removes the ICC profile. Pixels stay, but what was stored in another colour space than sRGB is displayed
    /// differently.</summary>
    public bool DropIcc { get; init; }

    /// <summary>Also removes an orientation other than 1. Pixels stay, but the picture is displayed as the sensor saw it.</summary>
    public bool DropOrientation { get; init; }

    /// <summary>Also removes the gain map of an HDR picture. The standard picture stays; HDR screens show that one, too.</summary>
    public bool DropGainMap { get; init; }

    /// <summary>Keeps the video of a Motion Photo, without its metadata.</summary>
    public bool KeepMotion { get; init; }
}
