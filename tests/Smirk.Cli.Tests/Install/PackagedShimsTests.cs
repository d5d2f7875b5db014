using Smirk.Native;

namespace Smirk.Cli.Tests.Install;

/// <summary>A package's shims, in a folder for each system, as an installed program finds them.</summary>
public sealed class PackagedShimsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Shims_that_dont_fit_this_system_are_passed_over()
    {
        Link("zzz");
        _folder.Write("shims/zzzz/libsmirk_vips.so", "this is no library"u8);
        var output = await Doctor();
        Assert.Matches("ok +libvips", output.Out);
        Assert.Matches("ok +OpenCV", output.Out);
        Assert.Matches("ok +libtorch", output.Out);
    }

    [Fact]
    public async Task Missing_library_is_named_with_its_package()
    {
        Link("zzz");
        File.Delete(_folder.File("shims/zzz/libsmirk_vips.so"));
        Shell.Run(_folder.Path, "echo 'int x;' >none.c; cc -shared -Wl,-soname,libnone_such.so.7 -o libnone_such.so none.c; "
            + "cc -shared -o shims/zzz/libsmirk_vips.so none.c -Wl,--no-as-needed -L. -lnone_such");
        var output = await Doctor();
        Assert.Equal(1, output.ExitCode);
        Assert.Matches(@"MISSING libvips +libnone_such\.so\.7: cannot open", output.Out);
        Assert.Contains("sudo apt-get install libnone-such7; then run smirk doctor", output.Out);
    }

    [Fact]
    public async Task Chosen_libtorch_needs_a_shim_of_its_version()
    {
        Link("zzz");
        _folder.Write("torch/lib/libtorch.so", ""u8);
        _folder.Write("torch/build-version", "9.8.7+cu130\n"u8);
        var output = await Doctor(("SMIRK_LIBTORCH", _folder.File("torch")));
        Assert.Contains("SMIRK_LIBTORCH is libtorch 9.8.7+cu130; this package has shims for these versions: none.", output.Out);
        output = await Doctor(("SMIRK_LIBTORCH", _folder.File("nowhere")));
        Assert.Contains("there is no lib/libtorch.so in it", output.Out);
    }

    [Fact]
    public async Task Chosen_libtorch_is_used_with_the_shim_of_its_version()
    {
        Link("zzz");
        Directory.CreateDirectory(_folder.File("shims/libtorch-1.13"));
        File.Move(_folder.File("shims/zzz/libsmirk_torch.so"), _folder.File("shims/libtorch-1.13/libsmirk_torch.so"));
        var library = Shell.Run(
            _folder.Path, "ldd shims/libtorch-1.13/libsmirk_torch.so | sed -n 's/.*libtorch.so.*=> \\(.*\\) (.*/\\1/p'").Trim();
        Directory.CreateDirectory(_folder.File("torch/lib"));
        File.CreateSymbolicLink(_folder.File("torch/lib/libtorch.so"), library);
        _folder.Write("torch/version.py", "debug = False\n__version__ = '1.13.1'\n"u8);
        Assert.Contains("MISSING libtorch", (await Doctor()).Out);
        Assert.Matches("ok +libtorch", (await Doctor(("SMIRK_LIBTORCH", _folder.File("torch")))).Out);
    }

    [Theory]
    [InlineData("libtorch.so.1.13: cannot open shared object file", "libtorch1.13")]
    [InlineData("libopencv_core.so.406: cannot open shared object file", "libopencv-core406")]
    [InlineData("libpng16.so.16: cannot open shared object file", "libpng16-16")]
    [InlineData("something else", null)]
    public void Packages_are_named_after_their_libraries(string reason, string? package) =>
        Assert.Equal(package, MissingLibrary.PackageOf(reason));

    public void Dispose() => _folder.Dispose();

    private void Link(string system)
    {
        Directory.CreateDirectory(_folder.File($"shims/{system}"));
        foreach (var shim in Directory.GetFiles(Environment.GetEnvironmentVariable("SMIRK_NATIVE")!, "libsmirk_*.so"))
            File.CreateSymbolicLink(_folder.File($"shims/{system}/{Path.GetFileName(shim)}"), shim);
    }

    private async Task<SmirkOutput> Doctor(params (string, string)[] environment)
    {
        using var process = SmirkProcess.Start(["doctor"], [("SMIRK_NATIVE", _folder.Path), .. environment]);
        return await process.End();
    }
}
