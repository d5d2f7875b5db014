using FsCheck;
using FsCheck.Fluent;

namespace Smirk.Cli.Tests;

public sealed class ByteSizesTests
{
    [Theory]
    [InlineData("4096", 4096)]
    [InlineData("512K", 512 << 10)]
    [InlineData("512kB", 512 << 10)]
    [InlineData("1.5 MiB", 3 << 19)]
    [InlineData("2G", 2L << 30)]
    public void Parse_reads_what_people_write(string text, long bytes) => Assert.Equal(bytes, ByteSizes.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("K")]
    [InlineData("much")]
    [InlineData("-1")]
    [InlineData("1,5M")]
    [InlineData("1e30")]
    [InlineData("NaN")]
    [InlineData("99999999T")]
    [InlineData("99999999999999999999999999999999999999")]
    public void Parse_refuses_text_that_is_not_a_size(string text) => Assert.Null(ByteSizes.Parse(text));

    [Fact]
    public void Parse_returns_null_or_a_size_of_at_least_0_for_any_text() =>
        Prop.ForAll<string>(text => text is null || ByteSizes.Parse(text) is not < 0).QuickCheckThrowOnFailure();
}
