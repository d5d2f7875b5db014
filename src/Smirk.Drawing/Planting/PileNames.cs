using Smirk.Drawing.Faces;
using Smirk.Imaging.Formats;

namespace Smirk.Drawing.Planting;

/// <summary>Names as files have them that people collected: of cameras, of sites, of browsers; some with the wrong extension.</summary>
internal sealed class PileNames(Random random)
{
    /// <summary>Where the files lie; the first is the pile itself.</summary>
    public static readonly IReadOnlyList<string> Folders = ["", "smirks", "saved pictures", "phone"];

    private int _number = random.Next(1000, 5000);

    /// <summary>A path that wasn't given before.</summary>
    public string Next(PictureFormat format) => Next(format switch
    {
        // A site that re-encodes but keeps names; programs that only know one extension.
        PictureFormat.Png => random.Chance(0.25) ? "jpg" : "png",
        PictureFormat.WebP => "webp",
        _ => random.Pick("jpg", "jpg", "jpg", "jpeg", "JPG"),
    });

    /// <summary>A path with this extension that wasn't given before.</summary>
    public string Next(string extension)
    {
        // Numbers only grow, so no two names are alike, whatever their style.
        _number += random.Next(1, 40);
        var name = random.Next(5) switch
        {
            0 => $"IMG_{_number}",
            1 => $"image ({_number})",
            2 => $"smug_{_number:000000}",
            3 => $"{_number:x}{random.Next(0x1000, 0x10000):x}",
            _ => $"smirk-{_number}",
        };
        return Path.Combine(random.Pick([.. Folders]), $"{name}.{extension}");
    }
}
