using System.Globalization;
using Smirk.Workspace.Errors;

namespace Smirk.Gan.Train.Ranks;

/// <summary>Where this process stands among those that train one run together, as their launcher says it in environment
/// variables.</summary>
/// <param name="Rank">Number of this process, from 0.</param>
/// <param name="Size">Number of processes.</param>
/// <param name="Host">Name or address of the machine where all meet: that of rank 0.</param>
/// <param name="Port">The port there.</param>
public sealed record LaunchPlace(int Rank, int Size, string Host, int Port)
{
    // torch.distributed's own.
    private const int UsualPort = 29500;

    /// <summary>Number of this process among those on its machine, from 0.</summary>
    public int LocalRank { get; init; }

    /// <summary>Processes on this machine.</summary>
    public int LocalSize { get; init; } = 1;

    /// <summary>Whether the launcher itself serves the store where processes meet (torchrun's agent does); otherwise rank 0 does.</summary>
    public bool LauncherServes { get; init; }

    /// <summary>Stands before every key in the store: a store that outlives a restart keeps the keys of the attempt before.</summary>
    public string Prefix { get; init; } = "smirk/";

    /// <summary>The place that the variables of torchrun (and of Kubernetes' PyTorchJob), Slurm's srun or Open MPI's mpirun name; null for
    /// a process that trains alone.</summary>
    /// <param name="variable">Gives the value of an environment variable.</param>
    /// <exception cref="UsageException">A variable is missing or has no sensible value.</exception>
    public static LaunchPlace? FromEnvironment(Func<string, string?> variable)
    {
        if (Read(variable, "torchrun", "RANK", "WORLD_SIZE", "LOCAL_RANK", "LOCAL_WORLD_SIZE") is { } torch)
        {
            var attempt = variable("TORCHELASTIC_RESTART_COUNT");
            return torch with
            {
                LauncherServes = variable("TORCHELASTIC_USE_AGENT_STORE") == "True",
                Prefix = attempt is null ? torch.Prefix : $"smirk/attempt_{attempt}/",
            };
        }

        // Set for the tasks of srun alone, not for a batch script around it.
        if (Read(variable, "srun", "SLURM_PROCID", "SLURM_STEP_NUM_TASKS", "SLURM_LOCALID", null) is { } slurm)
        {
            return slurm with
            {
                LocalSize = int.TryParse(variable("SLURM_STEP_TASKS_PER_NODE")?.Split('(', ',')[0], out var tasks) ? tasks : 1,
            };
        }

        return Read(variable, "mpirun", "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_LOCAL_RANK",
            "OMPI_COMM_WORLD_LOCAL_SIZE");
    }

    private static LaunchPlace? Read(
        Func<string, string?> variable, string launcher, string rankName, string sizeName, string localRankName, string? localSizeName)
    {
        if (variable(sizeName) is not { Length: > 0 } || variable(rankName) is not { Length: > 0 })
            return null;
        var size = Number(sizeName, 1, 100_000);
        if (size == 1)
            return null;
        var rank = Number(rankName, 0, size - 1);
        var localSize = localSizeName is not null && variable(localSizeName) is { Length: > 0 } ? Number(localSizeName, 1, size) : 1;
        var host = variable("MASTER_ADDR") is { Length: > 0 } named ? named
            : FirstOf(variable("SLURM_STEP_NODELIST")) ?? (localSize == size ? "127.0.0.1" : null)
            ?? throw new UsageException(
                $"{sizeName} is {size}, so this process trains with others, but MASTER_ADDR doesn't say where they meet. Set it to the "
                    + $"name or address of the machine of rank 0, or unset {sizeName} to train alone.");
        return new LaunchPlace(rank, size, host, variable("MASTER_PORT") is { Length: > 0 } ? Number("MASTER_PORT", 1, 65535) : UsualPort)
        {
            LocalRank = variable(localRankName) is { Length: > 0 } ? Number(localRankName, 0, size - 1) : 0,
            LocalSize = localSize,
        };

        int Number(string name, int least, int most) =>
            int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
                && number <= most
                ? number
                : throw new UsageException(
                    $"The environment variable {name} is '{variable(name)}'; expected a whole number from {least} to {most}, as {launcher} "
                        + "sets it.");
    }

    // The first of Slurm's list of nodes: "node[03-05,9],gpu1" → "node03".
    private static string? FirstOf(string? nodes)
    {
        if (string.IsNullOrEmpty(nodes))
            return null;
        var bracket = nodes.IndexOf('[');
        var comma = nodes.IndexOf(',');
        if (bracket < 0 || comma >= 0 && comma < bracket)
            return comma < 0 ? nodes : nodes[..comma];
        var end = nodes.IndexOfAny([',', '-', ']'], bracket);
        return nodes[..bracket] + nodes[(bracket + 1)..end];
    }
}
