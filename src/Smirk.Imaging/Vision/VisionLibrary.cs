namespace Smirk.Imaging.Vision;

/// <summary>Whether the library behind this folder is there, and which.</summary>
public static class VisionLibrary
{
    /// <summary>OpenCV's version, such as "4.6.0".</summary>
    /// <exception cref="DllNotFoundException">libsmirk_vision.so or OpenCV isn't there; the message says what to do.</exception>
    /// <exception cref="VisionException">The library belongs to another version of Smirk.</exception>
    public static string Version() => VisionNative.Version();
}
