using System.CommandLine;
using System.Text.Json.Serialization;
using Smirk.Cli.Arguments;
using Smirk.Cli.Commands.Tunes;
using Smirk.Cli.Help;
using Smirk.Collect;
using Smirk.Dataset.Crop.Stage;
using Smirk.Dataset.Import;
using Smirk.Dataset.Near;
using Smirk.Dataset.Pack;
using Smirk.Drawing;
using Smirk.Files.Archives;
using Smirk.Gan.Train.Planning;
using Smirk.Music.Rolls;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;

namespace Smirk.Cli.Commands.Make;

/// <summary><c>smirk make</c>: the main job, from a folder of pictures to a picture generator.</summary>
internal static class MakeCommand
{
    private const string DefaultWorkspace = "smug";

    // What comes before takes a minute on two fast cores and two on slow ones, the samples and the report another: it stays under ten.
    private static readonly TimeSpan DrawnBudget = TimeSpan.FromMinutes(5);

    // What MNIST and its like are padded to.
    private const int IdxSize = 32;

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var sources = new Argument<string[]>("SOURCE")
        {
            Description =
                "folders, pictures, MIDI files, archives, r/NAME, URLs, git repositories, files of posts or URLs; without any, Smirk draws "
                    + "pictures of its own",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var workspace = new Option<string>("--workspace", "-w")
        {
            Description = "the workspace: where everything goes; created if missing",
            DefaultValueFactory = _ => DefaultWorkspace,
            HelpName = "FOLDER",
        };
        var size =
            PackCommand.SizeOption(RecipeNames.SizesOf(RecipeNames.Auto), "auto: what the pictures, the budget and the machine allow");
        var aspect = PackCommand.AspectOption();
        var fit = PackCommand.FitOption();
        var near = NearArgument.Option();
        var prune = PruneArgument.Option();
        var crop = CropArguments.ModeOption();
        var faces = new CropArguments(damagedToo: true);
        var training = new TrainArguments();
        var collecting = new CollectArguments();
        var share = new Option<bool>("--share")
        {
            Description = "at the end, make a page to play with and the network as ONNX, as smirk share does",
        };
        var limits = new ImportArguments(bars: false);
        var command = new Command("make", """
            Turn pictures into a picture generator: import, strip metadata, drop duplicates, crop faces, pack, train, sample, report.
            Run it again: only new work is done, and a stopped run is resumed.

            Examples:
              smirk make ~/Pictures/smug -w smug             30 minutes of training
              smirk make pictures.zip more-pictures -w smug --budget 2h
              smirk make r/Smugs -w smug                     a whole subreddit; see smirk collect
              smirk make train-images-idx3-ubyte.gz --labels idx -w mnist
              smirk make                                     no pictures at hand: Smirk draws some; 10 minutes in all
            """) { sources };
        command.Under("Data", workspace, size, aspect, fit, near, prune);
        limits.AddTo(command);
        command.Under("Crop", crop);
        faces.AddTo(command);
        command.Under("Training", training.AddTo);
        command.Under("Result", share);
        collecting.AddTo(command);
        command.ShowFirst("--workspace", "--size", "--near", "--crop", "--kind", "--budget", "--kimg", "--seed", "--device", "--labels",
            "--share");
        command.SetRun((parsed, screen, cancel) =>
        {
            TeamTraining.RefuseTeam("make");
            var options = training.Read(parsed);
            RecipePlanner.Check(options);
            if (parsed.GetValue(size) is { } asked)
                RecipePlanner.CheckSize(options.Recipe, asked);
            var shape = Aspect.Parse(parsed.GetRequiredValue(aspect));
            var cut = new CropStageOptions { Mode = CropArguments.ModeOf(parsed.GetRequiredValue(crop)), Faces = faces.Read(parsed) };
            var folder = parsed.GetRequiredValue(workspace);
            var given = parsed.GetValue(sources) ?? [];
            var collect = CollectStage.Concerns(given) ? collecting.Read(parsed, given, limits) : null;
            if (collect is not null)
                CollectStage.Check(collect);
            else if (given.Length > 0)
                ImportStage.Check(limits.Read(parsed, given));
            CheckShape(shape, given);
            using var opened = SmirkWorkspace.Open(folder);

            // Without pictures: draw some. They are a source like any other from here on.
            if (given.Length == 0)
            {
                var drawn = Path.Combine(opened.Folder, WorkspaceFiles.Drawn);
                screen.Say(
                    $"make: no SOURCE given, so Smirk draws pictures of its own into {drawn}; give folders or archives to use yours");
                DrawStage.Run(new DrawOptions { Seed = options.Seed ?? 0 }, drawn, screen, cancel);
                given = [drawn];
                // Drawn pictures are portraits: no detector needed.
                cut = cut with { Mode = cut.Mode == CropMode.Auto ? CropMode.Off : cut.Mode };
                options = options with { Budget = options.Budget ?? (options.Kimg is null ? DrawnBudget : null) };
            }

            RollCut? rolls = null;
            var (edge, nearness) = (parsed.GetValue(size), NearArgument.Read(parsed.GetRequiredValue(near)));
            if (given.All(IdxNames.HasIdxName))
            {
                // Digits are alike by nature, hold no faces, and have 28 pixels: they are a finished set.
                edge = parsed.GetResult(size) is { Implicit: false } ? edge : IdxSize;
                nearness = parsed.GetResult(near) is { Implicit: false } ? nearness : new NearOptions { Care = NearCare.Off };
                cut = cut with { Mode = cut.Mode == CropMode.Auto ? CropMode.Off : cut.Mode };
                screen.Say(
                    $"make: IDX files are finished sets: trained on at {edge} pixels, without a search for near duplicates and faces");
            }
            else if (given.All(TuneSources.HoldsTunes))
            {
                // Rolls are as large as they have bars, hold no faces, and repeat themselves as music does.
                rolls = RollsOf(edge, limits.Read(parsed, given).RollsInC, opened);
                edge = rolls.Shape.Size;
                nearness = parsed.GetResult(near) is { Implicit: false } ? nearness : new NearOptions { Care = NearCare.Off };
                cut = cut with { Mode = cut.Mode == CropMode.Auto ? CropMode.Off : cut.Mode };
                screen.Say($"make: tunes are learnt as {rolls}, without a search for near duplicates and faces");
            }

            var dropDamaged = faces.DropsDamaged(parsed);
            var dataset = new DatasetPipeline(opened).Run(
                new DatasetOptions
                {
                    Import = collect is null ? Wanted(limits.Read(parsed, given)) : null,
                    Collect = collect is null ? null : collect with { Import = Wanted(collect.Import) },
                    Prunes = imported => PruneArgument.Decide(parsed.GetValue(prune), imported, screen),
                    Near = nearness,
                    Crop = cut,
                    Pack = new PackOptions
                    {
                        Size = edge ?? new PackOptions().Size,
                        Aspect = shape,
                        Fit = PackCommand.FitOf(parsed.GetRequiredValue(fit)),
                    },
                    SizeOf = edge is null ? edges => MakeSize.Choose(opened, options, edges, shape, screen) : null,
                },
                screen,
                cancel);
            var result = MakeRun.Train(opened, options, dataset, screen, cancel);
            TrainCommand.Report(result, screen);
            var document = MakeRun.Finish(opened, folder, result, dataset, parsed.GetValue(share), screen, cancel);
            if (screen.IsJson)
                CommandRunner.WriteJson(document, MakeJson.Default.MakeDocument);
            return dataset.Import?.Refused.Count > 0 || dataset.Collect?.LeftSome == true ? ExitCode.SomeRefused : ExitCode.Done;

            ImportOptions Wanted(ImportOptions import) => import with { DropDamaged = dropDamaged, Rolls = rolls?.Shape };
        });
        return command;
    }

    // By what was asked for, or else as the workspace has them.
    private static RollCut RollsOf(int? edge, bool? inC, SmirkWorkspace workspace) =>
        WorkspaceRolls.Choose(workspace, edge is not { } asked ? null : RollShape.OfSize(asked) ?? throw new UsageException(
            $"--size {asked}: tunes become rolls of "
                + $"{string.Join(" or ", RollShape.All.Select(shape => $"{shape.Size} pixels ({shape.Bars} bars)"))}."), inC);

    private static void CheckShape(Aspect shape, string[] sources)
    {
        if (shape.IsSquare || sources.Length == 0)
            return;
        if (sources.All(IdxNames.HasIdxName))
            PackAspect.CheckIdx(shape);
        if (sources.All(TuneSources.HoldsTunes))
            PackAspect.CheckTunes(shape);
    }
}

/// <summary>What <c>make --json</c> prints.</summary>
internal sealed record MakeDocument(
    string Workspace, string Run, double Kimg, double Seconds, string Snapshot, string Report, string Grid,
    IReadOnlyList<StageSummary> Stages, IReadOnlyList<string> Remarks)
{
    /// <summary>Files that were made for others; null where they weren't asked for.</summary>
    public IReadOnlyList<string>? Shared { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(MakeDocument))]
internal sealed partial class MakeJson : JsonSerializerContext;
