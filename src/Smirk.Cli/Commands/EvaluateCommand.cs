using System.CommandLine;
using System.Text.Json.Serialization;
using Smirk.Cli.Arguments;
using Smirk.Dataset.Pack;
using Smirk.Gan.Data;
using Smirk.Gan.Evaluate;
using Smirk.Gan.Report;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace;
using Smirk.Workspace.Errors;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk evaluate</c>: how good a generator is, in numbers and words.</summary>
internal static class EvaluateCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var run = new RunArgument();
        var real = new Option<string?>("--real") { Description = "real pictures that weren't trained on: a folder of pictures, or of a pack; without it the run's own held-out ones", HelpName = "dir" };
        var count = new Option<int>("-n", "--count") { Description = "pictures to make", DefaultValueFactory = _ => new EvaluateOptions().Count, HelpName = "n" };
        var seed = new Option<ulong>("--seed") { Description = "which ones", DefaultValueFactory = _ => 0, HelpName = "n" };
        var raw = new Option<bool>("--raw") { Description = "the weights as they were, not averaged" };
        var size = new Option<int>("--size") { Description = "size to compare folders at", DefaultValueFactory = _ => 64, HelpName = "n" };
        var inception = new Option<string?>("--inception") { Description = "a TorchScript network, [n, 3, 299, 299] of 0…255 to features, for FID and KID as in papers", HelpName = "file.pt" };
        var device = new Option<string>("--device") { Description = "auto, cpu, cuda or cuda:1", DefaultValueFactory = _ => "auto", HelpName = "device" };
        var command = new Command("evaluate", """
            Measure a generator, or a folder of generated pictures, against real pictures.

            Examples:
              smirk evaluate smug                        the best snapshot of the newest run, on its held-out pictures
              smirk evaluate smug/runs/0001 --real unseen --json
              smirk evaluate other-tools-pictures --real unseen --size 64
            """) { run.Argument, real, count, seed, raw, size, inception, device };
        command.SetRun((parsed, screen, cancel) =>
        {
            var options = new EvaluateOptions { Count = parsed.GetValue(count), Seed = parsed.GetValue(seed), Average = !parsed.GetValue(raw), Device = parsed.GetValue(device)!, InceptionPath = parsed.GetValue(inception) };
            if (options.InceptionPath is { } file && !File.Exists(file))
                throw new UsageException($"--inception {file}: there is no such file.");
            var subject = parsed.GetRequiredValue(run.Argument);
            var realFolder = parsed.GetValue(real);
            var result = IsPictures(subject)
                ? OfPictures(realFolder ?? throw new UsageException("Measuring a folder of pictures needs real ones to compare with: --real DIR"), parsed.GetValue(size))
                : EvaluateStage.OfSnapshot(options, run.Snapshot(parsed), realFolder is null ? null : (edge, grey) => Load(realFolder, edge, grey), screen, cancel);
            foreach (var finding in MetricsInWords.Of(result.Metrics))
            {
                screen.Say(finding.Text);
                foreach (var detail in finding.Details)
                    screen.Say($"  {detail}");
            }

            if (screen.IsJson)
                CommandRunner.WriteJson(result, EvaluateJson.Default.EvaluateResult);
            return ExitCode.Done;

            EvaluateResult OfPictures(string folder, int edge)
            {
                using TrainingPack made = Load(subject, edge, grey: false), against = Load(folder, edge, grey: false);
                return EvaluateStage.OfPictures(options, made, against, cancel);
            }

            TrainingPack Load(string folder, int edge, bool grey)
            {
                if (File.Exists(Path.Combine(folder, "pack.safetensors")))
                    return TrainingPack.Open(folder, grey);
                var squares = FolderSquares.In(folder, edge, screen, cancel);
                var names = new List<string>();
                return TrainingPack.FromPictures(Collect(squares, names, screen, cancel), names, grey);
            }
        });
        return command;
    }

    // [N, 3, S, S]; room is made for a picture in every file, and what stays empty is never touched.
    private static Tensor Collect(FolderSquares squares, List<string> names, Screen screen, CancellationToken cancel)
    {
        using var scope = TensorScope.Open();
        var all = Tensor.Empty([squares.Most, 3, squares.Size, squares.Size], DType.UInt8);
        foreach (var chunk in squares.Read(screen, cancel))
        {
            using var here = TensorScope.Open();
            var count = chunk.Names.Count;
            all.Narrow(0, names.Count, count).CopyFrom(Tensor.FromBytes(chunk.Planes, DType.UInt8, [count, 3, squares.Size, squares.Size]));
            names.AddRange(chunk.Names);
        }

        return scope.Keep(all.Narrow(0, 0, names.Count));
    }

    // A folder that is neither a run nor a workspace nor holds runs is taken for pictures.
    private static bool IsPictures(string path) => Directory.Exists(path) && !File.Exists(Path.Combine(path, "options.json")) && !File.Exists(Path.Combine(path, WorkspaceFiles.Catalog)) && !Directory.Exists(Path.Combine(path, "runs")) && !Directory.Exists(Path.Combine(path, "0001"));
}

/// <summary>--json, without reflection.</summary>
[JsonSerializable(typeof(EvaluateResult))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
internal sealed partial class EvaluateJson : JsonSerializerContext;
