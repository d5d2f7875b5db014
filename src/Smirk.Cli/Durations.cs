namespace Smirk.Cli;

/// <summary>Durations as people read them.</summary>
internal static class Durations
{
    /// <summary>Nothing that Smirk waits for or works on lasts longer; far from where clocks and time spans overflow.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <summary>"45 s", "12 min", "3 h 05 min".</summary>
    public static string Short(TimeSpan time) => time.TotalSeconds switch
    {
        < 90 => $"{Math.Ceiling(time.TotalSeconds):0} s",
        < 5400 => $"{time.TotalMinutes:0} min",
        _ => $"{(long)time.TotalHours} h {time.Minutes:00} min",
    };
}
