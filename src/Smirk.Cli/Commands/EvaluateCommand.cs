using System.CommandLine;
using System.Text.Json.Serialization;
using Smirk.Cli.Arguments;
using Smirk.Cli.Commands.Tunes;
using Smirk.Gan.Evaluate;
using Smirk.Gan.Report;
using Smirk.Workspace;
using Smirk.Workspace.Runs;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk evaluate</c>: how good a generator is, in numbers and words.</summary>
internal static class EvaluateCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var run = new RunArgument();
        var real = new Option<string?>("--real")
        {
            Description =
                "real pictures that the generator wasn't trained on, as a folder or a pack (default: the run's held-out pictures)",
            HelpName = "dir",
        };
        var count = new Option<int>("-n", "--count")
        {
            Description = "pictures to generate",
            DefaultValueFactory = _ => new EvaluateOptions().Count,
            HelpName = "n",
        };
        var seed = new Option<ulong>("--seed") { Description = "random seed", DefaultValueFactory = _ => 0, HelpName = "n" };
        var raw = new Option<bool>("--raw") { Description = "use the raw weights instead of their moving average" };
        var size = new Option<int>("--size")
        {
            Description = "picture size in pixels for comparing folders",
            DefaultValueFactory = _ => 64,
            HelpName = "n",
        };
        var inception = new Option<string?>("--inception")
        {
            Description = "for FID and KID as in papers: a TorchScript network from [n, 3, 299, 299] (0 to 255) to features",
            HelpName = "file.pt",
        };
        var trainOnSamples = new Option<bool>("--train-on-samples")
        {
            Description = "also train a classifier on samples only and test it on real pictures (generators with classes)",
        };
        var device = new Option<string>("--device")
        {
            Description = "auto, cpu, cuda or cuda:1",
            DefaultValueFactory = _ => "auto",
            HelpName = "device",
        };
        var command = new Command("evaluate", """
            Measure how close a generator, or a folder of generated pictures, comes to real pictures.

            Examples:
              smirk evaluate smug                        best snapshot of the newest run, on its held-out pictures
              smirk evaluate smug/runs/0001 --real unseen --json
              smirk evaluate other-tools-pictures --real unseen --size 64
            """) { run.Argument, real, count, seed, raw, size, inception, trainOnSamples, device };
        command.SetRun((parsed, screen, cancel) =>
        {
            var subject = parsed.GetRequiredValue(run.Argument);
            var isPictures = IsPictures(subject);
            var options = new EvaluateOptions
            {
                Snapshot = isPictures ? null : run.Snapshot(parsed),
                Pictures = isPictures ? subject : null,
                Real = parsed.GetValue(real),
                Size = parsed.GetValue(size),
                Count = parsed.GetValue(count),
                Seed = parsed.GetValue(seed),
                Average = !parsed.GetValue(raw),
                Device = parsed.GetValue(device)!,
                InceptionPath = parsed.GetValue(inception),
                TrainOnSamples = parsed.GetValue(trainOnSamples) ? TrainedOnSamples.Usual : 0,
            };
            var result = new EvaluateStage(Encoders.Load).Run(options, screen, cancel);
            foreach (var finding in MetricsInWords.Of(result.Metrics))
            {
                screen.Say(finding.Text);
                foreach (var detail in finding.Details)
                    screen.Say($"  {detail}");
            }

            if (result is { Confusion: { } confusion, ConfusionReal: { } mistakes })
            {
                foreach (var line in ConfusionTable.Lines(confusion, mistakes))
                    screen.Say(line);
            }

            if (options.Snapshot is not null)
                result = result with { Metrics = result.Metrics.Concat(MusicTable.Measure(options, screen, cancel)).ToDictionary() };
            if (screen.IsJson)
                CommandRunner.WriteJson(result, EvaluateJson.Default.EvaluateResult);
            return ExitCode.Done;
        });
        return command;
    }

    // A folder that is neither a run nor a workspace nor holds runs is taken for pictures.
    private static bool IsPictures(string path) => Directory.Exists(path)
        && !File.Exists(Path.Combine(path, "options.json"))
        && !File.Exists(Path.Combine(path, WorkspaceFiles.Catalog))
        && !Directory.Exists(Path.Combine(path, WorkspaceFiles.Runs))
        && !Directory.Exists(Path.Combine(path, RunFolders.NameOf(1)));
}

/// <summary>--json, without reflection.</summary>
[JsonSerializable(typeof(EvaluateResult))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
internal sealed partial class EvaluateJson : JsonSerializerContext;
