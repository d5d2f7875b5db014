using Smirk.Cli.Install;

namespace Smirk.Cli.Tests.Install;

public sealed class SharedObjectTests
{
    private static string Shim => Path.Combine(Environment.GetEnvironmentVariable("SMIRK_NATIVE")!, "libsmirk_vips.so");

    [Fact]
    public void Libraries_and_build_id_are_those_that_readelf_shows()
    {
        using var folder = new TemporaryFolder();
        var shown = Shell.Run(folder.Path, $"LC_ALL=C readelf -d -n '{Shim}'");
        var read = SharedObject.Read(Shim);
        Assert.Equal(
            shown.Split('\n').Where(line => line.Contains("(NEEDED)")).Select(line => line.Split('[', ']')[1]), read.Needed);
        Assert.Contains($"Build ID: {read.BuildId}", shown);
        Assert.Equal("libvips.so.42", read.Needed[0]);
    }

    [Fact]
    public void Files_that_are_cut_short_are_refused_and_nothing_else_happens()
    {
        using var folder = new TemporaryFolder();
        var bytes = File.ReadAllBytes(Shim);
        foreach (var length in Enumerable.Range(0, 80).Concat(Enumerable.Range(1, 50).Select(n => bytes.Length * n / 60)))
        {
            var path = folder.Write("cut.so", bytes[..length]);
            if (Record.Exception(() => SharedObject.Read(path)) is { } error)
                Assert.IsType<InvalidDataException>(error);
        }

        Assert.Throws<InvalidDataException>(() => SharedObject.Read(folder.Write("text.so", "this is no library"u8)));
    }
}
