namespace Smirk.Dataset.Merge;

/// <summary>What a merge joined.</summary>
/// <param name="Workspaces">How many workspaces were taken over.</param>
/// <param name="Files">Files and members of archives in the result.</param>
/// <param name="Pictures">Distinct pictures in the result.</param>
/// <param name="New">Those that were new to it.</param>
public sealed record MergeResult(int Workspaces, long Files, long Pictures, long New);
