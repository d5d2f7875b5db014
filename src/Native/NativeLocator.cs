using System.Reflection;
using System.Runtime.InteropServices;

namespace Smirk.Native;

/// <summary>Finds Smirk's own native libraries (libsmirk_*.so): beside the program, in SMIRK_NATIVE, or in build/native of a
/// checkout.</summary>
/// <remarks>Compiled into each binding project (Directory of link: src/Native), because bindings share no project.</remarks>
internal static partial class NativeLocator
{
    private static int _registered;

    /// <summary>Makes DllImports of <paramref name="library"/>, and of every other smirk_* library, in <paramref name="assembly"/> resolve
    /// through this class.</summary>
    /// <remarks>May be called once for each library: an assembly can have only one resolver.</remarks>
    public static void Register(Assembly assembly, string library)
    {
        if (!library.StartsWith("smirk_", StringComparison.Ordinal))
            throw new ArgumentException($"the library is called '{library}', expected smirk_*", nameof(library));
        if (Interlocked.Exchange(ref _registered, 1) == 0)
            NativeLibrary.SetDllImportResolver(
                assembly, (name, _, _) => name.StartsWith("smirk_", StringComparison.Ordinal) ? Load(name) : IntPtr.Zero);
    }

    /// <summary>Loads <paramref name="library"/>.</summary>
    /// <exception cref="DllNotFoundException">It isn't there, or a library that it needs isn't.</exception>
    public static IntPtr Load(string library)
    {
        WaitPassively();
        foreach (var candidate in Candidates($"lib{library}.so"))
        {
            if (File.Exists(candidate))
                return NativeLibrary.Load(candidate);
        }

        throw new DllNotFoundException(
            $"lib{library}.so isn't built yet. Run ./smirk doctor in the checkout, or set SMIRK_NATIVE to the folder that holds it.");
    }

    // By default OpenMP's threads spin while they wait for each other, also for one that the machine has no core for at the moment: beside
    // other programs that costs more than half of the speed. libgomp reads this once, when the first library that needs it is loaded.
    private static void WaitPassively() => SetVariable("OMP_WAIT_POLICY", "passive", overwrite: 0);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);

    private static IEnumerable<string> Candidates(string file)
    {
        if (Environment.GetEnvironmentVariable("SMIRK_NATIVE") is { Length: > 0 } folder)
            yield return Path.Combine(folder, file);
        for (var at = AppContext.BaseDirectory; at is not null; at = Path.GetDirectoryName(at))
        {
            yield return Path.Combine(at, file);
            yield return Path.Combine(at, "build", "native", file);
        }
    }
}
