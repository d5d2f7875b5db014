namespace Smirk.Imaging.Formats;

/// <summary>What names promise. Only content says what a file is; but what is named like a picture and isn't one is worth a
/// word.</summary>
public static class PictureExtension
{
    /// <summary>Whether a file of this name is meant to be a picture.</summary>
    public static bool IsOf(string path) => Path.GetExtension(path).ToLowerInvariant()
        is ".jpg" or ".jpeg" or ".jpe" or ".jfif" or ".png" or ".apng" or ".webp" or ".gif" or ".bmp" or ".tif" or ".tiff" or ".avif"
            or ".heic" or ".heif" or ".jxl";
}
