namespace Smirk.Gan.Train;

/// <summary>Training can't continue: a loss or weight became NaN. The message names the last good snapshot and what to try.</summary>
public sealed class TrainingFailedException(string message) : Exception(message);
