using System.CommandLine;
using System.Globalization;
using System.Text.Json.Serialization;
using Smirk.Cli.Arguments;
using Smirk.Cli.Help;
using Smirk.Dataset.Pack;
using Smirk.Gan.Explore;
using Smirk.Gan.Project;
using Smirk.Gan.Sample;
using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Writing;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk project PICTURE</c>: the latent whose picture comes nearest to one's own.</summary>
internal static class ProjectCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var picture = new Argument<string>("PICTURE") { Description = "the picture; only read, never changed", HelpName = "PICTURE" };
        var run = new RunOption();
        var output = new Option<string?>("--output", "-o")
        {
            Description = "write the nearest picture here, as PNG",
            HelpName = "file.png",
        };
        var beside = new Option<bool>("--beside") { Description = "with -o: put the picture, as it was cut, to the left of it" };
        var latents = new Option<string?>("--latents")
        {
            Description = "write the latent here (safetensors), for sample --latents",
            HelpName = "file",
        };
        var box = new Option<string?>("--box") { Description = "use this part of the picture, in pixels", HelpName = "x,y,w,h" };
        var noCrop = new Option<bool>("--no-crop") { Description = "use all of the picture, even if the pack was cut to faces" };
        var detector = new Option<string?>("--detector")
        {
            Description = "an OpenCV cascade to find the face with (default: the one for the pack's kind of faces)",
            HelpName = "FILE.xml",
        };
        var steps = new Option<int>("--steps")
        {
            Description = "steps of the search: more come a little nearer",
            DefaultValueFactory = _ => ProjectOptions.UsualSteps,
            HelpName = "n",
        };
        var threads = new Option<int>("--threads")
        {
            Description = "threads on the CPU; with a fixed number the same is found again; 0: as many as are fastest at the moment",
            DefaultValueFactory = _ => 0,
            HelpName = "n",
        };
        var onlyClass = new Option<string?>("--class")
        {
            Description = "search in this class (default: the class of the nearest sample)",
            HelpName = "name",
        };
        var noCompare = new Option<bool>("--no-compare")
        {
            Description = "don't say how near held-out pictures come, which takes a while once a snapshot",
        };
        var raw = new Option<bool>("--raw") { Description = "use the raw weights instead of their moving average" };
        var device = new Option<string>("--device")
        {
            Description = "auto, cpu, cuda or cuda:1",
            DefaultValueFactory = _ => "auto",
            HelpName = "device",
        };
        var command = new Command("project", """
            Find what a generator can make that comes nearest to your own picture.

            Examples:
              smirk project me.jpg -w smug -o almost-me.png      cut to the face as smug's pictures were
              smirk project me.jpg -w smug --latents me.safetensors
              smirk sample smug --latents me.safetensors --grid me-again.png
              smirk project me.jpg -w smug --run 2 --box 120,40,300,300 -o almost-me.png --beside
              smirk project face.png --run smug/runs/0001 --no-crop --steps 500 -o nearer.png
            """) { picture };
        command.Under("Generator", run.Workspace, run.Run, raw, device);
        command.Under("What of the picture", box, noCrop, detector);
        command.Under("Search", steps, threads, onlyClass, noCompare);
        command.Under("Where to write it", output, beside, latents);
        command.SetRun((parsed, screen, cancel) =>
        {
            var (path, png, file) = (parsed.GetRequiredValue(picture), parsed.GetValue(output), parsed.GetValue(latents));
            if (png is null && file is null)
                throw new UsageException("Nothing to write: give -o FILE.png, --latents FILE, or both.");
            if (parsed.GetValue(beside) && png is null)
                throw new UsageException("--beside goes with -o FILE.png.");
            if (parsed.GetValue(box) is not null && parsed.GetValue(noCrop))
                throw new UsageException("--box and --no-crop exclude each other; give one of them.");
            var snapshot = run.Snapshot(parsed);
            using var session = GeneratorSession.Open(snapshot, !parsed.GetValue(raw), parsed.GetValue(device)!);
            var options = new ProjectOptions
            {
                Steps = parsed.GetValue(steps),
                Threads = parsed.GetValue(threads),
                Class = ClassOf(session, parsed.GetValue(onlyClass)),
                Compare = !parsed.GetValue(noCompare),
            };
            var like = LikePackOptions.Of(session.PackPath, session.Size, session.Aspect) with
            {
                Box = BoxOf(parsed.GetValue(box)),
                Whole = parsed.GetValue(noCrop),
                Detector = parsed.GetValue(detector),
            };
            var cut = Cut(path, session, run.WorkspaceOf(parsed, snapshot), like, cancel);
            if (cut.By == CutBy.CentreForWantOfFace)
                screen.Warn($"{path}: no face was found, so its middle is used. Say where the face is with --box x,y,w,h.");
            screen.Say($"project: {Words(cut)}");
            using var pictures = RunPictures.Open(session, screen, cancel);
            using var projector = new Projector(session, pictures, screen, cancel);
            var projection = projector.Run(cut.Square.Pixels, options, null, screen, cancel);
            if (png is not null)
                AtomicFile.Write(png, PictureWriter.Png(Shown(projection, cut, session, parsed.GetValue(beside))));
            if (file is not null)
                LatentFile.Write(file, [projection.Code]);
            foreach (var line in Words(projection))
                screen.Say($"project: {line}");
            foreach (var written in new[] { png, file }.OfType<string>())
                screen.Say($"project: {written}");
            if (screen.IsJson)
                CommandRunner.WriteJson(ProjectDocument.Of(snapshot, cut, projection, png, file), ProjectJson.Default.ProjectDocument);
            return ExitCode.Done;
        });
        return command;
    }

    private static CutPicture Cut(
        string path, GeneratorSession session, string? folder, LikePackOptions options, CancellationToken cancel)
    {
        byte[] bytes;
        try
        {
            bytes = new FileInfo(path).Length <= DecodeOptions.Default.MaxBytes ? File.ReadAllBytes(path)
                : throw new UnusableInputException($"{path} is too long: at most {DecodeOptions.Default.MaxBytes / 1e6:0} MB are read.");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UnusableInputException($"There is no picture {path}.", error);
        }

        try
        {
            using var workspace = folder is null ? null : SmirkWorkspace.OpenToRead(folder);
            return new LikePack(workspace).Cut(bytes, options, cancel);
        }
        catch (UnusablePictureException error)
        {
            throw new UnusableInputException($"{path} can't be used: {error.Message.TrimEnd('.')}.", error);
        }
    }

    private static Picture Shown(Projection projection, CutPicture cut, GeneratorSession session, bool beside)
    {
        var made = Shown(projection.Rgb);
        if (!beside)
            return made;
        var given = Shown(cut.Square.Pixels);
        var both = new Picture(2 * made.Width, made.Height, new byte[2 * made.Pixels.Length]);
        for (var y = 0; y < made.Height; y++)
        {
            given.Row(y).CopyTo(both.Row(y));
            made.Row(y).CopyTo(both.Row(y)[(3 * made.Width)..]);
        }

        return both;

        Picture Shown(byte[] square)
        {
            var shown = session.Shown(square);
            return new Picture(shown.Width, shown.Height, shown.Rgb);
        }
    }

    private static int[]? BoxOf(string? text)
    {
        if (text is null)
            return null;
        var parts = text.Split(',');
        var numbers = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts.Length != 4 || !int.TryParse(parts[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[i]))
                throw new UsageException($"--box {text}: expected x,y,width,height in pixels, such as 100,40,256,256.");
        }

        return numbers;
    }

    private static int? ClassOf(GeneratorSession session, string? name)
    {
        if (name is null)
            return null;
        if (session.Classes.Count == 0)
            throw new UsageException("--class: this generator was trained without labels. Train with --labels folder.");
        var number = session.Classes.ToList().IndexOf(name);
        return number >= 0 ? number
            : throw new UsageException($"--class {name}: this generator knows {string.Join(", ", session.Classes)}.");
    }

    private static string Words(CutPicture cut) => cut.By switch
    {
        CutBy.Face => $"face found; cut {Box(cut)}",
        CutBy.Centre => $"cut from the middle, as the pack was: {Box(cut)}",
        CutBy.CentreForWantOfFace => $"cut from the middle: {Box(cut)}",
        CutBy.Whole => $"taken whole: {Box(cut)}",
        _ => $"the box {Box(cut)}",
    };

    private static string Box(CutPicture cut) => string.Join(",", cut.Box);

    private static IEnumerable<string> Words(Projection projection)
    {
        yield return string.Create(CultureInfo.InvariantCulture,
            $"distance {projection.Distance:0.00} (0 is the same, two pictures of the pack are 1 apart; the nearest of "
            + $"{projection.Samples} samples {projection.NearestSample:0.00})");
        if (projection.Comparison is { } others)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"nearer than {others.NearerThan * 100:0} % of {others.HeldOut} pictures that the generator never saw "
                + $"(their median {others.Median:0.00})");
    }
}

/// <summary>What <c>project --json</c> prints.</summary>
/// <param name="Snapshot">The snapshot's file.</param>
/// <param name="Box">What was taken of the picture: x, y, width, height.</param>
/// <param name="CutBy">Why that.</param>
/// <param name="Distance">See <see cref="Projection.Distance"/>.</param>
/// <param name="NearestSample">The nearest of the samples that the search began with.</param>
/// <param name="NearerThan">Share of the held-out pictures that came less near; null where that isn't known.</param>
/// <param name="HeldOut">How many these are.</param>
/// <param name="Files">What was written.</param>
internal sealed record ProjectDocument(
    string Snapshot, IReadOnlyList<int> Box, string CutBy, double Distance, double NearestSample, double? NearerThan, int HeldOut,
    IReadOnlyList<string> Files)
{
    public static ProjectDocument Of(string snapshot, CutPicture cut, Projection projection, params string?[] files) => new(
        snapshot, cut.Box, cut.By switch
        {
            Dataset.Pack.CutBy.Face => "face",
            Dataset.Pack.CutBy.Box => "box",
            Dataset.Pack.CutBy.Whole => "whole",
            _ => "centre",
        },
        Math.Round(projection.Distance, 4), Math.Round(projection.NearestSample, 4), projection.Comparison?.NearerThan,
        projection.Comparison?.HeldOut ?? 0, [.. files.OfType<string>()]);
}

/// <summary>--json, without reflection.</summary>
[JsonSerializable(typeof(ProjectDocument))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
internal sealed partial class ProjectJson : JsonSerializerContext;
