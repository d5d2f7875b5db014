using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Safetensors;

namespace Smirk.Cli.Tests.Running.Ranks;

/// <summary>Several <c>smirk train</c> processes that are to train together, as a launcher would start them.</summary>
internal sealed class TeamProcesses : IDisposable
{
    /// <summary>The smallest networks. G refines and clips nothing, and D judges no thumbnail: with so few pictures some weights have next
    /// to no gradient then, and what Adam makes of those is rounding.</summary>
    public static readonly string[] Small =
        ["--batch", "8", "--width", "0.1", "--gates", "0", "--refine", "0", "--thumbnail", "0", "--overshoot", "1", "--held-out", "0",
            "--seed", "5", "--threads", "1", "--nice", "0"];

    /// <summary>Ten steps of those.</summary>
    public static readonly string[] Short = [.. Small, "--kimg", "0.08"];

    private readonly SmirkProcess[] _processes;

    private TeamProcesses(SmirkProcess[] processes) => _processes = processes;

    /// <summary>One of them, by rank.</summary>
    public SmirkProcess this[int rank] => _processes[rank];

    /// <summary>Starts one for each rank.</summary>
    /// <param name="arguments">What all are given.</param>
    /// <param name="size">How many.</param>
    /// <param name="port">Where they meet; null for a free one.</param>
    public static TeamProcesses Start(IEnumerable<string> arguments, int size, int? port = null)
    {
        var meeting = port ?? FreePort();
        return new TeamProcesses([.. Enumerable.Range(0, size).Select(rank => SmirkProcess.Start(arguments, Place(rank, size, meeting)))]);
    }

    /// <summary>The variables that torchrun, without a store of its own, would set.</summary>
    public static (string Name, string Value)[] Place(int rank, int size, int port, string host = "127.0.0.1") =>
    [
        ("RANK", Text(rank)), ("WORLD_SIZE", Text(size)), ("LOCAL_RANK", Text(rank)), ("LOCAL_WORLD_SIZE", Text(size)),
        ("MASTER_ADDR", host), ("MASTER_PORT", Text(port)),
    ];

    /// <summary>A port that nobody has at the moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until the first run has so many snapshots.</summary>
    public async Task Snapshots(string runs, int count)
    {
        var folder = Path.Combine(runs, "0001", "snapshots");
        while (!Directory.Exists(folder) || Directory.GetFiles(folder, "*.safetensors").Length < count)
        {
            foreach (var process in _processes.Where(process => process.HasExited))
                Assert.Fail((await process.End()).Error);
            await Task.Delay(100);
        }
    }

    /// <summary>Waits for all to end.</summary>
    public async Task<SmirkOutput[]> End() => await Task.WhenAll(_processes.Select(process => process.End()));

    /// <summary>Waits for all to end well.</summary>
    public async Task EndWell()
    {
        foreach (var (rank, output) in (await End()).Index())
            Assert.True(output.ExitCode == 0, $"rank {rank} ended with {output.ExitCode}:\n{output.Error}");
    }

    /// <summary>A pack of discs on dark ground.</summary>
    public static string WritePack(TemporaryFolder folder, int count = 24, int size = 32)
    {
        var random = new Random(3);
        var pixels = new byte[count * 3 * size * size];
        for (var i = 0; i < count; i++)
        {
            var (x, y, radius, value) =
                (random.Next(8, size - 8), random.Next(8, size - 8), random.Next(4, 9), (byte)random.Next(150, 256));
            for (var at = 0; at < 3 * size * size; at++)
            {
                var (across, down) = (at % size - x, at / size % size - y);
                pixels[i * 3 * size * size + at] = across * across + down * down < radius * radius ? value : (byte)30;
            }
        }

        var rows = Enumerable.Range(0, count).Select(i => new PackRow(i, $"picture{i}", $"file{i}.png"));
        PackFolder.Write(folder.File("pack"), new TensorToWrite(PackFolder.TensorName, ElementType.U8, [count, 3, size, size], pixels),
            new Dictionary<string, string>(), PackLines.Text(rows));
        return folder.File("pack");
    }

    /// <summary>The weights of the run's newest snapshot by name: G's and D's, and those of the second stage.</summary>
    public static Dictionary<string, float[]> Weights(string runs) => Tensors(runs, name =>
        name.StartsWith("g.", StringComparison.Ordinal) || name.StartsWith("d.", StringComparison.Ordinal)
        || name.StartsWith("patches.", StringComparison.Ordinal));

    /// <summary>The sizes of the gradients of a run's only step, but for a factor that all have in common: Adam's second moments are their
    /// squares then.</summary>
    public static Dictionary<string, float[]> Gradients(string runs) => Tensors(runs, name =>
            name.StartsWith("adam_", StringComparison.Ordinal) && name.EndsWith(".second", StringComparison.Ordinal))
        .ToDictionary(pair => pair.Key, pair => pair.Value.Select(MathF.Sqrt).ToArray());

    /// <summary>Two sets of weights agree, but for those that no loss depends on: a shift that a normalisation takes away again (and its
    /// running mean, which follows), or that D's logits of real and of generated pictures have in common, as a unit adds that all of them
    /// wake. Their gradients are nothing but rounding, which Adam makes into whole steps.</summary>
    public static void AssertAgree(Dictionary<string, float[]> one, Dictionary<string, float[]> other, double tolerance)
    {
        Assert.Equal(one.Keys.Order(StringComparer.Ordinal), other.Keys.Order(StringComparer.Ordinal));
        var last = one.Keys.Where(name => name.StartsWith("g.layer", StringComparison.Ordinal)).Max(StringComparer.Ordinal)!;
        Assert.All(one.Keys.Where(name => !IsMereShift(name) || name == last.Replace("weight", "bias", StringComparison.Ordinal)), name =>
        {
            var difference = one[name].Zip(other[name], (a, b) => (double)Math.Abs(a - b)).DefaultIfEmpty(0).Max();
            Assert.True(difference <= tolerance, $"{name} differs by {difference:0.0e0}");
        });
    }

    private static bool IsMereShift(string name) =>
        name.EndsWith("running_mean", StringComparison.Ordinal)
        || name.EndsWith(".bias", StringComparison.Ordinal)
            && (name.StartsWith("g.layer", StringComparison.Ordinal) || name.StartsWith("g.linear", StringComparison.Ordinal)
                || name.StartsWith("d.", StringComparison.Ordinal) || name.StartsWith("patches.", StringComparison.Ordinal));

    private static Dictionary<string, float[]> Tensors(string runs, Func<string, bool> wanted)
    {
        using var file = SafetensorsFile.Open(
            Directory.GetFiles(Path.Combine(runs, "0001", "snapshots"), "*.safetensors").Order(StringComparer.Ordinal).Last());
        return file.Tensors.Where(t => wanted(t.Name))
            .ToDictionary(t => t.Name, t => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(file.Bytes(t.Name)).ToArray());
    }

    public void Dispose()
    {
        foreach (var process in _processes)
            process.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
