namespace Smirk.Gan.Train;

/// <summary>Training can't go on: a loss isn't a number any more. The message names the last good snapshot and what to try.</summary>
public sealed class TrainingFailedException(string message) : Exception(message);
