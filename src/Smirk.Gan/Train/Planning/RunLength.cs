namespace Smirk.Gan.Train.Planning;

/// <summary>Where a run ends.</summary>
/// <param name="Kimg">Thousands of pictures to show; null when the time bounds the run.</param>
/// <param name="BudgetSeconds">Seconds to train; null when the pictures bound it.</param>
public sealed record RunLength(double? Kimg, double? BudgetSeconds);
