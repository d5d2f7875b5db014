using Smirk.Workspace.Stages;

namespace Smirk.Cli.Tests;

public sealed class ProgressLineTests
{
    private readonly StringWriter _written = new();
    private readonly Clock _clock = new();

    [Fact]
    public void Rate_starts_over_when_a_stage_changes_its_unit()
    {
        var line = new ProgressLine(_written, piped: true, _clock);
        line.Show(new StageAdvanced("near", 0, 100, "pictures"));
        _clock.Seconds += 100;
        line.Show(new StageAdvanced("near", 100, 100, "pictures"));
        line.Show(new StageAdvanced("near", 0, 1000, "pairs"));
        _clock.Seconds += 10;
        line.Show(new StageAdvanced("near", 500, 1000, "pairs"));

        Assert.Contains("500/1000 pairs  50/s  10 s left", _written.ToString());
    }

    [Fact]
    public void Training_shows_its_own_rate()
    {
        var line = new ProgressLine(_written, piped: true, _clock);
        line.Show(new StageAdvanced("train", 0, 12, "kimg", "300 img/s"));
        _clock.Seconds += 20;
        line.Show(new StageAdvanced("train", 6, 12, "kimg", "300 img/s"));

        Assert.Equal($"train  50 % 6/12 kimg  20 s left  300 img/s{Environment.NewLine}", _written.ToString());
    }

    [Fact]
    public void Bar_stays_within_its_total_and_time_left_does_not_overflow()
    {
        var line = new ProgressLine(_written, piped: true, _clock);
        line.Show(new StageAdvanced("sample", 0, 1, "sweeps"));
        _clock.Seconds += 1e6;
        line.Show(new StageAdvanced("sample", 58, 1, "sweeps"));
        line.Show(new StageAdvanced("hash", 0, 1e300, "bytes"));
        _clock.Seconds += 20;
        line.Show(new StageAdvanced("hash", 1, 1e300, "bytes"));

        Assert.Contains("100 % 1/1 sweeps", _written.ToString());
        Assert.Contains("hash", _written.ToString());
    }

    private sealed class Clock : TimeProvider
    {
        public double Seconds { get; set; } = 1000;

        public override long TimestampFrequency => 1_000_000;

        public override long GetTimestamp() => (long)(Seconds * TimestampFrequency);
    }
}
