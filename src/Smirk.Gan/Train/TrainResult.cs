using Smirk.Gan.Train.Loop;
using Smirk.Workspace.Runs;

namespace Smirk.Gan.Train;

/// <summary>What training ended with.</summary>
/// <param name="Run">The run's folder.</param>
/// <param name="Counters">How far it got.</param>
/// <param name="Snapshot">The last snapshot.</param>
/// <param name="Best">The snapshot to sample from.</param>
/// <param name="Remarks">What a person should know: stopped getting better, began to copy, losses that weren't finite.</param>
public sealed record TrainResult(RunFolder Run, TrainCounters Counters, string Snapshot, string Best, IReadOnlyList<string> Remarks);
