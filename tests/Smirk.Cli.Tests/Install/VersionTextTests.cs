namespace Smirk.Cli.Tests.Install;

public sealed class VersionTextTests
{
    [Fact]
    public async Task Version_names_the_commit_and_every_shim_with_its_library()
    {
        var output = await SmirkProcess.Run("--version");
        Assert.Equal(0, output.ExitCode);
        Assert.Matches(@"\Asmirk \d+\.\d+\.\d+ \(commit ([0-9a-f]{12}|unknown)\)\n", output.Out);
        Assert.Matches(@"\nsmirk torch +[0-9a-f]{8} for libtorch\.so[\d.]*, found libtorch\.so", output.Out);
        Assert.Matches(@"\nsmirk vips +[0-9a-f]{8} for libvips\.so\.42, found libvips\.so\.42\.", output.Out);
        Assert.Matches(@"\nsmirk vision +[0-9a-f]{8} for libopencv_core\.so", output.Out);
        Assert.Equal("", output.Error);
    }

    [Fact]
    public async Task Shims_that_are_no_libraries_are_named_as_such()
    {
        using var folder = new TemporaryFolder();
        folder.Write("libsmirk_torch.so", "this is no library"u8);
        using var process = SmirkProcess.Start(["--version"], ("SMIRK_NATIVE", folder.Path));
        Assert.Contains("smirk torch", (await process.End()).Out);
    }
}
