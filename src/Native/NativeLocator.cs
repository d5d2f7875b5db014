using System.Reflection;
using System.Runtime.InteropServices;

namespace Smirk.Native;

/// <summary>Loads Smirk's own native libraries (libsmirk_*.so) from where <see cref="ShimFolders"/> says.</summary>
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
        var file = $"lib{library}.so";
        if (library == "smirk_torch" && ChosenLibtorch.Folder is { } chosen && ShimFolders.AreInstalled)
            return NativeLibrary.Load(ChosenLibtorch.ShimFor(chosen, file));
        DllNotFoundException? missing = null;
        foreach (var folder in ShimFolders.All().Where(folder => !ChosenLibtorch.IsFor(folder)))
        {
            if (!File.Exists(Path.Combine(folder, file)))
                continue;
            try
            {
                return NativeLibrary.Load(Path.Combine(folder, file));
            }
            catch (DllNotFoundException error) when (ShimFolders.IsPackaged(folder))
            {
                // Built for another system. If none loads, what this system's own lacked is what has to be installed.
                missing ??= error;
            }
        }

        throw missing ?? new DllNotFoundException(
            $"lib{library}.so isn't built yet. Run ./smirk doctor in the checkout, or set SMIRK_NATIVE to the folder that holds it.");
    }

    // By default OpenMP's threads spin while they wait for each other, also for one that the machine has no core for at the moment: beside
    // other programs that costs more than half of the speed. libgomp reads this once, when the first library that needs it is loaded.
    private static void WaitPassively() => SetVariable("OMP_WAIT_POLICY", "passive", overwrite: 0);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
