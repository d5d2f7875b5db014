using System.CommandLine;
using System.Text.Json.Serialization;
using Smirk.Cli.Arguments;
using Smirk.Cli.Help;
using Smirk.Gan.Train.Snapshots;
using Smirk.Share;
using Smirk.Share.Credits;
using Smirk.Share.Onnx;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Runs;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk share</c>: a trained generator for others, as a page, as ONNX and for PyTorch.</summary>
internal static class ShareCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var run = new RunArgument();
        var page = new Option<string?>("--out") { Description = "write the page here", HelpName = "file.html" };
        var onnx = new Option<string?>("--onnx") { Description = "write the network as ONNX here", HelpName = "file.onnx" };
        var python = new Option<string?>("--to-python")
        {
            Description = "write the weights as safetensors, and a sample.py for PyTorch, to this folder",
            HelpName = "dir",
        };
        var float32 = new Option<bool>("--float32") { Description = "store weights as 32-bit floats instead of 16-bit ones" };
        var small = new Option<bool>("--small") { Description = "store weights as bytes: half the size again, hardly another picture" };
        var title = new Option<string?>("--title") { Description = "the page's title (default: the workspace's name)", HelpName = "text" };
        var licence = new Option<string?>("--licence")
        {
            Description = "the terms under which you give the generator away, shown on the page",
            HelpName = "text",
        };
        var credits = new Option<string>("--credits")
        {
            Description = "what to tell of the pictures it learnt from: none, counts, or sources with their names",
            DefaultValueFactory = _ => "counts",
            HelpName = "none|counts|sources",
        };
        var names = new Option<string[]>("--name-direction")
        {
            Description = "name one of the ten sliders, such as 1=hair; can be repeated",
            HelpName = "n=name",
        };
        var command = new Command("share", """
            Give a trained generator away: one HTML page that anybody can play with, ONNX for other programs, code for PyTorch.
            The page needs no network and no server: it opens by double click, and sends nothing anywhere.

            Examples:
              smirk share smug                                   smug/runs/0001/share/smirk.html and generator.onnx
              smirk share smug --out demo.html --title "Smug faces"
              smirk share smug --onnx faces.onnx                 the network only
              smirk share smug --to-python faces                 safetensors and sample.py
            """) { run.Argument };
        command.Under("What to write", page, onnx, python, float32, small);
        command.Under("What the page tells", title, licence, credits, names);
        command.SetRun((parsed, screen, cancel) =>
        {
            if (parsed.GetValue(float32) && parsed.GetValue(small))
                throw new UsageException("--float32 and --small exclude each other; give one of them.");
            var (pagePath, onnxPath, folder) = (parsed.GetValue(page), parsed.GetValue(onnx), parsed.GetValue(python));
            var told = Of(run.Snapshot(parsed));
            if (pagePath is not null || onnxPath is not null || folder is not null)
                told = told with { PagePath = pagePath, OnnxPath = onnxPath, PythonFolder = folder };
            told = told with
            {
                Title = parsed.GetValue(title) ?? told.Title,
                Licence = parsed.GetValue(licence) ?? "",
                Precision = parsed.GetValue(float32) ? WeightPrecision.Float32
                    : parsed.GetValue(small) ? WeightPrecision.Int8 : WeightPrecision.Float16,
                Credits = CreditsOf(parsed.GetValue(credits)!),
                DirectionNames = NamesOf(parsed.GetValue(names) ?? []),
            };
            var result = Run(told, screen, cancel);
            if (screen.IsJson)
                CommandRunner.WriteJson(result, ShareJson.Default.ShareResult);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Page and network in the run's own folder, named after the workspace: what is made unless told otherwise.</summary>
    internal static ShareOptions Of(string snapshot)
    {
        var run = new RunFolder(0, Snapshot.RunOf(snapshot));
        var workspace = Path.GetFileName(Path.GetFullPath(Path.Combine(run.Path, "..", "..")));
        return new ShareOptions
        {
            Snapshot = snapshot,
            PagePath = run.SharedPagePath,
            OnnxPath = Path.Combine(run.ShareFolder, "generator.onnx"),
            Title = workspace.Length == 0 ? "Smirk" : char.ToUpperInvariant(workspace[0]) + workspace[1..],
            Version = typeof(ShareCommand).Assembly.GetName().Version?.ToString(3) ?? "",
        };
    }

    /// <summary>Writes and says what was written.</summary>
    internal static ShareResult Run(ShareOptions options, Screen screen, CancellationToken cancel)
    {
        var result = ShareStage.Run(options, screen, cancel);
        foreach (var file in result.Files)
            screen.Say($"share: {file.Path} ({Size(file.Bytes)})");
        return result;
    }

    private static string Size(long bytes) => bytes < 1_000_000 ? $"{bytes / 1e3:0} KB" : $"{bytes / 1e6:0.0} MB";

    private static CreditDetail CreditsOf(string text) => text switch
    {
        "none" => CreditDetail.None,
        "counts" => CreditDetail.Counts,
        "sources" => CreditDetail.Sources,
        _ => throw new UsageException($"--credits {text}: expected none, counts or sources."),
    };

    private static Dictionary<int, string> NamesOf(string[] given)
    {
        var names = new Dictionary<int, string>();
        foreach (var text in given)
        {
            var parts = text.Split('=', 2);
            if (parts.Length != 2 || !int.TryParse(parts[0], out var number) || parts[1].Trim().Length == 0)
                throw new UsageException($"--name-direction {text}: expected a number and a name, such as 1=hair.");
            names[number] = parts[1].Trim();
        }

        return names;
    }
}

/// <summary>--json, without reflection.</summary>
[JsonSerializable(typeof(ShareResult))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
internal sealed partial class ShareJson : JsonSerializerContext;
