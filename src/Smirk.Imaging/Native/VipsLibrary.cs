using System.Runtime.InteropServices;

namespace Smirk.Imaging.Native;

/// <summary>Whether the library behind this project is there, and which.</summary>
public static unsafe class VipsLibrary
{
    // native/vips/library.cpp has the same number.
    private const int ExpectedAbi = 6;

    private static bool _checked;

    /// <summary>libvips' version, such as "8.14.1"; its start isn't needed for that.</summary>
    /// <exception cref="DllNotFoundException">libsmirk_vips.so or libvips isn't there, or belongs to another version of Smirk; the message
    /// says what to do.</exception>
    public static string Version()
    {
        EnsureMatches();
        return Marshal.PtrToStringUTF8((IntPtr)NativeMethods.Version()) ?? "";
    }

    /// <summary>Checks once that the library belongs to this program.</summary>
    internal static void EnsureMatches()
    {
        if (_checked)
            return;
        var abi = NativeMethods.Abi();
        if (abi != ExpectedAbi)
        {
            throw new DllNotFoundException(
                $"libsmirk_vips.so has interface version {abi}, this program needs {ExpectedAbi}. Build it: eng/build.sh native vips");
        }

        _checked = true;
    }
}
