using System.Text.Json;
using Smirk.Dataset.Near;
using Smirk.Dataset.Near.Decisions;
using Smirk.Files.Exact;
using Smirk.Workspace.Stages;

namespace Smirk.Cli.Commands.Dupes;

/// <summary>Shows near duplicates: as the same JSON document as exact ones, with the alternates beside, or as a listing for a
/// person.</summary>
/// <param name="result">What was found.</param>
/// <param name="decisions">The file that decisions go to, as the person named it; null for none.</param>
internal sealed class NearReport(NearSearchResult result, string? decisions)
{
    /// <summary>Prints all that was found; with <paramref name="fdupes"/> the groups as fdupes does.</summary>
    public void Show(FdupesOutput? fdupes, Screen screen)
    {
        screen.Clear();
        if (screen.IsJson)
        {
            WriteJson();
            return;
        }

        if (fdupes is not null)
        {
            using var output = RawOutput.Stdout();
            fdupes.Write(output, result.Groups);
            return;
        }

        foreach (var group in result.Groups)
            Tell(group, "keep", screen);
        foreach (var group in result.Alternates)
            Tell(group, "alternates of", screen);
        screen.Say(Summary(result));
    }

    /// <summary>Prints the document, with <paramref name="more"/> before the counts and <paramref name="moreCounts"/> among them.</summary>
    public void WriteJson(Action<Utf8JsonWriter>? more = null, IEnumerable<KeyValuePair<string, long>>? moreCounts = null)
    {
        using var stdout = Console.OpenStandardOutput();
        DupesDocument.Write(stdout, result.Groups, result.Refused, [.. result.Counts, .. moreCounts ?? []], json =>
        {
            json.WriteStartArray("alternates");
            foreach (var group in result.Alternates)
                DupesDocument.WriteGroup(json, group, Decide);
            json.WriteEndArray();
            more?.Invoke(json);
        }, Decide);
    }

    // The command that says that a member is no duplicate.
    private string? Decide(DuplicateGroup group, DuplicateMember member) => decisions is null || member.SameBytes ? null
        : FolderDeciding.Command(decisions, FolderVerdict.NotDuplicate, group.Keeper.Path, member.File.Path);

    private static void Tell(DuplicateGroup group, string word, Screen screen)
    {
        screen.Say($"{word}  {group.Keeper.Path}  ({string.Join("; ", group.Reasons)})");
        foreach (var member in group.Members)
            screen.Say($"      {member.File.Path}  {member.Kind}, {member.Similarity:P0} alike");
        screen.Say("");
    }

    private static string Summary(NearSearchResult result)
    {
        var kinds = result.Groups.SelectMany(g => g.Members).GroupBy(m => m.Kind).OrderByDescending(g => g.Count())
            .Select(g => $"{g.Count():N0} {g.Key}");
        var counts = result.Counts;
        if (counts["pictures"] == 0)
            return "No pictures to compare.";
        var found =
            counts["duplicates"] == 0 ? "No duplicates" : $"{Counted.Of(counts["duplicates"], "duplicate")} ({string.Join(", ", kinds)})";
        return $"{found} among {Counted.Of(counts["pictures"], "picture")}, {ByteSizes.Short(counts["bytes"])} to free; "
            + $"{Counted.Of(counts["alternates"], "alternate")}; {counts["no_features"]:N0} too plain to compare"
            + $"{(counts["known"] > 0 ? $"; {counts["known"]:N0} known from before" : "")}.";
    }
}
