using Smirk.Gan.Train.Loop;
using Smirk.Gan.Train.Recipes;
using Smirk.Gan.Train.Snapshots;
using Smirk.Torch;
using Smirk.Torch.Distributed;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Train.Ranks;

/// <summary>All that a run's steps depend on, from rank 0 to the others: what a snapshot holds, without a file that all would have to
/// reach.</summary>
internal static class SharedState
{
    /// <summary>Called by all processes at once.</summary>
    /// <param name="group">All processes.</param>
    /// <param name="recipe">At rank 0 as it is; at the others it becomes so.</param>
    /// <param name="counters">Rank 0's.</param>
    public static void Send(ProcessGroup group, Recipe recipe, TrainCounters counters)
    {
        using var scope = TensorScope.Open();
        using var noGradient = Autograd.NoGradient();
        foreach (var (_, state) in Snapshot.States(recipe))
        {
            foreach (var (_, tensor) in state.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                group.Broadcast(tensor);
        }

        var random = recipe.Random.GetState();
        var shared = Tensor.FromBytes(random, DType.UInt8, [random.Length]);
        group.Broadcast(shared);
        if (group.Rank == 0)
            return;
        recipe.Random.SetState(shared.ToBytes());
        recipe.StateWasReplaced(counters);
    }
}
