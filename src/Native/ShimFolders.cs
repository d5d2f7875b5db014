namespace Smirk.Native;

/// <summary>Where Smirk's own native libraries (libsmirk_*.so) may lie: in SMIRK_NATIVE, in an installed package, beside the program, or in
/// build/native of a checkout.</summary>
/// <remarks>A package has a set for each system that it was built for, in shims/SYSTEM, such as shims/debian12, because a set fits one
/// version of libtorch, libvips and OpenCV. Compiled into each binding project and Cli, because bindings share no project.</remarks>
internal static class ShimFolders
{
    private const string Packaged = "shims";

    /// <summary>All folders that may hold one, in the order in which they are tried; they need not exist.</summary>
    public static IEnumerable<string> All()
    {
        foreach (var place in Places())
        {
            foreach (var folder in InPackage(place))
                yield return folder;
            yield return place;

            // A package stands for itself: what a checkout around it holds is for other sources.
            if (HasPackage(place))
                yield break;
        }
    }

    /// <summary>Whether <paramref name="folder"/> is one of several sets in a package: where one doesn't load, another may.</summary>
    public static bool IsPackaged(string folder) => Path.GetFileName(Path.GetDirectoryName(folder)) == Packaged;

    /// <summary>Whether the program was installed from a package, and not built in a checkout.</summary>
    public static bool AreInstalled => Places().Any(HasPackage);

    private static bool HasPackage(string place) => Directory.Exists(Path.Combine(place, Packaged));

    /// <summary>The sets of a package whose program lies in <paramref name="place"/>: this system's first, then those of newer
    /// ones.</summary>
    private static IEnumerable<string> InPackage(string place)
    {
        if (!HasPackage(place))
            return [];
        var system = SystemName();
        return Directory.GetDirectories(Path.Combine(place, Packaged)).OrderByDescending(folder => Path.GetFileName(folder) == system)
            .ThenByDescending(folder => folder, StringComparer.Ordinal);
    }

    private static IEnumerable<string> Places()
    {
        if (Environment.GetEnvironmentVariable("SMIRK_NATIVE") is { Length: > 0 } named)
            yield return named;
        for (var at = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory); at is not null; at = Path.GetDirectoryName(at))
        {
            yield return at;
            yield return Path.Combine(at, "build", "native");
        }
    }

    // "debian12": ID and VERSION_ID of os-release.
    private static string SystemName()
    {
        const string File = "/etc/os-release";
        var lines = System.IO.File.Exists(File) ? System.IO.File.ReadAllLines(File) : [];
        return Value("ID=") + Value("VERSION_ID=");

        string Value(string key) =>
            lines.FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?[key.Length..].Trim('"', '\'') ?? "";
    }
}
