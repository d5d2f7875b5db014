namespace Smirk.Workspace.Stages;

/// <summary>How many inputs a stage got, how many it passed on, and why the rest stayed behind.</summary>
/// <param name="In">Inputs looked at.</param>
/// <param name="Out">Inputs passed on.</param>
/// <param name="Left">Reason → number, for those not passed on; adds up to <paramref name="In"/> − <paramref name="Out"/>.</param>
/// <param name="Unit">What is counted, in the plural, which ends in s.</param>
public sealed record StageCounts(long In, long Out, IReadOnlyDictionary<string, long> Left, string Unit = "pictures");
