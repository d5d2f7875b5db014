using System.Runtime.InteropServices;

namespace Smirk.Native;

/// <summary>SMIRK_LIBTORCH: another libtorch than the system's for an installed package, such as one with CUDA.</summary>
/// <remarks>In a checkout the build reads the variable. A package has no compiler at hand: it holds shims for some versions, in
/// shims/libtorch-2.6 and the like.</remarks>
internal static class ChosenLibtorch
{
    private const string Prefix = "libtorch-";

    /// <summary>The folder that the person named, with lib/ in it; null when they named none.</summary>
    public static string? Folder => Environment.GetEnvironmentVariable("SMIRK_LIBTORCH") is { Length: > 0 } named ? named : null;

    /// <summary>Whether shims in <paramref name="folder"/> are for a libtorch that is chosen, and not for a system's.</summary>
    public static bool IsFor(string folder) => Path.GetFileName(folder).StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Loads the libtorch in <paramref name="folder"/>, and returns the shim that fits it.</summary>
    /// <param name="folder">An unpacked libtorch, or the folder torch of a Python installation.</param>
    /// <param name="file">The shim's name, such as libsmirk_torch.so.</param>
    /// <exception cref="DllNotFoundException">It isn't one, or no shim in the package fits it.</exception>
    public static string ShimFor(string folder, string file)
    {
        var library = Path.Combine(folder, "lib", "libtorch.so");
        if (!File.Exists(library))
            throw new DllNotFoundException($"SMIRK_LIBTORCH is {folder}, but there is no lib/libtorch.so in it.");
        var version = Version(folder);
        var sets = ShimFolders.All().Where(set => IsFor(set) && File.Exists(Path.Combine(set, file))).ToList();
        if (sets.FirstOrDefault(set => Path.GetFileName(set) == Prefix + Series(version)) is not { } fitting)
        {
            var known = sets.Count == 0 ? "none" : string.Join(", ", sets.Select(set => Path.GetFileName(set)[Prefix.Length..]));
            throw new DllNotFoundException(
                $"SMIRK_LIBTORCH is libtorch {version}; this package has shims for these versions: {known}. Take one of those, "
                    + "build Smirk from its sources, or unset SMIRK_LIBTORCH to use the system's libtorch.");
        }

        // The shim asks for it by name only. With CUDA it brings that along.
        NativeLibrary.Load(library);
        return Path.Combine(fitting, file);
    }

    /// <summary>"2.6.0+cu124", as the libtorch in <paramref name="folder"/> says of itself; "of unknown version" when it doesn't.</summary>
    public static string Version(string folder)
    {
        var (plain, python) = (Path.Combine(folder, "build-version"), Path.Combine(folder, "version.py"));
        if (File.Exists(plain))
            return File.ReadAllText(plain).Trim();
        const string Assignment = "__version__ = ";
        var line = File.Exists(python)
            ? File.ReadLines(python).FirstOrDefault(l => l.StartsWith(Assignment, StringComparison.Ordinal)) : null;
        return line?[Assignment.Length..].Trim().Trim('\'', '"') ?? "of unknown version";
    }

    // Releases that differ only in the third number have the same interface.
    private static string Series(string version) => string.Join('.', version.Split('.').Take(2));
}
