using System.Reflection;
using Smirk.Torch;
using Smirk.Torch.Distributed;

namespace Smirk.Gan.Train.Ranks;

/// <summary>What a process says of itself when it joins.</summary>
/// <param name="Rank">Its number.</param>
/// <param name="Version">Smirk's version and libtorch's: all must have the same.</param>
/// <param name="Host">Its machine.</param>
/// <param name="Process">Its number there.</param>
internal sealed record Member(int Rank, string Version, string Host, string Process)
{
    /// <summary>This process.</summary>
    public static Member Here(int rank) =>
        new(rank, $"Smirk {OwnVersion}, libtorch {TorchRuntime.Version}", Environment.MachineName, $"{Environment.ProcessId}");

    /// <summary>As messages name it: "rank 2 (process 4711 on node3)".</summary>
    public string Name => $"rank {Rank} (process {Process} on {Host})";

    private static string OwnVersion =>
        typeof(Member).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Tells the others.</summary>
    public void Announce(ProcessStore store) => store.Set(Key(Rank), string.Join('\n', Version, Host, Process));

    /// <summary>What <paramref name="rank"/> told; null as long as it hasn't.</summary>
    public static Member? Find(ProcessStore store, int rank) => store.Get(Key(rank)) is { } text
        ? text.Split('\n') is [var version, var host, var process] ? new(rank, version, host, process) : new(rank, text, "?", "?")
        : null;

    private static string Key(int rank) => $"member/{rank}";
}
