using System.CommandLine;
using System.Text.Json.Serialization;
using Smirk.Cli.Help;
using Smirk.Export;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk export WS -o DIR</c>: what a workspace keeps as a dataset for others' trainers.</summary>
internal static class ExportCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var workspace = new Argument<string>("WORKSPACE") { Description = "the workspace folder; only read" };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "the folder, or the file for stylegan and npz; run again, only what is new is written",
            HelpName = "PATH",
        };
        var format = Words("--format", "folder: one flat folder that most trainers read; the others: docs/export.md", "folder",
            Enum.GetNames<ExportFormat>());
        var what = Words("--what", "whole pictures, face crops at full resolution, or a pack's squares (default: pictures; pack for "
            + "stylegan, npz and idx)", null, Enum.GetNames<ExportWhat>());
        var maxSide = new Option<int?>("--max-side") { Description = "shrink what is larger, in pixels", HelpName = "PIXELS" };
        var size = new Option<int?>("--size") { Description = "squares of this edge; with --what pack: which pack", HelpName = "PIXELS" };
        var square = Words("--square", "make pictures square: pad mirrors the edges, crop keeps the middle", "none",
            Enum.GetNames<ExportSquare>());
        var split = new Option<double>("--split")
        {
            Description = "share for validation, such as 0.1; near duplicates stay on one side",
            HelpName = "share",
        };
        var trigger = new Option<string?>("--trigger") { Description = "first word of every caption", HelpName = "WORD" };
        var prefix = new Option<string?>("--prefix") { Description = "words that follow the trigger in every caption", HelpName = "TEXT" };
        var captions = new Option<string>("--captions")
        {
            Description = "sidecar: the captions and tags that came with the pictures; or a file: CSV, JSON lines",
            HelpName = "sidecar|none|FILE",
            DefaultValueFactory = _ => "sidecar",
        };
        var labels = LabelsOption();
        var repeats = new Option<int>("--repeats") { Description = "kohya: the N of N_trigger", DefaultValueFactory = _ => 10 };
        var faceNames = new Option<bool>("--face-names") { Description = "kohya: end file names with the face's middle and size" };
        var report = new Option<string?>("--report")
        {
            Description = "write a page about aspect buckets: what is enlarged, cut through a face, or dropped at 512, 768 and 1024 pixels",
            HelpName = "FILE.html",
        };
        var batch = new Option<int>("--batch")
        {
            Description = "pictures in a training batch, for the report",
            DefaultValueFactory = _ => 4,
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "check, and write the report only" };
        var command = new Command("export", """
            Write the pictures that a workspace keeps as a dataset for other trainers, with captions, boxes and credits.

            Examples:
              smirk export smug -o lora --trigger smugface --max-side 1536
              smirk export smug -o smug.zip --format stylegan --size 256
              smirk export smug -o parquet --format parquet --split 0.1 --labels folder
            """) { workspace };
        command.Under("Output", output, format, dryRun);
        command.Under("Pictures", what, maxSide, size, square, split);
        command.Under("Captions and labels", trigger, prefix, captions, labels);
        command.Under("Trainers", repeats, faceNames, report, batch);
        command.SetRun((parsed, screen, cancel) =>
        {
            var options = new ExportOptions
            {
                Output = parsed.GetValue(output) ?? (parsed.GetValue(dryRun) ? "."
                    : throw new UsageException("Say where to export to: -o FOLDER, or -o FILE for stylegan and npz.")),
                Format = Enum.Parse<ExportFormat>(parsed.GetRequiredValue(format)!, ignoreCase: true),
                What = parsed.GetValue(what) is { } part ? Enum.Parse<ExportWhat>(part, ignoreCase: true) : null,
                MaxSide = parsed.GetValue(maxSide),
                Size = parsed.GetValue(size),
                Square = Enum.Parse<ExportSquare>(parsed.GetRequiredValue(square)!, ignoreCase: true),
                Split = parsed.GetValue(split),
                Trigger = parsed.GetValue(trigger),
                Prefix = parsed.GetValue(prefix),
                Captions = parsed.GetRequiredValue(captions),
                Labels = parsed.GetRequiredValue(labels),
                Repeats = parsed.GetValue(repeats),
                FaceNames = parsed.GetValue(faceNames),
                Report = parsed.GetValue(report),
                Batch = parsed.GetValue(batch),
                DryRun = parsed.GetValue(dryRun),
            };
            options.Check();
            using var opened = SmirkWorkspace.OpenToRead(parsed.GetRequiredValue(workspace));
            var result = new ExportStage(opened).Run(options, screen, cancel);
            if (!options.DryRun)
                screen.Say(Sentence(result));
            if (result.Report is { } page)
                screen.Say($"export: report: {page}");
            if (screen.IsJson)
                CommandRunner.WriteJson(result, ExportJson.Default.ExportResult);
            return result.Counts.Left.ContainsKey(ExportStage.Damaged) ? ExitCode.SomeRefused : ExitCode.Done;
        });
        return command;
    }

    /// <summary><c>--labels</c> as exports take it.</summary>
    private static Option<string> LabelsOption() => new("--labels")
    {
        Description = "classes: the folders that the pictures came from, a field of what came with them, or a CSV file",
        HelpName = "none|folder|metadata:FIELD|FILE.csv",
        DefaultValueFactory = _ => "none",
    };

    private static Option<string?> Words(string name, string description, string? usual, IEnumerable<string> values)
    {
        string[] words = [.. values.Select(v => v.ToLowerInvariant())];
        var option = new Option<string?>(name) { Description = description, HelpName = string.Join('|', words) };
        if (usual is not null)
            option.DefaultValueFactory = _ => usual;
        option.AcceptOnlyFromAmong(words);
        return option;
    }

    private static string Sentence(ExportResult result)
    {
        var parts = new List<string> { $"{Counted.Of(result.Written, "file")} written" };
        if (result.Unchanged > 0)
            parts.Add($"{result.Unchanged:N0} unchanged");
        if (result.Removed > 0)
            parts.Add($"{result.Removed:N0} removed that are no longer kept");
        if (result.Validation > 0)
            parts.Add($"{Counted.Of(result.Validation, "picture")} for validation");
        return $"export: {string.Join(", ", parts)}: {result.Output}";
    }
}

/// <summary>What <c>export --json</c> prints.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ExportResult))]
internal sealed partial class ExportJson : JsonSerializerContext;
