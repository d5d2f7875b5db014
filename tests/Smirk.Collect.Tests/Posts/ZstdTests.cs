using System.Diagnostics;
using Smirk.Collect.Posts;
using Smirk.Collect.Tests.Played;
using Smirk.Files.Zstandard;

namespace Smirk.Collect.Tests.Posts;

public sealed class ZstdTests
{
    [Fact]
    public void Dumps_with_the_largest_window_are_read_as_a_stream()
    {
        using var folder = new TemporaryFolder();
        var dump = Compress(RecordedReddit.NdjsonPath, folder.File("RS_2018-07.zst"), "--long=31");
        Assert.True(PostFile.IsDump(dump));
        Assert.Equal(315, PostFile.Read(dump).Count());
    }

    [Fact]
    public void Frames_one_after_the_other_are_one_stream()
    {
        using var folder = new TemporaryFolder();
        var one = File.ReadAllBytes(Compress(RecordedReddit.NdjsonPath, folder.File("one.zst")));
        Assert.Equal(630, PostFile.Read(folder.Write("two.zst", [.. one, .. one])).Count());
    }

    [Fact]
    public void A_dump_cut_short_gives_what_it_has_and_says_so()
    {
        using var folder = new TemporaryFolder();
        var whole = File.ReadAllBytes(Compress(RecordedReddit.NdjsonPath, folder.File("one.zst"), "-1"));
        using var stream = new ZstdStream(new MemoryStream(whole[..(whole.Length / 2)]));
        var error = Assert.Throws<InvalidDataException>(() => stream.CopyTo(Stream.Null));
        Assert.Contains("middle of a frame", error.Message);
    }

    [Fact]
    public void Bytes_that_are_no_zstd_are_refused()
    {
        using var stream = new ZstdStream(new MemoryStream([0x28, 0xB5, 0x2F, 0xFD, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]));
        Assert.Throws<InvalidDataException>(() => stream.CopyTo(Stream.Null));
    }

    // The zstd program writes what the dumps' makers write; the library alone, through our binding, only reads.
    private static string Compress(string from, string to, params string[] options)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/zstd"), "Needs the zstd program: sudo apt-get install zstd");
        using var process = Process.Start("zstd", ["-q", .. options, from, "-o", to]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return to;
    }
}
