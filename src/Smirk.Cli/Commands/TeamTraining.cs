using Smirk.Dataset.Pack;
using Smirk.Gan.Train;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Ranks;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Priority;
using Smirk.Workspace.Runs;

namespace Smirk.Cli.Commands;

/// <summary>Where <c>train</c> finds its data and puts the run.</summary>
/// <param name="Workspace">The workspace; null for a pack by itself.</param>
/// <param name="Pack">A pack by itself.</param>
/// <param name="Runs">The folder of runs that belongs to it.</param>
/// <param name="Size">The size of the workspace's pack; null for the largest.</param>
internal sealed record TrainPlace(string? Workspace, string? Pack, string? Runs, int? Size);

/// <summary>Training by as many processes as a launcher (torchrun, srun, mpirun) started, or by this one alone.</summary>
internal static class TeamTraining
{
    /// <summary>Starts a run or resumes one, or takes part in it.</summary>
    /// <returns>What training ended with; null at every process but rank 0, which alone writes.</returns>
    public static TrainResult? Run(TrainPlace place, TrainOptions options, TimeSpan patience, Screen screen, CancellationToken cancel)
    {
        if (place is { Pack: null, Workspace: null })
            throw new UsageException("No workspace given. Name one with -w DIR, or a pack with --pack DIR --runs DIR.");
        if (place is { Pack: not null, Runs: null })
            throw new UsageException("--pack also needs --runs DIR, the folder for the run.");
        if (LaunchPlace.FromEnvironment(Environment.GetEnvironmentVariable) is not { } launched)
            return Lead(place, options, null, screen, cancel);

        RecipePlanner.Check(options);
        using var team = Team.Join(launched, patience, screen, cancel);
        if (launched.Rank == 0)
        {
            screen.Say($"train: {launched.Size} processes train together");
            return team.Guard(() => Lead(place, options, team, screen, team.Stopping));
        }

        ProcessPriority.Lower(options.Nice ?? TrainStage.UsualNice);
        return team.Guard(() =>
        {
            var runs = place.Pack is null ? Path.Combine(place.Workspace!, WorkspaceFiles.Runs) : place.Runs!;
            new TrainStage(new RunFolders(Path.GetFullPath(runs)), Encoders.Tools).Follow(team, place.Pack);
            return (TrainResult?)null;
        });
    }

    /// <summary>Refuses to be one of several processes, for commands that only one may run.</summary>
    /// <param name="command">What the command is called.</param>
    public static void RefuseTeam(string command)
    {
        if (LaunchPlace.FromEnvironment(Environment.GetEnvironmentVariable) is { } place)
            throw new UsageException(
                $"smirk {command} was started {place.Size} times to work together (WORLD_SIZE or the like says so), and only smirk train "
                    + $"can. Run smirk {command} once, without torchrun, srun or mpirun.");
    }

    private static TrainResult Lead(TrainPlace place, TrainOptions options, Team? team, Screen screen, CancellationToken cancel)
    {
        if (place.Pack is { } folder)
        {
            ProcessPriority.Lower(options.Nice ?? TrainStage.UsualNice);
            var tools = Encoders.Tools with { Team = team };
            return new TrainStage(new RunFolders(place.Runs!), tools).Run(options with { Pack = folder }, screen, cancel);
        }

        using var opened = SmirkWorkspace.Open(place.Workspace!);
        var wanted = options.Resume is null ? options with { Pack = PackOf(opened, place.Size) } : options;
        return WorkspaceTraining.Run(opened, wanted, team, screen, cancel);
    }

    // The pack that was asked for, or else the largest that the recipes know: the message of a missing one says how to make it.
    private static string PackOf(SmirkWorkspace workspace, int? size)
    {
        return workspace.PackFolder(size ?? RecipeNames.SizesOf(RecipeNames.Auto).LastOrDefault(IsThere, new PackOptions().Size));

        bool IsThere(int known) => File.Exists(Path.Combine(workspace.PackFolder(known), "pack.safetensors"));
    }
}
