using System.Text.Json;
using Smirk.Files.Act;
using Smirk.Files.Exact;

namespace Smirk.Cli.Commands.Dupes;

/// <summary>What `dupes` found, in the form that was asked for.</summary>
internal static class DupesReport
{
    /// <summary>Prints the groups and, where something is to be done, leaves the sum to those who say what.</summary>
    public static void Show(ExactSearchResult result, FdupesOutput? fdupes, ActPlan? plan, Screen screen)
    {
        screen.Clear();
        if (screen.IsJson)
        {
            WriteJson(result);
            return;
        }

        using (var output = RawOutput.Stdout())
        {
            if (fdupes is not null)
                fdupes.Write(output, result.Groups);
            else if (plan is null)
                GroupListing.Write(output, result.Groups);
        }

        if (fdupes is null)
            screen.Say(GroupListing.Summary(result.Counts));
    }

    /// <summary>Prints the document, with <paramref name="more"/> before the counts and <paramref name="moreCounts"/> among them.</summary>
    public static void WriteJson(
        ExactSearchResult result, Action<Utf8JsonWriter>? more = null, IEnumerable<KeyValuePair<string, long>>? moreCounts = null)
    {
        using var stdout = Console.OpenStandardOutput();
        DupesDocument.Write(stdout, result.Groups, result.Refused, [.. CountsOf(result), .. moreCounts ?? []], more);
    }

    private static IEnumerable<KeyValuePair<string, long>> CountsOf(ExactSearchResult result) =>
    [
        new("files", result.Counts.Files),
        new("same_size", result.Counts.SameSize),
        new("same_start", result.Counts.SameStart),
        new("same_end", result.Counts.SameEnd),
        new("groups", result.Counts.Groups),
        new("duplicates", result.Counts.Duplicates),
        new("bytes", result.Counts.Bytes),
        new("bytes_read", result.Counts.BytesRead),
        new("refused", result.Refused.Count),
    ];
}
