using FsCheck;
using FsCheck.Fluent;
using Smirk.Gan.Train.Planning;

namespace Smirk.Gan.Tests.Train.Planning;

public sealed class OptionTextTests
{
    [Theory]
    [InlineData("90", 90)]
    [InlineData("90s", 90)]
    [InlineData("30m", 1800)]
    [InlineData("1h30m", 5400)]
    [InlineData("1.5h", 5400)]
    [InlineData(".5m", 30)]
    [InlineData("3650d", 315_360_000)]
    public void Time_reads_what_people_write(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), OptionText.Time(text));

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
    public void Time_refuses_text_that_is_not_a_duration(string text) => Assert.Null(OptionText.Time(text));

    [Fact]
    public void Time_returns_null_or_a_duration_within_bounds_for_any_text() =>
        Prop.ForAll<string>(text => text is null || OptionText.Time(text) is not { } time
            || (time >= TimeSpan.Zero && time <= OptionText.Longest)).QuickCheckThrowOnFailure();

    [Fact]
    public void Time_adds_hours_minutes_and_seconds() => Prop.ForAll<byte, byte, byte>((h, m, s) =>
        OptionText.Time($"{h}h{m}m{s}s") == new TimeSpan(h, m, s)).QuickCheckThrowOnFailure();
}
