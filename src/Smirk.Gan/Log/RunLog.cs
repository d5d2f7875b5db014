using System.Globalization;
using Smirk.Gan.Networks;
using Smirk.Gan.Sample;
using Smirk.Torch.Modules;
using Smirk.Workspace.Files;
using Smirk.Workspace.Runs;

namespace Smirk.Gan.Log;

/// <summary>Everything that a run writes down while it trains: log.jsonl, TensorBoard's events, and sample grids.</summary>
public sealed class RunLog : IDisposable
{
    private readonly RunFolder _run;
    private readonly PictureEncoder _png;
    private AppendedLines _lines;
    private readonly TensorBoardWriter _board;

    /// <summary>Opens the log of <paramref name="run"/> for appending.</summary>
    public RunLog(RunFolder run, PictureEncoder png, TimeProvider clock)
    {
        (_run, _png, _lines) = (run, png, run.OpenLog());
        _board = new TensorBoardWriter(run.EventsFolder, clock);
    }

    /// <summary>Adds one line, and its numbers to TensorBoard.</summary>
    public void Write(LogLine line)
    {
        _lines.Append(line.ToJson());
        var step = (long)(line.Kimg * 1000);
        Scalar("loss/discriminator", line.LossD);
        Scalar("loss/generator", line.LossG);
        Scalar("logits/real", line.DReal);
        Scalar("logits/fake", line.DFake);
        Scalar("pictures/diversity", line.Diversity);
        Scalar("speed/img_per_second", line.ImgPerSecond);
        Scalar("schedule/learning_rate", line.LearningRate);
        foreach (var (name, value) in line.Metrics ?? new Dictionary<string, double>())
            Scalar("metrics/" + name, value);
        _board.Flush();

        void Scalar(string tag, double? value)
        {
            if (value is { } number)
                _board.Scalar(tag, step, number);
        }
    }

    /// <summary>Forgets what came after <paramref name="kimg"/>, grids as well: training goes on from there, and would tell of the same
    /// pictures twice.</summary>
    /// <returns>The lines that are left.</returns>
    public IReadOnlyList<LogLine> GoBackTo(double kimg)
    {
        _lines.Dispose();
        var kept = LogLine.ReadAll(_run.LogPath).Where(line => line.Kimg <= kimg).ToList();
        AtomicFile.Write(_run.LogPath, string.Concat(kept.Select(line => line.ToJson() + "\n")));
        _lines = _run.OpenLog();
        foreach (var (grid, at) in Grids(_run))
        {
            // Names round to thousandths, which is a picture.
            if (at > kimg + 0.0005)
                File.Delete(grid);
        }

        return kept;
    }

    /// <summary>The grids of <paramref name="run"/>, by rising kimg.</summary>
    public static IReadOnlyList<(string Path, double Kimg)> Grids(RunFolder run) => !Directory.Exists(run.SamplesFolder) ? []
        : [.. Directory.GetFiles(run.SamplesFolder, "grid-*kimg.png").Order(StringComparer.Ordinal)
            .Select(path => (path, KimgOf(path))).Where(grid => grid.Item2 is not null).Select(grid => (grid.path, grid.Item2!.Value))];

    private static double? KimgOf(string path) =>
        double.TryParse(Path.GetFileName(path)["grid-".Length..^"kimg.png".Length], NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var kimg) ? kimg : null;

    /// <summary>Writes samples/grid-NNNNNN.png, named by kimg, and shows it in TensorBoard.</summary>
    public void WriteGrid(Grid grid, long seen)
    {
        var png = _png(grid.Width, grid.Height, grid.Rgb);
        AtomicFile.Write(GridPath(_run, seen), png);
        _board.Picture("samples", seen, grid.Width, grid.Height, png);
        _board.Flush();
    }

    /// <summary>The distribution of every weight.</summary>
    public void WriteWeights(GeneratorNetwork generator, DiscriminatorNetwork discriminator, long seen)
    {
        foreach (var (prefix, network) in new[] { ("g/", (Module)generator), ("d/", discriminator) })
        {
            foreach (var (name, tensor) in network.Parameters())
                _board.Histogram(prefix + name, seen, tensor.ToArray<float>());
        }

        _board.Flush();
    }

    /// <summary>Where the grid after <paramref name="seen"/> pictures lies.</summary>
    public static string GridPath(RunFolder run, long seen) => Path.Combine(run.SamplesFolder, $"grid-{seen / 1000.0:000000.000}kimg.png");

    /// <inheritdoc/>
    public void Dispose()
    {
        _lines.Dispose();
        _board.Dispose();
    }
}
