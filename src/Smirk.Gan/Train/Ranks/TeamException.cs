namespace Smirk.Gan.Train.Ranks;

/// <summary>Processes that were to train together can't, or can't any more. The message names the one that is missing, gone, or of another
/// version, and what to do.</summary>
public sealed class TeamException(string message, Exception? inner = null) : Exception(message, inner);
