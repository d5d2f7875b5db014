using Smirk.Files.Posix;
using Smirk.Workspace.Stages;

namespace Smirk.Cli;

/// <summary>One line of progress: a bar that is redrawn on a terminal, a plain line now and then when piped.</summary>
internal sealed class ProgressLine(TextWriter writer, bool piped, TimeProvider? clock = null)
{
    private const int BarWidth = 24;

    // A terminal can't be read faster than this; a log should not grow faster than that, nor be silent for longer than 5 s.
    private static readonly TimeSpan RedrawEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LogEvery = TimeSpan.FromSeconds(4);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private (string Stage, string Unit) _part = ("", "");
    private long _started;
    private long _shown;
    private double _first;
    private bool _drawn;

    /// <summary>Shows the state, if enough time has passed since the last showing.</summary>
    public void Show(StageAdvanced state)
    {
        var now = _clock.GetTimestamp();
        // A stage that goes from one kind of work to another, such as from pictures to pairs, has another pace from there on.
        if (_part != (state.Stage, state.Unit))
        {
            (_part, _started, _first) = ((state.Stage, state.Unit), now, state.Done);

            // Two kinds of work may take turns faster than a log grows; what is over at once needs no line in it.
            if (!piped)
                _shown = 0;
            else if (_shown == 0)
                _shown = now;
        }

        if (_shown != 0 && _clock.GetElapsedTime(_shown, now) < (piped ? LogEvery : RedrawEvery))
            return;
        _shown = now;
        var text = Describe(state, _clock.GetElapsedTime(_started, now));
        if (piped)
        {
            writer.WriteLine(text);
            return;
        }

        var width = Math.Max(20, Screen.Width(otherwise: 80) - 1);
        writer.Write($"\r\x1b[K{(text.Length > width ? text[..width] : text)}");
        _drawn = true;
    }

    /// <summary>Takes the bar off the terminal, so that another line can be printed.</summary>
    public void Clear()
    {
        if (_drawn)
            writer.Write("\r\x1b[K");
        _drawn = false;
    }

    private string Describe(StageAdvanced state, TimeSpan elapsed)
    {
        var rate = elapsed.TotalSeconds > 0.2 ? (state.Done - _first) / elapsed.TotalSeconds : 0;
        var detail = state.Detail is null ? "" : $"  {ShellText.OneLine(state.Detail)}";
        // Seconds go by at one a second, which nobody needs to be told, and training tells its own pace.
        var pace = rate > 0 && state.Unit is not ("s" or "kimg") ? $"  {rate:0.#}/s" : "";
        if (state.Total is not { } total || total <= 0)
            return $"{state.Stage}  {state.Done:0.##} {state.Unit}{pace}{detail}";
        var share = Math.Clamp(state.Done / total, 0, 1);
        var left = rate > 0 ? $"  {Durations.Short(TimeLeft((total - state.Done) / rate))} left" : "";
        // Files may grow while they are read, and a batch pass the end of a run.
        var done = Math.Min(state.Done, total);
        var bar = piped ? $"{share:P0}" : $"[{new string('#', (int)(share * BarWidth)).PadRight(BarWidth, '.')}]";
        return $"{state.Stage}  {bar} {done:0.##}/{total:0.##} {state.Unit}{pace}{left}{detail}";
    }

    // Next to nothing done in a long time would be more than a time span can hold.
    private static TimeSpan TimeLeft(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, Durations.Longest.TotalSeconds));
}
