using System.CommandLine;
using System.Text.Json.Serialization;
using Smirk.Cli.Arguments;
using Smirk.Dataset.Exact;
using Smirk.Dataset.Import;
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
            Description = "folders, pictures, archives (.zip, .tar, .tar.gz); only read, never changed",
            Arity = ArgumentArity.OneOrMore,
        };
        var workspace = WorkspaceOption.Create();
        var prune = PruneArgument.Option();
        var drop = DropDamagedArgument.Option();
        var command = new Command("import", """
            Import pictures into a workspace: check that they decode, strip their metadata, find exact duplicates.

            Example: smirk import ~/Pictures/smug archive.zip -w smug
            """)
        {
            sources, workspace, prune, drop,
        };
        command.SetRun((parsed, screen, cancel) =>
        {
            var options = new ImportOptions
            {
                Sources = parsed.GetRequiredValue(sources),
                DropDamaged = DropDamagedArgument.Read(parsed.GetValue(drop)),
            };
            ImportStage.Check(options);
            using var opened = SmirkWorkspace.Open(parsed.GetRequiredValue(workspace));
            var importing = new ImportStage(opened);
            var imported = importing.Run(options, screen, cancel);
            if (PruneArgument.Decide(parsed.GetValue(prune), imported, screen))
                importing.Prune(imported.Gone);
            var exact = new ExactStage(opened).Run(screen, cancel);
            if (screen.IsJson)
                CommandRunner.WriteJson(
                    new ImportDocument(
                        opened.Folder, imported.Counts, imported.New, imported.Unchanged, imported.Refused,
                        [.. imported.Gone.Select(g => g.Path)], exact.Counts),
                    ImportJson.Default.ImportDocument);
            return imported.Refused.Count > 0 ? ExitCode.SomeRefused : ExitCode.Done;
        });
        return command;
    }
}

/// <summary>What <c>import --json</c> prints.</summary>
internal sealed record ImportDocument(
    string Workspace, StageCounts Import, long New, long Unchanged, IReadOnlyList<Refusal> Refused, IReadOnlyList<string> Gone,
    StageCounts Exact);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ImportDocument))]
internal sealed partial class ImportJson : JsonSerializerContext;
