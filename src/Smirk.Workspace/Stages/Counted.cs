namespace Smirk.Workspace.Stages;

/// <summary>Numbers of things as people say them: "1 file", "2,584 files".</summary>
public static class Counted
{
    /// <summary>The number and the word, which ends in s when there isn't exactly one.</summary>
    public static string Of(long count, string thing) => $"{count:N0} {thing}{(count == 1 ? "" : "s")}";
}
