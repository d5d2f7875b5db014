using Smirk.Gan.Train;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Ranks;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Priority;
using Smirk.Workspace.Runs;

namespace Smirk.Cli.Commands;

/// <summary>Training by as many processes as a launcher (torchrun, srun, mpirun) started, or by this one alone.</summary>
internal static class TeamTraining
{
    /// <summary>Starts a run or resumes one, or takes part in it.</summary>
    /// <returns>What training ended with; null at every process but rank 0, which alone writes.</returns>
    public static TrainResult? Run(TrainPlace place, TrainOptions options, TimeSpan patience, Screen screen, CancellationToken cancel)
    {
        place.Check();
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
        var wanted = options.Resume is null ? options with { Pack = place.PackOf(opened) } : options;
        return WorkspaceTraining.Run(opened, wanted, team, screen, cancel);
    }
}
