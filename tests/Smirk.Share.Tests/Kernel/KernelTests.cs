namespace Smirk.Share.Tests.Kernel;

/// <summary>The built kernel is what its source says.</summary>
public sealed class KernelTests
{
    private static readonly string Folder = Path.Combine(TestData.Repository, "web", "kernel");

    [Fact]
    public void Kernel_wasm_is_built_from_kernel_c()
    {
        // Another version of the compiler makes other bytes of the same source.
        Assert.SkipUnless(Shell.Has("clang-14") && Shell.Has("wasm-ld-14"), "Debian's clang isn't installed (apt-get install clang lld)");
        using var folder = new TemporaryFolder();
        Shell.Run(Folder, $"./build.sh {folder.File("kernel.wasm")}");
        var (built, kept) = (File.ReadAllBytes(folder.File("kernel.wasm")), File.ReadAllBytes(Path.Combine(Folder, "kernel.wasm")));
        Assert.True(built.AsSpan().SequenceEqual(kept), "web/kernel/kernel.c was changed; build it again with: web/kernel/build.sh");
    }
}
