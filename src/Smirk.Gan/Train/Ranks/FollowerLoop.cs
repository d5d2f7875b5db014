using Smirk.Gan.Data;
using Smirk.Gan.Train.Loop;
using Smirk.Gan.Train.Planning;

namespace Smirk.Gan.Train.Ranks;

/// <summary>The loop of every process but rank 0: does what that says, step by step.</summary>
internal sealed class FollowerLoop(RecipePlan plan, TrainingPack pack, Team team)
{
    /// <summary>Returns when the run is over.</summary>
    /// <exception cref="OperationCanceledException">Rank 0 stopped the run.</exception>
    public void Run()
    {
        using var steps = new TrainingSteps(plan, pack, HeldOutSplit.Of(pack.Rows, plan.HeldOut, plan.Seed), team, progress: null);
        while (true)
        {
            var (command, counters) = team.Follow();
            switch (command)
            {
                case Command.TakeState:
                    team.ShareState(steps.Recipe, counters);
                    break;
                case Command.Step:
                    steps.Next(counters);
                    break;
                case Command.AddLosses:
                    steps.Losses.TakeMean(team.Group);
                    break;
                case Command.Stop:
                    throw new OperationCanceledException("rank 0 stopped the training");
                case Command.End:
                    return;
                default:
                    throw new TeamException($"Rank 0 gave the order {(int)command}, which this version doesn't know.");
            }
        }
    }
}
