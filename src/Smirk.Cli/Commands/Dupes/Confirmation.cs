using Smirk.Workspace.Errors;

namespace Smirk.Cli.Commands.Dupes;

/// <summary>The question before anything is changed.</summary>
internal static class Confirmation
{
    /// <summary>Refuses a run that could not ask.</summary>
    /// <exception cref="UsageException">Nobody is there to answer.</exception>
    public static void MustBePossible(bool stdinIsTaken)
    {
        if (stdinIsTaken || Console.IsInputRedirected)
            throw new UsageException(
                "There is no terminal to ask on. Add --yes to act without asking, or --dry-run to see what would be done.");
    }

    /// <summary>Asks on the terminal; only y and yes are a yes.</summary>
    public static bool Ask(string question)
    {
        Console.Error.Write($"{question} [y/N] ");
        return Console.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }
}
