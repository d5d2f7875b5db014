using System.Runtime.CompilerServices;

namespace Smirk.Tests;

/// <summary>The real pictures beside the checkout (../shared/data), or the folder that SMIRK_TEST_DATA names. Tests that need them skip
/// where they are absent.</summary>
internal static class TestData
{
    /// <summary>The checkout's root folder.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The path of <paramref name="name"/> in the test data; skips the running test, saying so, where it is absent.</summary>
    public static string Require(string name)
    {
        var root =
            Environment.GetEnvironmentVariable("SMIRK_TEST_DATA") ?? Path.GetFullPath(Path.Combine(Repository, "..", "shared", "data"));
        var path = Path.Combine(root, name);
        Assert.SkipUnless(
            Path.Exists(path), $"Needs the test data '{name}', which isn't at {path}. Set SMIRK_TEST_DATA to the folder that holds it.");
        return path;
    }

    private static string FindRepository([CallerFilePath] string thisFile = "")
    {
        for (var at = AppContext.BaseDirectory; at is not null; at = Path.GetDirectoryName(at))
        {
            if (File.Exists(Path.Combine(at, "Smirk.slnx")))
                return at;
        }

        return Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
    }
}
