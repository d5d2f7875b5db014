using System.Globalization;
using Smirk.Gan.Explore;
using Smirk.Gan.Graphs;
using Smirk.Gan.Log;
using Smirk.Gan.Networks;
using Smirk.Gan.Report;
using Smirk.Gan.Train.Loop;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Snapshots;
using Smirk.Share.Credits;
using Smirk.Share.Onnx;
using Smirk.Share.Page;
using Smirk.Share.Python;
using Smirk.Torch;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;
using Smirk.Workspace.Stages;

namespace Smirk.Share;

/// <summary>Gives a trained generator away: as ONNX, as a page to play with, and for PyTorch.</summary>
public static class ShareStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "share";

    // A title is a line.
    private const int LongestTitle = 200;

    /// <summary>Writes what <paramref name="options"/> ask for.</summary>
    /// <param name="options">What to write; at least one of its paths must be set.</param>
    /// <param name="progress">Told of each step.</param>
    /// <param name="cancel">Stops between two files.</param>
    /// <exception cref="UsageException">An option is wrong.</exception>
    /// <exception cref="UnusableInputException">The snapshot is damaged.</exception>
    public static ShareResult Run(ShareOptions options, IProgress<StageProgress> progress, CancellationToken cancel)
    {
        Check(options);
        TorchRuntime.SetThreads();
        using var scope = TensorScope.Open();
        var (plan, counters, generator) = Snapshot.LoadGenerator(options.Snapshot, average: true, Device.Cpu);
        using (generator)
        {
            var steps = new StageSteps(Name, progress, cancel);
            steps.Next("reading the network");
            var run = Snapshot.RunOf(options.Snapshot);
            var graph = generator.Describe();
            var credits = PictureCredits.Of(plan, run, options.Credits);
            var about = About(options, plan, counters, run, credits);
            var files = new List<string>();
            if (options.PythonFolder is { } folder)
                files.AddRange(PythonExport.Write(folder, graph, plan, options.Precision, about));
            if (options.OnnxPath is null && options.PagePath is null)
                return Result(options, counters, files);

            steps.Next("writing the network");
            var onnx = OnnxFile.Bytes(graph, options.Precision, options.Version, about);
            if (options.OnnxPath is { } onnxPath)
                files.Add(Write(onnxPath, onnx));
            if (options.PagePath is { } pagePath)
            {
                steps.Next("looking for the main directions of variation");
                var facts = Facts(options, plan, counters, run, credits, generator);
                steps.Next("writing the page");
                files.Add(Write(pagePath, System.Text.Encoding.UTF8.GetBytes(SharePage.Of(facts, onnx))));
            }

            return Result(options, counters, files);
        }
    }

    private static void Check(ShareOptions options)
    {
        if (options is { PagePath: null, OnnxPath: null, PythonFolder: null })
            throw new UsageException("Nothing to write: give --out FILE.html, --onnx FILE.onnx or --to-python DIR.");
        if (options is { PythonFolder: not null, PagePath: null, OnnxPath: null, Precision: WeightPrecision.Int8 })
            throw new UsageException("--small: weights for PyTorch have 16 or 32 bits; leave it out, or give --float32.");
        if (options.Title.Trim().Length is 0 or > LongestTitle)
            throw new UsageException($"--title: expected 1 to {LongestTitle} characters, not {options.Title.Length}.");
        if (options.DirectionNames.Keys.FirstOrDefault(number => number is < 1 or > Directions.Most) is not 0 and var wrong)
            throw new UsageException($"--name-direction {wrong}: the directions have the numbers 1 to {Directions.Most}.");
        foreach (var path in new[] { options.PagePath, options.OnnxPath })
        {
            if (path is not null && Directory.Exists(path))
                throw new UsageException($"{path} is a folder; give the name of a file.");
        }
    }

    private static Dictionary<string, string> About(
        ShareOptions options, RecipePlan plan, TrainCounters counters, string run, PictureCredits? credits)
    {
        var about = new Dictionary<string, string>
        {
            ["title"] = options.Title,
            ["licence"] = options.Licence,
            ["credits"] = credits?.InWords() ?? "",
            ["run"] = Path.GetFileName(run),
            ["kimg"] = counters.Kimg.ToString("0.###", CultureInfo.InvariantCulture),
            ["recipe"] = plan.Recipe,
            ["size"] = plan.Size.ToString(CultureInfo.InvariantCulture),
            ["classes"] = string.Join(", ", plan.Classes),
            ["latents"] = plan.Recipe == RecipeNames.Dcgan ? "uniform in -1...1" : "normal",
            ["pack_fingerprint"] = plan.PackFingerprint ?? "",
            ["smirk_version"] = options.Version,
        };

        // The graph makes squares; who uses it stretches them to this shape.
        if (!plan.ShownAspect.IsSquare)
            about["aspect"] = plan.ShownAspect.ToString();
        return about;
    }

    private static PageFacts Facts(
        ShareOptions options, RecipePlan plan, TrainCounters counters, string run, PictureCredits? credits, GeneratorNetwork generator)
    {
        var log = LogLine.ReadAll(Path.Combine(run, "log.jsonl"));
        var metrics = log.LastOrDefault(line => line.Metrics?.ContainsKey("nearest_ratio") == true)?.Metrics;
        return new PageFacts
        {
            Title = options.Title,
            Licence = options.Licence,
            Run = Path.GetFileName(run),
            Recipe = plan.Recipe,
            Kimg = Math.Round(counters.Kimg, 1),
            Size = plan.Size,
            Width = plan.ShownSize.Width,
            Height = plan.ShownSize.Height,
            Roll = plan.Roll,
            LatentSize = plan.LatentSize,
            IsUniform = plan.Recipe == RecipeNames.Dcgan,
            Levels = generator.Levels,
            Classes = plan.Classes,
            Directions =
            [
                .. Directions.Of(plan, generator).Select((vector, i) =>
                    new PageDirection(options.DirectionNames.GetValueOrDefault(i + 1, $"Direction {i + 1}"),
                        Array.ConvertAll(vector, value => MathF.Round(value, 3)))),
            ],
            Copying = metrics is null ? null : MetricsInWords.Copying(metrics),
            Credits = credits,
            Version = options.Version,
            Fingerprint = Fingerprint(generator.Describe()),
        };
    }

    // Six bytes tell a person's generators apart, and are short in an address.
    private static string Fingerprint(NetworkGraph graph)
    {
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        foreach (var weight in graph.Weights)
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(weight.Values.AsSpan()));
        return Convert.ToHexStringLower(hash.GetCurrentHash()[..6]);
    }

    private static string Write(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        AtomicFile.Write(path, bytes);
        return path;
    }

    private static ShareResult Result(ShareOptions options, TrainCounters counters, List<string> files) =>
        new(options.Snapshot, counters.Kimg, [.. files.Select(path => new SharedFile(path, new FileInfo(path).Length))]);
}
