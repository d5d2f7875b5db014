using System.CommandLine;
using System.Text.Json.Serialization;
using Smirk.Dataset.Import;
using Smirk.Dataset.Story;
using Smirk.Files.Posix;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk why FILE -w WS</c>: what became of a file, and where it is now.</summary>
internal static class WhyCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE")
        {
            Description = "a path or the end of one, archive!member, the first digits of a SHA-256, or any file with the same content",
        };
        var workspace = WorkspaceOption.Create(isRead: true);
        var command = new Command("why", """
            Show the history of one file: where it came from, what was stripped, why it was kept or dropped, and which packs hold it.

            Example: smirk why IMG_3021.jpg -w smug
            """) { file, workspace };
        command.SetRun((parsed, screen, _) =>
        {
            using var opened = SmirkWorkspace.OpenToRead(parsed.GetRequiredValue(workspace));
            var stories = new StoryFinder(opened).Find(parsed.GetRequiredValue(file));
            foreach (var story in stories)
                Tell(story, screen);
            if (screen.IsJson)
                CommandRunner.WriteJson([.. stories], StoryJson.Default.FileStoryArray);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Tell(FileStory story, Screen screen)
    {
        screen.Say(ShellText.Show(story.Path));
        screen.Say($"  source    {story.Source.Kind} {ShellText.Show(story.Source.Path)}");
        foreach (var line in story.Collected.SelectMany(c => c.Lines()))
            screen.Say($"  {line}");
        screen.Say($"  file      {story.File.Size} bytes{(story.File.Sha256 is null ? "" : $", SHA-256 {story.File.Sha256}")}");
        if (story.File.Status == FileStatus.Opened)
            screen.Say("  archive   opened; its members are listed as files");
        if (story.File.Status == FileStatus.Refused)
            screen.Say($"  refused   {RefusalWords.Of(story.File.Refusal!)}");
        if (story.File.Status == FileStatus.Gone)
            screen.Say("  gone      no longer in its source, and pruned");
        if (story.Picture is not { } picture)
            return;
        screen.Say($"  stripped  {story.File.Removed ?? "nothing; it had no metadata"}");
        screen.Say($"  picture   {picture.Format}, {picture.Width} × {picture.Height}, {story.Blob}");
        foreach (var decision in story.Decisions)
            screen.Say(
                $"  {decision.Verdict,-9} {decision.Stage}: "
                    + $"{decision.Reason}{(decision.By == Decision.Smirk ? "" : $" (by {decision.By})")}");
        foreach (var twin in story.Twins)
            screen.Say($"  same as   {ShellText.Show(twin)}");
        if (story.IsKept)
            screen.Say("  kept");
        foreach (var row in story.Rows)
            screen.Say(
                $"  packed    packs/{row.Pack} row "
                    + $"{row.Row}{(row.Small ? ", enlarged" : "")}"
                    + $"{(row.Runs.Count == 0 ? "" : $", trained on in runs {string.Join(", ", row.Runs)}")}");
    }
}

/// <summary>What <c>why --json</c> prints.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(FileStory[]))]
internal sealed partial class StoryJson : JsonSerializerContext;
