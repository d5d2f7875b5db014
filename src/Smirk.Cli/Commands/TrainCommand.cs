using System.CommandLine;
using System.Text.Json.Serialization;
using Smirk.Cli.Arguments;
using Smirk.Cli.Commands.Tunes;
using Smirk.Cli.Help;
using Smirk.Gan.Report;
using Smirk.Gan.Train;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Ranks;
using Smirk.Workspace.Errors;

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
        var joinTimeout = new Option<string?>("--join-timeout")
        {
            Description = "several processes (torchrun, srun, mpirun): how long they wait for each other at the start (5m)",
            HelpName = "time",
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
              torchrun --no_python --nproc_per_node 2 smirk train -w smug
              smirk train -w smug --plan               what would be chosen, and why
              smirk train -w smug --stop 1             from another terminal
            """);
        command.Under("Data", workspace, size, pack, runs);
        command.Under("Training", resume);
        command.Under("Training", arguments.AddTo);
        command.Under("Training", joinTimeout);
        command.Under("Instead of training", plan, stop, snapshot);
        command.ShowFirst("--workspace", "--size", "--resume", "--recipe", "--budget", "--kimg", "--seed", "--device", "--batch",
            "--labels", "--plan", "--stop");
        command.SetRun((parsed, screen, cancel) =>
        {
            var place = new TrainPlace(parsed.GetValue(workspace), parsed.GetValue(pack), parsed.GetValue(runs), parsed.GetValue(size));
            if (TrainingRequest.Of(parsed, stop, snapshot) is { } request)
                return request.Make(place.RunsToRead(), screen, cancel);
            var options = arguments.Read(parsed) with { Resume = parsed.GetValue(resume) };
            if (options.Resume is not null && parsed.GetResult(size) is { Implicit: false })
                throw new UsageException(
                    "--size can't change when a run is resumed: it is trained on the pack that it was started with. Leave it out, or "
                        + "start a new run without --resume.");
            if (parsed.GetValue(plan))
                return TrainingPlan.Show(options, place.PackToRead(), screen, cancel);
            var result = TeamTraining.Run(place, options, PatienceOf(parsed.GetValue(joinTimeout)), screen, cancel);
            if (result is null)
                return ExitCode.Done;

            Report(result, screen);
            var report = new ReportStage(Encoders.Png)
                .Run(
                    new ReportOptions
                    {
                        Run = result.Run,
                        Subject = place.Workspace ?? result.Run.Path,
                        Samples = TunePanel.Of(result.Best, cancel),
                    },
                    screen, cancel);
            screen.Say($"train: report: {report.Path}");
            if (screen.IsJson)
                CommandRunner.WriteJson(
                    new TrainDocument(result.Run.Path, result.Counters.Kimg, result.Counters.Seconds, result.Snapshot, result.Best,
                        result.Remarks), TrainJson.Default.TrainDocument);
            return ExitCode.Done;
        });
        return command;
    }

    private static TimeSpan PatienceOf(string? text) => text is null ? Team.UsualPatience
        : OptionText.Time(text) is { } time && time > TimeSpan.Zero ? time
        : throw new UsageException($"--join-timeout {text}: expected a time above 0, such as 90s or 30m.");

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
