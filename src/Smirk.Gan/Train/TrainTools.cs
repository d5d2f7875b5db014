using Smirk.Gan.Sample;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Ranks;
using Smirk.Workspace.Runs;

namespace Smirk.Gan.Train;

/// <summary>What training gets from outside.</summary>
/// <param name="Png">Encodes sample grids.</param>
/// <param name="Clock">Gives the time that log files carry.</param>
/// <param name="CacheFolder">Where trained feature networks are kept between runs; null for beside the pack.</param>
/// <param name="Started">Told of a new run and its plan before the first step; null for nobody.</param>
/// <param name="Team">Processes that train the run together, this one as rank 0; null for one process.</param>
public sealed record TrainTools(
    PictureEncoder Png, TimeProvider Clock, string? CacheFolder = null, Action<RunFolder, RecipePlan>? Started = null, Team? Team = null);
