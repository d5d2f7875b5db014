namespace Smirk.Workspace.Stages;

/// <summary>What a stage tells while it runs. One of <see cref="StageAdvanced"/>, <see cref="StageWarned"/>, <see cref="StageSaid"/>,
/// <see cref="StageEnded"/>.</summary>
/// <param name="Stage">The stage's name as the command line spells it, such as "import".</param>
public abstract record StageProgress(string Stage);

/// <summary>So much is done.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Done">Units done so far, at most <paramref name="Total"/> where that is known.</param>
/// <param name="Total">Units in all; null while it can't be known yet.</param>
/// <param name="Unit">What is counted, in the plural: "files", "pictures", "kimg".</param>
/// <param name="Detail">A short extra for the end of the line, such as losses; null for none.</param>
public sealed record StageAdvanced(string Stage, double Done, double? Total, string Unit, string? Detail = null) : StageProgress(Stage);

/// <summary>One input can't be used, or can only in part. The stage goes on.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Subject">Which input: a path, or archive!member.</param>
/// <param name="Reason">What is wrong with it and, where there is something to do, what.</param>
public sealed record StageWarned(string Stage, string Subject, string Reason) : StageProgress(Stage);

/// <summary>A line for the person, such as a choice that was made and why.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Text">One line.</param>
public sealed record StageSaid(string Stage, string Text) : StageProgress(Stage);

/// <summary>The stage is over: how many went in, how many came out, and why the rest did not.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Counts">The sums; <see cref="StageCounts.Left"/> and <see cref="StageCounts.Out"/> add up to
/// <see cref="StageCounts.In"/>.</param>
public sealed record StageEnded(string Stage, StageCounts Counts) : StageProgress(Stage);
