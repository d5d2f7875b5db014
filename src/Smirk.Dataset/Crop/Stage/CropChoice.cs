using System.Globalization;
using Smirk.Dataset.Crop.Finding;

namespace Smirk.Dataset.Crop.Stage;

/// <summary>Chooses what to cut by what was found in a sample of the pictures.</summary>
internal static class CropChoice
{
    // So many say well enough what the rest is like, and take seconds.
    public const int Sample = 160;

    // A portrait is a picture that its face's crop fills nearly; cutting it again would only cost pixels.
    private const double PortraitShare = 0.75;

    // Where fewer show a face, the pile is about something else.
    private const double LeastFaces = 0.5;

    // A handful of scenes among portraits is worth cutting only when there are enough to matter.
    private const double LeastScenes = 0.2;

    /// <summary>Faces or off, and why.</summary>
    public static (CropMode Mode, string Reason) For(IReadOnlyCollection<PictureCrops> looked)
    {
        var withFace = looked.Count(p => p.Faces.Count > 0);
        var share = looked.Count == 0 ? 0 : withFace / (double)looked.Count;
        if (share < LeastFaces)
            return (CropMode.Off,
                $"only {Percent(share)} of {looked.Count} pictures looked at show a face: pictures stay whole (--crop faces cuts faces "
                    + "all the same)");
        var scenes = looked.Count(IsScene) / (double)withFace;
        return scenes < LeastScenes
            ? (CropMode.Off,
                $"{Percent(share)} of {looked.Count} pictures looked at show a face, and {Percent(1 - scenes)} of those are portraits "
                    + "already: pictures stay whole (--crop faces cuts closer)")
            : (CropMode.Faces,
                $"{Percent(share)} of {looked.Count} pictures looked at show a face, and in {Percent(scenes)} of those it is a small part "
                    + "of the picture: faces are cut");
    }

    private static bool IsScene(PictureCrops picture)
    {
        if (picture.Faces.Count == 0)
            return false;
        var largest = picture.Crops.Max(c => c.Recipe.Side);
        return picture.Faces.Count > 1 || largest < PortraitShare * Math.Min(picture.Width, picture.Height)
            || Math.Max(picture.Width, picture.Height) > 1.5 * largest;
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");
}
