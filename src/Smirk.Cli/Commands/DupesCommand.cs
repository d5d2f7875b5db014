using System.CommandLine;
using Smirk.Cli.Arguments;
using Smirk.Cli.Commands.Dupes;
using Smirk.Dataset.Dedupe.Exact;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk dupes PATH...</c>: finds duplicate files, and deals with them when told how.</summary>
internal static class DupesCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var command = new Command("dupes", "Find files that are the same. Changes nothing unless told to.\n\nExample: smirk dupes Pictures/");
        var arguments = new DupesArguments();
        arguments.AddTo(command);
        command.SetRun((parsed, screen, cancel) =>
        {
            var options = arguments.Read(parsed);
            var result = ExactDuplicates.Run(options, screen, TimeProvider.System, cancel);
            foreach (var refused in result.Refused)
                screen.Warn($"{refused.Path}: {refused.Reason}");
            Show(result, arguments.ReadFdupes(parsed), screen);
            return result.Refused.Count > 0 ? ExitCode.SomeRefused : ExitCode.Done;
        });
        return command;
    }

    private static void Show(ExactSearchResult result, FdupesOutput? fdupes, Screen screen)
    {
        if (screen.IsJson)
        {
            using var stdout = Console.OpenStandardOutput();
            DupesDocument.Write(stdout, result.Groups, result.Refused, CountsOf(result));
            return;
        }

        using (var output = RawOutput.Stdout())
        {
            if (fdupes is null)
                GroupListing.Write(output, result.Groups);
            else
                fdupes.Write(output, result.Groups);
        }

        if (fdupes is null)
            screen.Say(GroupListing.Summary(result.Counts));
    }

    private static Dictionary<string, long> CountsOf(ExactSearchResult result) => new()
    {
        ["files"] = result.Counts.Files,
        ["same_size"] = result.Counts.SameSize,
        ["same_start"] = result.Counts.SameStart,
        ["same_end"] = result.Counts.SameEnd,
        ["groups"] = result.Counts.Groups,
        ["duplicates"] = result.Counts.Duplicates,
        ["bytes"] = result.Counts.Bytes,
        ["bytes_read"] = result.Counts.BytesRead,
        ["refused"] = result.Refused.Count,
    };
}
