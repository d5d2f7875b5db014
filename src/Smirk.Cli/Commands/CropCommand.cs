using System.CommandLine;
using System.Text.Json.Serialization;
using Smirk.Cli.Arguments;
using Smirk.Dataset.Crop;
using Smirk.Dataset.Crop.Files;
using Smirk.Dataset.Crop.Report;
using Smirk.Dataset.Crop.Stage;
using Smirk.Imaging.Faces;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk crop PATH...</c>: finds the faces in pictures, cuts them, and ranks what is fit to learn from.</summary>
internal static class CropCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "pictures, or folders with pictures; they are only read, never changed", Arity = ArgumentArity.ZeroOrMore };
        var workspace = new Option<string?>("--workspace", "-w") { Description = "instead of PATH: find the faces in a workspace's pictures; the next pack is made of them", HelpName = "FOLDER" };
        var output = new Option<string?>("--output", "-o") { Description = "write the crops into this folder, as PNG; nothing there is overwritten", HelpName = "DIR" };
        var report = new Option<string?>("--report") { Description = "write a page that shows every picture's boxes and the crops, the doubtful ones last", HelpName = "DIR" };
        var dryRun = new Option<bool>("--dry-run") { Description = "decide and tell, write nothing" };
        var faces = new CropArguments();
        var command = new Command("crop", "Find the faces in pictures, cut them out, and rank what is fit to learn from.\n\nExample: smirk crop ~/Pictures/screenshots -o faces --report faces-report")
        {
            paths, workspace, output, report, dryRun,
        };
        faces.AddTo(command);
        command.SetRun((parsed, screen, cancel) =>
        {
            var options = faces.Read(parsed);
            var given = parsed.GetValue(paths) ?? [];
            if (parsed.GetValue(workspace) is { } name)
                return given.Length == 0 ? InWorkspace(name, options, screen, cancel) : throw new UsageException("PATH and -w exclude each other; import pictures into the workspace with smirk import first.");
            if (given.Length == 0)
                throw new UsageException("Nothing to crop. Give pictures or folders, or a workspace with -w.");
            var folder = parsed.GetValue(dryRun) ? null : parsed.GetValue(output);
            var result = new CropFiles().Run(given, options, folder, screen, cancel);
            if (!parsed.GetValue(dryRun) && parsed.GetValue(report) is { } page)
                screen.Say($"crop: see {new CropReport().Write(result.Files, page, cancel)}");
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
        screen.Say($"crop: {Counted.Of(result.Crops, "crop")} from {Counted.Of(result.Files.Count, "picture")}, {doubtful} of them doubtful{place}");
    }
}

/// <summary>What <c>crop --json</c> prints.</summary>
internal sealed record CropDocument(IReadOnlyList<CropDocument.PictureFile> Files)
{
    /// <summary>One file. The first <paramref name="Chosen"/> of its faces are the ones that go on.</summary>
    internal sealed record PictureFile(string Path, IReadOnlyList<FaceBox> Faces, int Chosen, string Reason);

    /// <summary>A bare face in pixels of the upright picture; degrees clockwise; 0 to 1.</summary>
    internal sealed record FaceBox(int X, int Y, int W, int H, double Angle, double Score);

    public static CropDocument Of(CropFilesResult result) => new([.. result.Files.Select(f => new PictureFile(f.Path, [.. (f.Found?.Faces ?? []).Select(Box)], f.Chosen, f.Reason))]);

    private static FaceBox Box(Face face) => new(
        (int)Math.Round(face.X), (int)Math.Round(face.Y), (int)Math.Round(face.Width), (int)Math.Round(face.Height), Math.Round(face.Angle, 1), Math.Round(face.Score, 3));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CropDocument))]
[JsonSerializable(typeof(CropStageResult))]
internal sealed partial class CropJson : JsonSerializerContext;
