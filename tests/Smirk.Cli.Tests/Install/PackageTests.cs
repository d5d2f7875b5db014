namespace Smirk.Cli.Tests.Install;

/// <summary>eng/package and what it makes. Slow: it publishes the program twice, and makes a bare system to install it on.</summary>
[Trait("Speed", "slow")]
public sealed class PackageTests
{
    private static readonly string Packages = Path.Combine(TestData.Repository, "build", "package");

    [Fact]
    public void Same_sources_give_the_same_bytes()
    {
        var first = Build();
        var second = Build();
        Assert.Contains(".deb", first);
        Assert.Contains(".tar.xz", first);
        Assert.Equal(first, second);
    }

    [Fact]
    public void Package_works_on_a_bare_system_and_leaves_only_workspaces()
    {
        Assert.SkipUnless(Environment.UserName == "root" && Shell.Has("debootstrap"), "a chroot takes root and debootstrap");
        var mirror = Shell.Run(TestData.Repository, "timeout 20 apt-get download -qq --print-uris libvips42 2>/dev/null || true");
        Assert.SkipUnless(mirror.Length > 0, "there is no mirror of Debian's packages at hand");
        if (!Directory.Exists(Packages) || Directory.GetFiles(Packages, "*.deb").Length == 0)
            Build();
        var output = Shell.Run(TestData.Repository, "eng/package-test build/package/smirk_*.deb 2>&1");
        Assert.Contains("was installed on a bare bookworm, used and removed; the workspace is still there", output);
    }

    // The sums of what was made.
    private static string Build()
    {
        Shell.Run(TestData.Repository, "rm -f build/package/*.deb build/package/*.tar.xz; eng/package");
        return Shell.Run(Packages, "sha256sum *.deb *.tar.xz");
    }
}
