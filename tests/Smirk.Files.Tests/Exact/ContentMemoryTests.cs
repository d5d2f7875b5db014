using Smirk.Files.Exact;

namespace Smirk.Files.Tests.Exact;

/// <summary>--cache: what was read once isn't read again, and what has changed always is.</summary>
public sealed class ContentMemoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _state = new();

    // Changes right before a run may not show in a coarse clock: the memory waits until they would.
    private readonly LaterTime _later = new();

    public void Dispose()
    {
        _folder.Dispose();
        _state.Dispose();
    }

    [Fact]
    public void A_second_run_reads_nothing_and_says_the_same()
    {
        Make("seq 20000 >a; cp a b; cp a c; sed '$s/./x/' a >d; sed '9000s/./x/' a >e; printf 1 >f; printf 2 >g; printf 1 >h");
        var first = Run();
        var second = Run();
        Assert.Equal("a b c|f h", first.Names(_folder.Path));
        Assert.Equal(first.Names(_folder.Path), second.Names(_folder.Path));
        Assert.True(first.Counts.BytesRead > 0);
        Assert.Equal(0, second.Counts.BytesRead);
    }

    [Theory]
    [InlineData("printf x | dd of=b conv=notrunc bs=1 seek=0 status=none")]
    [InlineData("printf x | dd of=b conv=notrunc bs=1 seek=50000 status=none")]
    [InlineData("t=$(stat -c %y b); printf x | dd of=b conv=notrunc bs=1 seek=50000 status=none; touch -d \"$t\" b")]
    [InlineData("t=$(stat -c %y b); sed '9000s/./x/' b >new; touch -d \"$t\" new; mv new b")]
    [InlineData("sed '9000s/./x/' b >new; cat new >b; rm new")]
    public void A_file_that_changed_is_read_again(string change)
    {
        Make("seq 20000 >a; cp a b; cp a c");
        Assert.Equal("a b c", Run().Names(_folder.Path));
        Make(change);
        var second = Run();
        Assert.Equal("a c", second.Names(_folder.Path));
        Assert.True(second.Counts.BytesRead > 0);
    }

    [Fact]
    public void A_file_changed_just_now_is_not_remembered()
    {
        Make("seq 20000 >a; cp a b");
        Search.In(_folder.Path, Remembering);
        Assert.True(Search.In(_folder.Path, Remembering).Counts.BytesRead > 0);
    }

    [Fact]
    public void New_files_are_compared_with_what_is_remembered()
    {
        Make("seq 20000 >a; cp a b; sed '9000s/./x/' a >c; cp c d");
        Run();
        Make("cp a e; sed '9000s/./y/' a >f");
        var result = Run();
        Assert.Equal("a b e|c d", result.Names(_folder.Path));
        Assert.Equal(0, Run().Counts.BytesRead);
    }

    [Fact]
    public void A_damaged_memory_is_no_memory()
    {
        Make("seq 20000 >a; cp a b");
        Run();
        var bytes = File.ReadAllBytes(MemoryPath);
        foreach (var damaged in new byte[][] { [], bytes[..^1], [.. bytes[..60], 0xEE, .. bytes[61..]], new byte[1000] })
        {
            File.WriteAllBytes(MemoryPath, damaged);
            Assert.Equal("a b", Run().Names(_folder.Path));
        }
    }

    private string MemoryPath => Path.Combine(_state.Path, "sub", "memory");

    private ExactOptions Remembering(ExactOptions options) => options with { MemoryPath = MemoryPath };

    private ExactSearchResult Run() => Search.In(_folder.Path, Remembering, _later);

    private void Make(string script) => Shell.Run(_folder.Path, script);

    private sealed class LaterTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddSeconds(10);
    }
}
