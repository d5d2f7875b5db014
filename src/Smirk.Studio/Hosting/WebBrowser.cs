using System.ComponentModel;
using System.Diagnostics;

namespace Smirk.Studio.Hosting;

/// <summary>The person's browser.</summary>
internal static class WebBrowser
{
    /// <summary>Opens <paramref name="address"/> where there is a desktop to open it on; what doesn't work is no error, for the address is
    /// printed too.</summary>
    public static void Open(string address)
    {
        var hasDesktop = Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 }
            || Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 };
        if (!hasDesktop)
            return;
        try
        {
            using var opener = Process.Start(
                new ProcessStartInfo("xdg-open", [address])
                {
                    UseShellExecute = false,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                });
        }
        catch (Win32Exception)
        {
            // It isn't installed.
        }
    }
}
