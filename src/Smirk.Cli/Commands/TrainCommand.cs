using System.CommandLine;
using System.Text.Json.Serialization;
using Smirk.Cli.Arguments;
using Smirk.Gan.Report;
using Smirk.Gan.Train;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Runs;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk train</c>: a pack in, a run with a picture generator out.</summary>
internal static class TrainCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var workspace = new Option<string?>("-w", "--workspace") { Description = "the workspace whose pack is learnt from and that the run goes into", HelpName = "dir" };
        var pack = new Option<string?>("--pack") { Description = "a pack's folder, instead of a workspace's", HelpName = "dir" };
        var runs = new Option<string?>("--runs") { Description = "with --pack: the folder that the run goes into", HelpName = "dir" };
        var size = new Option<int>("--size") { Description = "which of the workspace's packs: edge in pixels", DefaultValueFactory = _ => 64, HelpName = "n" };
        var grey = new Option<bool>("--grey") { Description = "learn grey pictures" };
        var resume = new Option<int?>("--resume") { Description = "go on with a run where it stopped, such as 1; --kimg or --budget give it a new end", HelpName = "run" };
        var arguments = new TrainArguments();
        var command = new Command("train", """
            Train a picture generator on a pack.

            Examples:
              smirk train -w smug                      30 minutes on the pack of 64 pixels
              smirk train -w smug --budget 2h          longer; the schedule fits itself to it
              smirk train -w smug --resume 1 --budget 3h
              smirk train -w smug --recipe dcgan --kimg 40 --seed 7
            """) { workspace, pack, runs, size, grey, resume };
        arguments.AddTo(command);
        command.SetRun((parsed, screen, cancel) =>
        {
            var (kimg, budget) = arguments.ReadEnd(parsed);
            var options = arguments.Read(parsed, parsed.GetValue(grey));
            TrainResult result;
            string? subject = null;
            if (parsed.GetValue(pack) is { } folder)
            {
                var into = new RunFolders(parsed.GetValue(runs) ?? throw new UsageException("--pack needs --runs DIR, the folder that the run goes into."));
                result = parsed.GetValue(resume) is { } number
                    ? TrainStage.Resume(into.Open(number), kimg, budget, Encoders.Tools, screen, cancel)
                    : TrainStage.Run(options, folder, into, Encoders.Tools, screen, cancel);
            }
            else
            {
                var name = parsed.GetValue(workspace) ?? throw new UsageException("Which workspace? Give it with -w DIR (or a pack with --pack DIR --runs DIR).");
                subject = name;
                using var opened = SmirkWorkspace.Open(name);
                result = parsed.GetValue(resume) is { } number
                    ? WorkspaceTraining.Resume(opened, opened.Runs.Open(number), kimg, budget, screen, cancel)
                    : WorkspaceTraining.Start(opened, options, opened.PackFolder(parsed.GetValue(size)), screen, cancel);
            }

            Report(result, screen);
            screen.Say($"train: look at {ReportStage.Run(new ReportOptions { Subject = subject ?? result.Run.Path }, result.Run, Encoders.Png)}");
            if (screen.IsJson)
                CommandRunner.WriteJson(new TrainDocument(result.Run.Path, result.Counters.Kimg, result.Counters.Seconds, result.Snapshot, result.Best, result.Remarks), TrainJson.Default.TrainDocument);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Says how a training ended.</summary>
    internal static void Report(TrainResult result, Screen screen)
    {
        screen.Say($"train: {result.Counters.Kimg:0.0} kimg in {Durations.Short(TimeSpan.FromSeconds(result.Counters.Seconds))} → {result.Run.Path}");
        foreach (var remark in result.Remarks)
            screen.Say($"train: {remark}");
    }
}

/// <summary>What <c>train --json</c> prints.</summary>
internal sealed record TrainDocument(string Run, double Kimg, double Seconds, string Snapshot, string Best, IReadOnlyList<string> Remarks);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(TrainDocument))]
internal sealed partial class TrainJson : JsonSerializerContext;
