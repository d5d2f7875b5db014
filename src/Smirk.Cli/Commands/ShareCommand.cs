using System.CommandLine;
using System.Text.Json.Serialization;
using Smirk.Cli.Arguments;
using Smirk.Cli.Help;
using Smirk.Gan.Train.Snapshots;
using Smirk.Share;
using Smirk.Share.Credits;
using Smirk.Share.Onnx;
using Smirk.Workspace.Errors;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk share</c>: a trained generator for others, as a page, as ONNX and for PyTorch.</summary>
internal static class ShareCommand
{
    /// <summary>The page in the folder that it goes to unless told otherwise.</summary>
    public const string PageName = "smirk.html";

    /// <summary>The network beside it.</summary>
    public const string OnnxName = "generator.onnx";

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
            var snapshot = run.Snapshot(parsed);
            var (pagePath, onnxPath, folder) = (parsed.GetValue(page), parsed.GetValue(onnx), parsed.GetValue(python));
            if (pagePath is null && onnxPath is null && folder is null)
            {
                var share = ShareFolder(snapshot);
                (pagePath, onnxPath) = (Path.Combine(share, PageName), Path.Combine(share, OnnxName));
            }

            var result = ShareStage.Run(
                new ShareOptions
                {
                    Snapshot = snapshot,
                    PagePath = pagePath,
                    OnnxPath = onnxPath,
                    PythonFolder = folder,
                    Title = parsed.GetValue(title) ?? TitleOf(snapshot),
                    Licence = parsed.GetValue(licence) ?? "",
                    Precision = parsed.GetValue(float32) ? WeightPrecision.Float32
                        : parsed.GetValue(small) ? WeightPrecision.Int8 : WeightPrecision.Float16,
                    Credits = CreditsOf(parsed.GetValue(credits)!),
                    DirectionNames = NamesOf(parsed.GetValue(names) ?? []),
                    Version = Version,
                },
                screen,
                cancel);
            foreach (var file in result.Files)
                screen.Say($"share: {file.Path} ({file.Bytes / 1e6:0.0} MB)");
            if (screen.IsJson)
                CommandRunner.WriteJson(result, ShareJson.Default.ShareResult);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Where a run's page and network go.</summary>
    public static string ShareFolder(string snapshot) => Path.Combine(Snapshot.RunOf(snapshot), "share");

    /// <summary>The name that a page has unless told otherwise: the workspace's.</summary>
    public static string TitleOf(string snapshot)
    {
        var workspace = Path.GetFileName(Path.GetFullPath(Path.Combine(Snapshot.RunOf(snapshot), "..", "..")));
        return workspace.Length == 0 ? "Smirk" : char.ToUpperInvariant(workspace[0]) + workspace[1..];
    }

    /// <summary>Smirk's version, as files name it.</summary>
    public static string Version => typeof(ShareCommand).Assembly.GetName().Version?.ToString(3) ?? "";

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
