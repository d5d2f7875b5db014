using Smirk.Files.Exact;
using Smirk.Files.Exact.Keep;
using Smirk.Workspace.Stages;

namespace Smirk.Cli.Commands.Dupes;

/// <summary>How duplicates are shown to a person: what is kept and why, what isn't, and what it would bring.</summary>
internal static class GroupListing
{
    /// <summary>Prints a group a paragraph.</summary>
    public static void Write(RawOutput output, IReadOnlyList<DuplicateGroup> groups)
    {
        foreach (var group in groups)
        {
            var freed = FreedBytes.Of(group);
            output.Text(
                $"{group.Members.Count + 1} files of "
                    + $"{ByteSizes.Short(group.Keeper.Identity.Size)}"
                    + $"{(freed > 0 ? $", {ByteSizes.Short(freed)} to free" : ", nothing to free")}\n");
            output.Text($"  keep  {group.Keeper.Path}  ({string.Join("; ", group.Reasons)})\n");
            foreach (var member in group.Members)
                output.Text($"        {member.File.Path}{(member.StaysBecause is { } reason ? $"  (stays: {reason})" : "")}\n");
            output.Text("\n");
        }
    }

    /// <summary>The line at the end.</summary>
    public static string Summary(ExactCounts counts) => counts.Groups == 0
        ? $"No duplicates among {Counted.Of(counts.Files, "file")}; {ByteSizes.Short(counts.BytesRead)} read."
        : $"{Counted.Of(counts.Duplicates, "duplicate")} of {Counted.Of(counts.Groups, "file")}, {ByteSizes.Short(counts.Bytes)} to free; "
            + $"{Counted.Of(counts.Files, "file")} looked at, {ByteSizes.Short(counts.BytesRead)} read.";
}
