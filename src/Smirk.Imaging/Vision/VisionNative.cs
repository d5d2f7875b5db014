using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Smirk.Native;

namespace Smirk.Imaging.Vision;

/// <summary>Loads libsmirk_vision, checks its version, and turns its status codes into exceptions.</summary>
internal static class VisionNative
{
    // native/vision/library.cpp has the same number.
    private const int ExpectedAbi = 2;

#pragma warning disable CA2255 // The resolver has to stand before the first native call of any class here.
    [ModuleInitializer]
    internal static void Register() => NativeLocator.Register(typeof(VisionNative).Assembly, NativeMethods.Library);
#pragma warning restore CA2255

    // Publication only: a failure is thrown as it is, and tried again at the next call.
    private static readonly Lazy<bool> Ready = new(Prepare, LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Throws what the library said when <paramref name="status"/> isn't 0.</summary>
    /// <exception cref="VisionException">The call failed.</exception>
    public static void Check(int status, [CallerMemberName] string call = "")
    {
        if (status != (int)NativeStatus.Ok)
            throw new VisionException($"{call}: {NativeMessage.Read(NativeMethods.LastError())}");
    }

    /// <summary>Loads the library on first use.</summary>
    /// <exception cref="DllNotFoundException">The library isn't built; the message says what to do.</exception>
    public static void Ensure() => _ = Ready.Value;

    private static bool Prepare()
    {
        var abi = NativeMethods.Abi();
        if (abi != ExpectedAbi)
        {
            throw new VisionException(
                $"libsmirk_vision.so has interface {abi}, this program needs {ExpectedAbi}. Build it again: eng/build.sh native vision");
        }

        // The caller spreads pictures over the cores; OpenCV's own threads inside each call would only get in the way.
        Check(NativeMethods.SetThreads(1), "setting the number of threads");
        return true;
    }

    /// <summary>The version of OpenCV that the library was built with.</summary>
    public static string Version()
    {
        Ensure();
        return Marshal.PtrToStringUTF8(NativeMethods.Version()) ?? "";
    }
}

/// <summary>libsmirk_vision (OpenCV) refused a call.</summary>
public sealed class VisionException(string message) : Exception(message);
