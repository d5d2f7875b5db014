using System.Text.RegularExpressions;

namespace Smirk.Native;

/// <summary>What a person can do about a library that a shim asks for and that isn't there.</summary>
internal static partial class MissingLibrary
{
    /// <summary>The sentence to follow "Install it with:" or to stand alone.</summary>
    /// <param name="reason">What the loader said.</param>
    /// <param name="developmentPackage">The package that a checkout is built with, such as "libvips-dev".</param>
    public static string Remedy(string reason, string developmentPackage) =>
        !ShimFolders.AreInstalled ? $"sudo apt-get install {developmentPackage}; then run ./smirk doctor"
        : $"sudo apt-get install {PackageOf(reason) ?? "--reinstall smirk"}; then run smirk doctor";

    /// <summary>"libtorch1.13" for "libtorch.so.1.13: cannot open…", by Debian's rule for the names of libraries; null when no library is
    /// named.</summary>
    public static string? PackageOf(string reason)
    {
        if (Soname().Match(reason) is not { Success: true } soname)
            return null;
        var name = soname.Groups[1].Value.Replace('_', '-').ToLowerInvariant();
        return $"{name}{(char.IsAsciiDigit(name[^1]) ? "-" : "")}{soname.Groups[2].Value}";
    }

    [GeneratedRegex(@"(lib[\w+.-]+?)\.so\.([\d.]*\d): cannot open")]
    private static partial Regex Soname();
}
