using System.CommandLine;
using System.Text.Json.Serialization;
using Smirk.Cli.Arguments;
using Smirk.Cli.Help;
using Smirk.Dataset.Exact;
using Smirk.Dataset.Import;
using Smirk.Dataset.Near;
using Smirk.Workspace;
using Smirk.Workspace.Stages;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk import SOURCE... -w WS</c>: takes folders, files and archives in, stripped and without copies.</summary>
internal static class ImportCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var sources = new Argument<string[]>("SOURCE")
        {
            Description = "folders, pictures, archives (ZIP, tar, 7z, RAR); only read, never changed",
            Arity = ArgumentArity.OneOrMore,
        };
        var workspace = WorkspaceOption.Create();
        var prune = PruneArgument.Option();
        var drop = DropDamagedArgument.Option();
        var nearOption = new Option<string?>("--near")
        {
            Description = "also drop near duplicates: other sizes, re-compressed, cropped (default: what was decided about them stays)",
            HelpName = "off|careful|normal",
        };
        var shard = new Option<string?>("--shard")
        {
            Description = "take only part i of n, for several processes or machines, each into a workspace of its own; see smirk merge",
            HelpName = "i/n",
        };
        var command = new Command("import", """
            Import pictures into a workspace: check that they decode, strip their metadata, find exact duplicates.

            What comes with pictures is read, too: captions, metadata.jsonl, labels, boxes of COCO and YOLO.

            Examples:
              smirk import ~/Pictures/smug archive.zip -w smug
              smirk import ~/Pictures/smug -w smug --near normal
              smirk import /data/millions -w shard3 --shard 3/8 --near normal
            """)
        {
            sources,
        };
        command.Under("Data", workspace, nearOption, prune, drop, shard);
        var limits = new ImportArguments();
        limits.AddTo(command);
        command.SetRun((parsed, screen, cancel) =>
        {
            var options = limits.Read(parsed, parsed.GetRequiredValue(sources)) with
            {
                DropDamaged = DropDamagedArgument.Read(parsed.GetValue(drop)),
                Shard = parsed.GetValue(shard) is { } part ? Shard.Parse(part) : null,
            };
            ImportStage.Check(options);
            var nearness = parsed.GetValue(nearOption) is { } care ? NearArgument.Read(care) : null;
            using var opened = SmirkWorkspace.Open(parsed.GetRequiredValue(workspace));
            var importing = new ImportStage(opened);
            var imported = importing.Run(options, screen, cancel);
            if (PruneArgument.Decide(parsed.GetValue(prune), imported, screen))
                importing.Prune(imported.Gone);
            var exact = new ExactStage(opened).Run(screen, cancel);
            var near = nearness is null ? null : options.Shard is not null && nearness.Care != NearCare.Off
                ? PrepareNear(opened, nearness, screen, cancel)
                : new NearStage(opened).Run(nearness, screen, cancel).Counts;
            if (screen.IsJson)
                CommandRunner.WriteJson(
                    new ImportDocument(
                        opened.Folder, imported.Counts, imported.New, imported.Unchanged, imported.Refused,
                        [.. imported.Gone.Select(g => g.Path)], imported.OtherFiles, exact.Counts)
                    {
                        Near = near,
                    },
                    ImportJson.Default.ImportDocument);
            return imported.Refused.Count > 0 ? ExitCode.SomeRefused : ExitCode.Done;
        });
        return command;
    }

    // Which pictures are copies of which is decided when all shards are together.
    private static StageCounts PrepareNear(SmirkWorkspace opened, NearOptions options, Screen screen, CancellationToken cancel)
    {
        var counts = new NearPreparing(opened).Run(options, screen, cancel);
        screen.Say(
            $"near: {Counted.Of(counts.Out, "picture")} ready to be compared; smirk merge --near does that with all shards' together");
        return counts;
    }
}

/// <summary>What <c>import --json</c> prints.</summary>
internal sealed record ImportDocument(
    string Workspace, StageCounts Import, long New, long Unchanged, IReadOnlyList<Refusal> Refused, IReadOnlyList<string> Gone,
    IReadOnlyDictionary<string, long> OtherFiles, StageCounts Exact)
{
    /// <summary>Near duplicates; null where they were not asked about.</summary>
    public StageCounts? Near { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(ImportDocument))]
internal sealed partial class ImportJson : JsonSerializerContext;
