namespace Smirk.Cli;

/// <summary>What the program's exit code says.</summary>
internal static class ExitCode
{
    /// <summary>All was done.</summary>
    public const int Done = 0;

    /// <summary>It could not be done.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>Done, but some inputs were refused, each of them named.</summary>
    public const int SomeRefused = 3;

    /// <summary>Ctrl-C or SIGTERM; what was finished is kept. 128 + SIGINT, as shells have it.</summary>
    public const int Cancelled = 130;
}
