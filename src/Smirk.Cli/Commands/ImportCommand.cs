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
        var near = new Option<string?>("--near")
        {
            Description = "also drop near duplicates: other sizes, re-compressed, cropped (default: what was decided about them stays)",
            HelpName = "off|careful|normal",
        };
        var command = new Command("import", """
            Import pictures into a workspace: check that they decode, strip their metadata, find exact duplicates.

            What comes with pictures is read, too: captions, metadata.jsonl, labels, boxes of COCO and YOLO.

            Examples:
              smirk import ~/Pictures/smug archive.zip -w smug
              smirk import ~/Pictures/smug -w smug --near normal
            """)
        {
            sources,
        };
        command.Under("Data", workspace, near, prune, drop);
        var limits = new ImportArguments();
        limits.AddTo(command);
        command.SetRun((parsed, screen, cancel) =>
        {
            var options = limits.Read(parsed, parsed.GetRequiredValue(sources)) with
            {
                DropDamaged = DropDamagedArgument.Read(parsed.GetValue(drop)),
            };
            ImportStage.Check(options);
            var nearness = parsed.GetValue(near) is { } care ? NearArgument.Read(care) : null;
            using var opened = SmirkWorkspace.Open(parsed.GetRequiredValue(workspace));
            var importing = new ImportStage(opened);
            var imported = importing.Run(options, screen, cancel);
            if (PruneArgument.Decide(parsed.GetValue(prune), imported, screen))
                importing.Prune(imported.Gone);
            var exact = new ExactStage(opened).Run(screen, cancel);
            var found = nearness is null ? null : new NearStage(opened).Run(nearness, screen, cancel);
            if (screen.IsJson)
                CommandRunner.WriteJson(
                    new ImportDocument(
                        opened.Folder, imported.Counts, imported.New, imported.Unchanged, imported.Refused,
                        [.. imported.Gone.Select(g => g.Path)], imported.OtherFiles, exact.Counts)
                    {
                        Near = found?.Counts,
                    },
                    ImportJson.Default.ImportDocument);
            return imported.Refused.Count > 0 ? ExitCode.SomeRefused : ExitCode.Done;
        });
        return command;
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
