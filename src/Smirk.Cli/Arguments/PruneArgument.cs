using System.CommandLine;
using Smirk.Cli.Commands.Dupes;
using Smirk.Dataset.Import;
using Smirk.Workspace.Stages;

namespace Smirk.Cli.Arguments;

/// <summary><c>--prune</c>: what becomes of pictures that are no longer in their source.</summary>
internal static class PruneArgument
{
    /// <summary>The option.</summary>
    public static Option<bool> Option() => new("--prune")
    {
        Description = "drop pictures that are no longer in their source; without it you are asked on a terminal, elsewhere they stay",
    };

    /// <summary>Whether the pictures go: as the option says, or as a person at a terminal does. Says what became of them.</summary>
    public static bool Decide(bool prune, ImportResult imported, Screen screen)
    {
        if (imported.GonePictures == 0)
            return imported.Gone.Count > 0;
        var (many, they) = imported.GonePictures == 1 ? ("it", "It stays") : ("them", "They stay");
        if (!prune && !screen.IsJson && !Console.IsInputRedirected && !Console.IsErrorRedirected)
        {
            screen.Clear();
            prune = Confirmation.Ask($"Drop {many}?");
        }

        screen.Say(prune
            ? $"{ImportStage.Name}: {Counted.Of(imported.GonePictures, "picture")} dropped; a file that comes back is taken in again"
            : $"{ImportStage.Name}: {they}; --prune drops {many}");
        return prune;
    }
}
