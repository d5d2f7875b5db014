using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Smirk.Native;

namespace Smirk.Imaging.Vision;

/// <summary>Loads libsmirk_vision, checks its version, and turns its status codes into exceptions.</summary>
internal static partial class VisionNative
{
    /// <summary>The library's name in DllImports.</summary>
    public const string Library = "smirk_vision";

    private const int ExpectedAbi = 1;

#pragma warning disable CA2255 // The resolver has to stand before the first native call of any class here.
    [ModuleInitializer]
    internal static void Register() => NativeLocator.Register(typeof(VisionNative).Assembly, Library);
#pragma warning restore CA2255

    // Publication only: a failure is thrown as it is, and tried again at the next call.
    private static readonly Lazy<bool> Ready = new(Prepare, LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Throws what the library said when <paramref name="status"/> isn't 0.</summary>
    /// <exception cref="VisionException">The call failed.</exception>
    public static void Check(int status, [CallerMemberName] string call = "")
    {
        if (status != 0)
            throw new VisionException($"{call}: {Marshal.PtrToStringUTF8(smirk_vision_last_error()) ?? "unknown error"}");
    }

    /// <summary>Loads the library on first use.</summary>
    /// <exception cref="DllNotFoundException">The library isn't built; the message says what to do.</exception>
    public static void Ensure() => _ = Ready.Value;

    private static bool Prepare()
    {
        var abi = smirk_vision_abi();
        if (abi != ExpectedAbi)
            throw new VisionException($"libsmirk_vision has version {abi}, expected {ExpectedAbi}. Delete build/native in the checkout and run ./smirk doctor.");
        // Pictures are spread over the cores by the caller; OpenCV's own threads inside each call would only get in the way.
        Check(smirk_vision_set_threads(1), nameof(smirk_vision_set_threads));
        return true;
    }

    /// <summary>The version of OpenCV that the library was built with.</summary>
    public static string Version()
    {
        Ensure();
        return Marshal.PtrToStringUTF8(smirk_vision_version()) ?? "";
    }

    [LibraryImport(Library)]
    private static partial IntPtr smirk_vision_version();

    [LibraryImport(Library)]
    private static partial IntPtr smirk_vision_last_error();

    [LibraryImport(Library)]
    private static partial int smirk_vision_abi();

    [LibraryImport(Library)]
    private static partial int smirk_vision_set_threads(int threads);
}

/// <summary>libsmirk_vision (OpenCV) refused a call.</summary>
public sealed class VisionException(string message) : Exception(message);
