using System.CommandLine;
using System.Text.Json.Serialization;
using Smirk.Cli.Arguments;
using Smirk.Cli.Help;
using Smirk.Dataset.Crop;
using Smirk.Dataset.Crop.Files;
using Smirk.Dataset.Crop.Report;
using Smirk.Dataset.Crop.Stage;
using Smirk.Imaging.Faces;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk crop PATH...</c>: finds faces in pictures, crops them, and drops what is unfit for training.</summary>
internal static class CropCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "pictures or folders of pictures; only read, never changed",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var workspace = new Option<string?>("--workspace", "-w")
        {
            Description = "crop the pictures of a workspace instead of PATH; its next pack is made of the crops",
            HelpName = "FOLDER",
        };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "write the crops to this folder as PNG; nothing there is overwritten",
            HelpName = "DIR",
        };
        var report = new Option<string?>("--report")
        {
            Description = "write an HTML page with every picture, its boxes and its crops, the doubtful ones last",
            HelpName = "DIR",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "report only; write nothing" };
        var faces = new CropArguments();
        var command = new Command("crop", """
            Find faces in pictures, crop them, and drop crops that are unfit for training.

            Examples:
              smirk crop ~/Pictures/screenshots -o faces --report faces-report
              smirk crop -w smug --margin 1
            """) { paths };
        command.Under("Input and output", workspace, output, report, dryRun);
        faces.AddTo(command);
        command.SetRun((parsed, screen, cancel) =>
        {
            var options = faces.Read(parsed);
            var given = parsed.GetValue(paths) ?? [];
            if (parsed.GetValue(workspace) is { } name)
                return given.Length == 0 ? InWorkspace(name, options, screen, cancel)
                    : throw new UsageException("PATH and -w exclude each other. To add pictures to a workspace, run smirk import first.");
            if (given.Length == 0)
                throw new UsageException("Nothing to crop. Name pictures or folders, or a workspace with -w.");
            var folder = parsed.GetValue(dryRun) ? null : parsed.GetValue(output);
            var result = new CropFiles().Run(given, options, folder, screen, cancel);
            if (!parsed.GetValue(dryRun) && parsed.GetValue(report) is { } page)
                screen.Say($"crop: report: {new CropReport().Write(result.Files, page, screen, cancel)}");
            Tell(result, screen, folder);
            if (screen.IsJson)
                CommandRunner.WriteJson(CropDocument.Of(result), CropJson.Default.CropDocument);
            return result.Files.Any(f => f.Refused is not null) ? ExitCode.SomeRefused : ExitCode.Done;
        });
        return command;
    }

    private static int InWorkspace(string name, CropOptions options, Screen screen, CancellationToken cancel)
    {
        using var opened = SmirkWorkspace.Open(name);
        var result = new CropStage(opened).Run(new CropStageOptions { Mode = CropMode.Faces, Faces = options }, screen, cancel);
        if (screen.IsJson)
            CommandRunner.WriteJson(result, CropJson.Default.CropStageResult);
        return ExitCode.Done;
    }

    private static void Tell(CropFilesResult result, Screen screen, string? folder)
    {
        if (folder is null)
        {
            foreach (var file in result.Files.Where(f => f.Refused is null))
                screen.Say($"{file.Path}: {file.Reason}");
        }

        var doubtful = result.Files.SelectMany(f => f.Found?.Crops ?? []).Count(c => c.IsChosen && c.Rank.Doubt > 0);
        var place = folder is null ? "" : $", {Counted.Of(result.Written.Count, "file")} written to {folder}";
        screen.Say($"crop: {Counted.Of(result.Crops, "crop")} from {Counted.Of(result.Files.Count, "picture")}, {doubtful} of them "
            + $"doubtful{place}");
    }
}

/// <summary>What <c>crop --json</c> prints.</summary>
internal sealed record CropDocument(IReadOnlyList<CropDocument.PictureFile> Files)
{
    /// <summary>One file. The first <paramref name="Chosen"/> of its faces are the ones that go on.</summary>
    internal sealed record PictureFile(string Path, IReadOnlyList<FaceBox> Faces, int Chosen, string Reason);

    /// <summary>A bare face in pixels of the upright picture; degrees clockwise; 0 to 1.</summary>
    internal sealed record FaceBox(int X, int Y, int W, int H, double Angle, double Score);

    public static CropDocument Of(CropFilesResult result) =>
        new([.. result.Files.Select(f => new PictureFile(f.Path, [.. (f.Found?.Faces ?? []).Select(Box)], f.Chosen, f.Reason))]);

    private static FaceBox Box(Face face) => new(
        (int)Math.Round(face.X), (int)Math.Round(face.Y), (int)Math.Round(face.Width), (int)Math.Round(face.Height),
            Math.Round(face.Angle, 1), Math.Round(face.Score, 3));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CropDocument))]
[JsonSerializable(typeof(CropStageResult))]
internal sealed partial class CropJson : JsonSerializerContext;
