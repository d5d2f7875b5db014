using FsCheck;
using FsCheck.Fluent;

namespace Smirk.Cli.Tests;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("90", 90)]
    [InlineData("90s", 90)]
    [InlineData("30m", 1800)]
    [InlineData("1h30m", 5400)]
    [InlineData("1.5h", 5400)]
    [InlineData(".5m", 30)]
    [InlineData("3650d", 315_360_000)]
    public void Parse_reads_what_people_write(string text, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Durations.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("5x")]
    [InlineData("m")]
    [InlineData("-3m")]
    [InlineData("-90")]
    [InlineData("1,5h")]
    [InlineData("1.2.3h")]
    [InlineData("NaN")]
    [InlineData("NaNs")]
    [InlineData("Infinity")]
    [InlineData("1e30")]
    [InlineData("1e-3s")]
    [InlineData("3651d")]
    [InlineData("99999999999999999999999999999d")]
    public void Parse_refuses_text_that_is_not_a_duration(string text) => Assert.Null(Durations.Parse(text));

    [Fact]
    public void Parse_returns_null_or_a_duration_within_bounds_for_any_text() =>
        Prop.ForAll<string>(text => text is null || Durations.Parse(text) is not { } time || (time >= TimeSpan.Zero && time <= Durations.Longest)).QuickCheckThrowOnFailure();

    [Fact]
    public void Parse_adds_hours_minutes_and_seconds() => Prop.ForAll<byte, byte, byte>((h, m, s) =>
        Durations.Parse($"{h}h{m}m{s}s") == new TimeSpan(h, m, s)).QuickCheckThrowOnFailure();
}
