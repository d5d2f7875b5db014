using System.CommandLine;
using System.Text.Json.Serialization;
using Smirk.Cli.Arguments;
using Smirk.Cli.Help;
using Smirk.Dataset.Exact;
using Smirk.Dataset.Merge;
using Smirk.Dataset.Near;
using Smirk.Workspace;
using Smirk.Workspace.Stages;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk merge WS... -w INTO</c>: joins workspaces, such as the shards of one import.</summary>
internal static class MergeCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var others = new Argument<string[]>("WS")
        {
            Description = "workspaces to take over; only read, never changed",
            Arity = ArgumentArity.OneOrMore,
        };
        var workspace = WorkspaceOption.Create();
        var nearOption = new Option<string?>("--near")
        {
            Description = "then drop near duplicates among all of them (default: what was decided about them stays)",
            HelpName = "off|careful|normal",
        };
        var command = new Command("merge", """
            Join workspaces into one, such as the shards of an import.

            Pictures, sources, captions, boxes and what a person decided are taken over; packs and runs aren't. The shards of one pile
            become what one import of all of it makes. Pictures are hard links on one file system, else copies. Stopped, run it again.

            Examples:
              smirk merge shard1 shard2 shard3 shard4 -w smug
              smirk merge shard* -w smug --near normal
              seq 4 | xargs -P 4 -I {} smirk import /data/pile -w shard{} --shard {}/4 --near normal
            """)
        {
            others,
        };
        command.Under("Data", workspace, nearOption);
        command.SetRun((parsed, screen, cancel) =>
        {
            var (folders, into) = (parsed.GetRequiredValue(others), parsed.GetRequiredValue(workspace));
            var nearness = parsed.GetValue(nearOption) is { } care ? NearArgument.Read(care) : null;
            MergeStage.Check(into, folders);
            using var opened = SmirkWorkspace.Open(into);
            var merged = new MergeStage(opened).Run(folders, screen, cancel);
            screen.Say($"merge: {Counted.Of(merged.Workspaces, "workspace")} → {opened.Folder}: {Counted.Of(merged.Files, "file")}, "
                + $"{Counted.Of(merged.Pictures, "picture")}, {merged.New:N0} of them new");
            var exact = new ExactStage(opened).Run(screen, cancel);
            var found = nearness is null ? null : new NearStage(opened).Run(nearness, screen, cancel);
            if (screen.IsJson)
                CommandRunner.WriteJson(
                    new MergeDocument(opened.Folder, merged.Workspaces, merged.Files, merged.Pictures, merged.New, exact.Counts)
                    {
                        Near = found?.Counts,
                    },
                    MergeJson.Default.MergeDocument);
            return ExitCode.Done;
        });
        return command;
    }
}

/// <summary>What <c>merge --json</c> prints.</summary>
internal sealed record MergeDocument(string Workspace, int Workspaces, long Files, long Pictures, long New, StageCounts Exact)
{
    /// <summary>Near duplicates; null where they were not asked about.</summary>
    public StageCounts? Near { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(MergeDocument))]
internal sealed partial class MergeJson : JsonSerializerContext;
