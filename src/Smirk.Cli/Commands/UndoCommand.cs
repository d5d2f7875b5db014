using System.CommandLine;
using System.Text.Json;
using Smirk.Cli.Commands.Dupes;
using Smirk.Files.Act;
using Smirk.Files.Posix;
using Smirk.Workspace.Stages;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk undo JOURNAL</c>: takes back what `dupes` did.</summary>
internal static class UndoCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var journal = new Argument<string>("JOURNAL") { Description = "the journal file that dupes named at its end" };
        var dryRun = new Option<bool>("--dry-run") { Description = "show what would be restored; change nothing" };
        var command = new Command("undo", """
            Undo what dupes moved, linked or deleted, even if it was interrupted. Safe to run again.

            Example: smirk undo ~/.local/state/smirk/journals/dupes-20260412-180000-4711.jsonl
            """) { journal, dryRun };
        command.SetRun((parsed, screen, cancel) =>
        {
            var result = Undo.Run(parsed.GetRequiredValue(journal), parsed.GetValue(dryRun), screen, cancel);
            foreach (var left in result.LeftAlone)
                screen.Warn($"{left.Path}: {left.Reason}");
            if (screen.IsJson)
                WriteJson(result);
            foreach (var path in parsed.GetValue(dryRun) ? result.Restored : [])
                screen.Say($"would restore {path}");
            screen.Say(
                $"{Counted.Of(result.Restored.Count, "file")} {(parsed.GetValue(dryRun) ? "would be restored" : "restored")}, "
                    + $"{result.Untouched:N0} unchanged, {result.LeftAlone.Count:N0} could not be restored.");
            return DupesCommand.CodeFor(result.LeftAlone);
        });
        return command;
    }

    private static void WriteJson(UndoResult result)
    {
        using var stdout = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(stdout, DupesDocument.Readable))
        {
            json.WriteStartObject();
            json.WriteStartArray("restored");
            foreach (var path in result.Restored)
            {
                json.WriteStartObject();
                json.WritePath("path", path);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("left_alone");
            foreach (var left in result.LeftAlone)
            {
                json.WriteStartObject();
                json.WritePath("path", left.Path);
                json.WriteString("reason", left.Reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("counts");
            json.WriteNumber("restored", result.Restored.Count);
            json.WriteNumber("untouched", result.Untouched);
            json.WriteNumber("left_alone", result.LeftAlone.Count);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        stdout.Write("\n"u8);
    }
}
