using System.CommandLine;
using System.Text.Json.Serialization;
using Smirk.Cli.Arguments;
using Smirk.Cli.Help;
using Smirk.Dataset.Pack;
using Smirk.Gan.Report;
using Smirk.Gan.Train;
using Smirk.Gan.Train.Planning;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Priority;
using Smirk.Workspace.Runs;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk train</c>: a pack in, a run with a picture generator out.</summary>
internal static class TrainCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var workspace = new Option<string?>("--workspace", "-w")
        {
            Description = "the workspace to train in: its pack is the data, and the run goes there",
            HelpName = "dir",
        };
        var pack = new Option<string?>("--pack") { Description = "train on the pack in this folder instead", HelpName = "dir" };
        var runs = new Option<string?>("--runs") { Description = "with --pack: the folder for the run", HelpName = "dir" };
        var size = new Option<int?>("--size")
        {
            Description = "train on the workspace's pack of this size, in pixels (default: the largest)",
            HelpName = "n",
        };
        var resume = new Option<int?>("--resume")
        {
            Description =
                "resume run N; --kimg or --budget extend it, and --learning-rate, --device, --snapshot-every and --evaluate-every can "
                    + "change",
            HelpName = "N",
        };
        var stop = new Option<int?>("--stop")
        {
            Description = "ask run N, whoever trains it, to save a snapshot and stop; it can be resumed",
            HelpName = "N",
        };
        var snapshot = new Option<int?>("--snapshot")
        {
            Description = "ask run N, whoever trains it, for a snapshot and a grid now",
            HelpName = "N",
        };
        var plan = new Option<bool>("--plan") { Description = "only say what would be chosen, and why" };
        var arguments = new TrainArguments();
        var command = new Command("train", """
            Train a picture generator on a pack.

            Examples:
              smirk train -w smug                      30 minutes on the largest pack
              smirk train -w smug --budget 2h          longer; the schedule adapts
              smirk train -w smug --resume 1 --budget 3h
              smirk train -w smug --recipe dcgan --kimg 40 --seed 7
              smirk train -w smug --plan               what would be chosen, and why
              smirk train -w smug --stop 1             from another terminal
            """);
        command.Under("Data", workspace, size, pack, runs);
        command.Under("Training", resume);
        command.Under("Training", arguments.AddTo);
        command.Under("Instead of training", plan, stop, snapshot);
        command.ShowFirst("--workspace", "--size", "--resume", "--recipe", "--budget", "--kimg", "--seed", "--device", "--batch",
            "--labels", "--plan", "--stop");
        command.SetRun((parsed, screen, cancel) =>
        {
            if (TrainingRequest.Of(parsed, stop, snapshot) is { } request)
                return request.Make(RunsOf(), screen, cancel);
            var options = arguments.Read(parsed) with { Resume = parsed.GetValue(resume) };
            if (options.Resume is not null && parsed.GetResult(size) is { Implicit: false })
                throw new UsageException(
                    "--size can't change when a run is resumed: it is trained on the pack that it was started with. Leave it out, or "
                        + "start a new run without --resume.");
            if (parsed.GetValue(plan))
                return TrainingPlan.Show(options, PackToRead(), screen, cancel);
            TrainResult result;
            string? subject = null;
            if (parsed.GetValue(pack) is { } folder)
            {
                var into = new RunFolders(parsed.GetValue(runs)
                    ?? throw new UsageException("--pack also needs --runs DIR, the folder for the run."));
                ProcessPriority.Lower(options.Nice ?? TrainStage.UsualNice);
                result = new TrainStage(into, Encoders.Tools).Run(options with { Pack = folder }, screen, cancel);
            }
            else
            {
                var name = parsed.GetValue(workspace) ?? throw NoWorkspace();
                subject = name;
                using var opened = SmirkWorkspace.Open(name);
                var wanted = options.Resume is null ? options with { Pack = PackOf(opened, parsed.GetValue(size)) } : options;
                result = WorkspaceTraining.Run(opened, wanted, screen, cancel);
            }

            Report(result, screen);
            var report = new ReportStage(Encoders.Png)
                .Run(new ReportOptions { Run = result.Run, Subject = subject ?? result.Run.Path }, screen, cancel);
            screen.Say($"train: report: {report.Path}");
            if (screen.IsJson)
                CommandRunner.WriteJson(
                    new TrainDocument(result.Run.Path, result.Counters.Kimg, result.Counters.Seconds, result.Snapshot, result.Best,
                        result.Remarks), TrainJson.Default.TrainDocument);
            return ExitCode.Done;

            // With --pack, runs and packs lie outside of any workspace.
            RunFolders RunsOf()
            {
                if (parsed.GetValue(runs) is { } folder)
                    return new RunFolders(folder);
                using var opened = SmirkWorkspace.OpenToRead(parsed.GetValue(workspace) ?? throw NoWorkspace());
                return opened.Runs;
            }

            string PackToRead()
            {
                if (parsed.GetValue(pack) is { } folder)
                    return folder;
                using var opened = SmirkWorkspace.OpenToRead(parsed.GetValue(workspace) ?? throw NoWorkspace());
                return PackOf(opened, parsed.GetValue(size));
            }
        });
        return command;
    }

    private static UsageException NoWorkspace() =>
        new("No workspace given. Name one with -w DIR, or a pack with --pack DIR --runs DIR.");

    // The pack that was asked for, or else the largest that the recipes know: the message of a missing one says how to make it.
    private static string PackOf(SmirkWorkspace workspace, int? size)
    {
        return workspace.PackFolder(size ?? RecipeNames.SizesOf(RecipeNames.Auto).LastOrDefault(IsThere, new PackOptions().Size));

        bool IsThere(int known) => File.Exists(Path.Combine(workspace.PackFolder(known), "pack.safetensors"));
    }

    /// <summary>Says how a training ended.</summary>
    internal static void Report(TrainResult result, Screen screen)
    {
        screen.Say(
            $"train: {result.Counters.Kimg:0.0} kimg in {Durations.Short(TimeSpan.FromSeconds(result.Counters.Seconds))} → "
                + $"{result.Run.Path}");
        foreach (var remark in result.Remarks)
            screen.Say($"train: {remark}");
    }
}

/// <summary>What <c>train --json</c> prints.</summary>
internal sealed record TrainDocument(string Run, double Kimg, double Seconds, string Snapshot, string Best, IReadOnlyList<string> Remarks);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(TrainDocument))]
internal sealed partial class TrainJson : JsonSerializerContext;
