using System.CommandLine;
using System.Text.Json.Serialization;
using Smirk.Dataset.Crop;
using Smirk.Dataset.Crop.Files;
using Smirk.Dataset.Crop.Ranking;
using Smirk.Dataset.Crop.Report;
using Smirk.Imaging.Faces;
using Smirk.Workspace.Errors;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk crop PATH...</c>: finds the faces in pictures, cuts them, and ranks what is fit to learn from.</summary>
internal static class CropCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "pictures, or folders with pictures; they are only read, never changed", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string?>("--output", "-o") { Description = "write the crops into this folder, as PNG; nothing there is overwritten", HelpName = "DIR" };
        var report = new Option<string?>("--report") { Description = "write a page that shows every picture's boxes and the crops, the doubtful ones first", HelpName = "DIR" };
        var dryRun = new Option<bool>("--dry-run") { Description = "decide and tell, write nothing" };
        var faces = new FaceOptions();
        var command = new Command("crop", "Find the faces in pictures, cut them out, and rank what is fit to learn from.\n\nExample: smirk crop ~/Pictures/screenshots -o faces --report faces-report")
        {
            paths, output, report, dryRun,
        };
        faces.AddTo(command);
        command.SetRun((parsed, screen, cancel) =>
        {
            var options = faces.Read(parsed);
            var folder = parsed.GetValue(dryRun) ? null : parsed.GetValue(output);
            var result = new CropFiles().Run(parsed.GetRequiredValue(paths), options, folder, screen, cancel);
            if (!parsed.GetValue(dryRun) && parsed.GetValue(report) is { } page)
                screen.Say($"crop: see {new CropReport().Write(result.Files, page, cancel)}");
            Tell(result, screen, folder);
            if (screen.IsJson)
                CommandRunner.WriteJson(CropDocument.Of(result), CropJson.Default.CropDocument);
            return result.Files.Any(f => f.Refused is not null) ? ExitCode.SomeRefused : ExitCode.Done;
        });
        return command;
    }

    private static void Tell(CropFilesResult result, Screen screen, string? folder)
    {
        if (folder is null)
        {
            foreach (var file in result.Files.Where(f => f.Refused is null))
                screen.Say($"{file.Path}: {file.Reason}");
        }

        var doubtful = result.Files.SelectMany(f => f.Found?.Crops ?? []).Count(c => c.IsChosen && c.Rank.Doubt > 0);
        var place = folder is null ? "" : $", {result.Written.Count} files written to {folder}";
        screen.Say($"crop: {result.Crops} crops from {result.Files.Count} pictures, {doubtful} of them doubtful{place}");
    }

    /// <summary>The options that say how faces are found, cut and ranked.</summary>
    private sealed class FaceOptions
    {
        private readonly Option<FaceKind> _kind = new("--kind") { Description = "drawn or photographed faces", HelpName = "anime|photo", DefaultValueFactory = _ => FaceKind.Anime };
        private readonly Option<string?> _detector = new("--detector") { Description = "an OpenCV cascade to find faces with; otherwise lbpcascade_animeface, fetched on first use, or OpenCV's own for photos", HelpName = "FILE.xml" };
        private readonly Option<double> _margin = new("--margin") { Description = "room around the bare face on each side, in faces", HelpName = "FACES", DefaultValueFactory = _ => new CropOptions().Margin };
        private readonly Option<int> _minFace = new("--min-face") { Description = "narrower faces are found but not used, in pixels", HelpName = "PIXELS", DefaultValueFactory = _ => new CropOptions().MinFace };
        private readonly Option<bool> _largest = new("--largest") { Description = "take only the largest face of a picture" };
        private readonly Option<bool> _all = new("--all") { Description = "take all faces of a picture (the default)" };
        private readonly Option<NoFace> _noFace = new("--no-face") { Description = "what becomes of pictures without a face: keep them whole, drop them, or cut their centre", HelpName = "keep|drop|centre", DefaultValueFactory = _ => NoFace.Drop };
        private readonly Option<string?> _drop = new("--drop") { Description = "drop these, too, as words with or without a threshold: grey,blurry,small=96,dark", HelpName = "LIST" };

        public void AddTo(Command command)
        {
            foreach (var option in (Option[])[_kind, _detector, _margin, _minFace, _largest, _all, _noFace, _drop])
                command.Options.Add(option);
        }

        public CropOptions Read(ParseResult parsed)
        {
            if (parsed.GetValue(_largest) && parsed.GetValue(_all))
                throw new UsageException("--largest and --all exclude each other; give one of them.");
            var margin = parsed.GetValue(_margin);
            if (!(margin is >= 0 and <= 5))
                throw new UsageException($"--margin {margin} is out of range; expected 0 to 5 faces, such as 0.6.");
            var minFace = parsed.GetValue(_minFace);
            if (minFace is < 1 or > 10_000)
                throw new UsageException($"--min-face {minFace} is out of range; expected 1 to 10000 pixels, such as 48.");
            return new CropOptions
            {
                Kind = parsed.GetValue(_kind),
                Detector = parsed.GetValue(_detector),
                Margin = margin,
                MinFace = minFace,
                Largest = parsed.GetValue(_largest),
                NoFace = parsed.GetValue(_noFace),
                Drop = DropRules.Parse(parsed.GetValue(_drop) ?? ""),
            };
        }
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

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(CropDocument))]
internal sealed partial class CropJson : JsonSerializerContext;
