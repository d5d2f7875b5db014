using System.Reflection;
using Smirk.Native;

namespace Smirk.Cli.Install;

/// <summary>What --version prints: Smirk's version and commit, and each shim with the library that it is made for. Loads none of
/// them.</summary>
internal static class VersionText
{
    private const int CommitDigits = 12, BuildDigits = 8;

    // Where the loader looks by default, and LD_LIBRARY_PATH before that.
    private static readonly string[] SystemFolders =
        ["/usr/local/lib", "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu", "/usr/lib/aarch64-linux-gnu",
            "/lib", "/usr/lib"];

    /// <summary>Version and commit of this build: ("0.2.0", "35af20cb9717"). The commit is "unknown" where the sources came without
    /// git.</summary>
    public static (string Version, string Commit) Build()
    {
        var text = typeof(VersionText).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        var plus = text.IndexOf('+');
        return plus < 0 ? (text, "unknown")
            : (text[..plus], text[(plus + 1)..Math.Min(text.Length, plus + 1 + CommitDigits)]);
    }

    /// <summary>All of it, a line each.</summary>
    public static IEnumerable<string> Lines()
    {
        var (version, commit) = Build();
        yield return $"smirk {version} (commit {commit})";
        var found = Shims().ToList();
        var width = found.Count == 0 ? 0 : found.Max(shim => shim.Name.Length);
        foreach (var (name, text) in found)
            yield return $"{name.PadRight(width)}  {text}";
    }

    // Every libsmirk_*.so by name: the first set whose library is there, as the loader would take it; else the first.
    private static IEnumerable<(string Name, string Text)> Shims()
    {
        var chosen = ShimFolders.AreInstalled ? ChosenLibtorch.Folder : null;
        var files = ShimFolders.All().Where(folder => !ChosenLibtorch.IsFor(folder) && Directory.Exists(folder))
            .SelectMany(folder => Directory.GetFiles(folder, "libsmirk_*.so"));
        foreach (var shim in files.GroupBy(file => Path.GetFileNameWithoutExtension(file)!)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var name = shim.Key["lib".Length..].Replace('_', ' ');
            if (name == "smirk torch" && chosen is not null)
            {
                yield return (name, $"for libtorch {ChosenLibtorch.Version(chosen)} in {chosen} (SMIRK_LIBTORCH)");
                continue;
            }

            var described = shim.Select(Describe).ToList();
            yield return (name, (described.FirstOrDefault(one => one.IsFound) ?? described[0]).Text);
        }
    }

    // The first library that a shim asks for is the one that it is about.
    private static Description Describe(string file)
    {
        SharedObject read;
        try
        {
            read = SharedObject.Read(file);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new Description($"can't be read: {error.Message}", IsFound: false);
        }

        var needed = read.Needed.Count > 0 ? read.Needed[0] : "nothing";
        var there = Library(needed);
        var build = read.BuildId[..Math.Min(BuildDigits, read.BuildId.Length)];
        return new Description($"{build} for {needed}, {(there is null ? "not installed" : $"found {there}")}", there is not null);
    }

    // The name of the file itself has the whole version: libvips.so.42.16.1.
    private static string? Library(string needed)
    {
        var named = Environment.GetEnvironmentVariable("LD_LIBRARY_PATH")?.Split(':', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var path = named.Concat(SystemFolders).Select(folder => Path.Combine(folder, needed)).FirstOrDefault(File.Exists);
        return path is null ? null : Path.GetFileName(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path);
    }

    private sealed record Description(string Text, bool IsFound);
}
