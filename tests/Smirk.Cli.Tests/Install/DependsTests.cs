namespace Smirk.Cli.Tests.Install;

/// <summary>eng/packaging/depends: what shims need on several systems, as one list of dependencies.</summary>
public sealed class DependsTests
{
    [Fact]
    public void Names_of_one_library_on_several_systems_become_alternatives_with_the_lowest_versions()
    {
        using var folder = new TemporaryFolder();
        folder.Write("debian12", """
            shlibs:Depends=libc6 (>= 2.35), libjpeg62-turbo (>= 1.3.1), libopencv-core406 (>= 4.6.0), libtorch1.13 (>= 1.13.1), libvips42

            """u8);
        folder.Write("debian13", """
            shlibs:Depends=libc6 (>= 2.38), libopencv-core410 (>= 4.10), libtorch2.6 (>= 2.6.0), libvips42t64 (>= 8.16)

            """u8);
        folder.Write("ubuntu24.04", """
            shlibs:Depends=libc6 (>= 2.14), libjpeg-turbo8 (>= 1.3.1), libopencv-core406t64 (>= 4.6.0), libvips42t64 (>= 8.15)

            """u8);
        Assert.Equal(
            """
            libc6 (>= 2.14)
            libjpeg62-turbo (>= 1.3.1) | libjpeg-turbo8 (>= 1.3.1)
            libopencv-core406 (>= 4.6.0) | libopencv-core410 (>= 4.10) | libopencv-core406t64 (>= 4.6.0)
            libtorch1.13 (>= 1.13.1) | libtorch2.6 (>= 2.6.0)
            libvips42 | libvips42t64 (>= 8.15)

            """,
            Shell.Run(folder.Path, $"'{TestData.Repository}/eng/packaging/depends' debian12 debian13 ubuntu24.04"));
    }
}
