using System.Security.Cryptography;
using Smirk.Workspace;
using Smirk.Workspace.Safetensors;

namespace Smirk.Cli.Tests.Running;

/// <summary>kill -9 at any moment, then the same command again, ends in the same workspace as an undisturbed run.</summary>
public sealed class KillTests
{
    private const int Pictures = 250;

    [Fact]
    public async Task Import_killed_at_any_moment_and_run_again_ends_as_if_undisturbed()
    {
        using var folder = new TemporaryFolder();
        var pile = Pile.Write(folder, Pictures, 160);
        await Finish(["import", pile, "-w", folder.File("calm")]);
        var calm = State(folder.File("calm"));
        Assert.Equal(Pictures + (2 * (Pictures / 5)) + 2, calm.Count(line => line.StartsWith("file ", StringComparison.Ordinal)));

        // By how far it has come: before the first picture, in several places between, at the end; and once more while it recovers.
        foreach (var blobs in new[] { 0, 1, 90, 220, 299 })
        {
            var ws = folder.File($"ws{blobs}");
            await Kill(["import", pile, "-w", ws], () => CountBlobs(ws) >= blobs);
            await Kill(["import", pile, "-w", ws], () => CountBlobs(ws) >= blobs + 40);
            await Finish(["import", pile, "-w", ws]);
            Assert.Equal(calm, State(ws));
        }
    }

    [Fact]
    public async Task Pack_killed_at_any_moment_and_run_again_ends_as_if_undisturbed()
    {
        using var folder = new TemporaryFolder();
        var pile = Pile.Write(folder, 200, 256);
        var ws = folder.File("ws");
        await Finish(["import", pile, "-w", ws]);
        var pack = Path.Combine(ws, "packs", "64");
        await Finish(["pack", "-w", ws, "--size", "64"]);
        var calm = State(ws);

        // Killed while it decodes, while it writes, and while it puts another pack in the place of this one.
        foreach (var moment in new Func<bool>[] { () => true, () => Length(pack) > 0, () => Length(pack) > 1_000_000,
            () => File.Exists(Path.Combine(pack, "pack.safetensors.next")) })
        {
            Directory.Delete(pack, recursive: true);
            await Kill(["pack", "-w", ws, "--size", "64"], moment);
            await Finish(["pack", "-w", ws, "--size", "64"]);
            Assert.Equal(calm, State(ws));
            await Finish(["pack", "-w", ws, "--size", "64", "--fit", "pad"]);
            await Kill(["pack", "-w", ws, "--size", "64"], moment);
            await Finish(["pack", "-w", ws, "--size", "64"]);
            Assert.Equal(calm, State(ws));
        }
    }

    [Fact]
    public async Task Make_killed_at_any_moment_and_run_again_ends_with_the_same_weights_as_if_undisturbed()
    {
        using var folder = new TemporaryFolder();
        var pile = Pile.Write(folder, 60, 96);
        string[] Make(string ws) =>
            ["make", pile, "-w", ws, "--size", "32", "--crop", "off", "--kimg", "2", "--width", "0.1", "--batch", "8", "--snapshot-every",
                "0.3s", "--evaluate-every", "0s"];
        await Finish(Make(folder.File("calm")));
        var (calm, weights) = (State(folder.File("calm"), Lasting), Weights(folder.File("calm")));

        // While it compares, packs, writes its first snapshot, trains, draws, samples and writes its report.
        var ws = folder.File("ws");
        var run = Path.Combine(ws, "runs", "0001");
        foreach (var moment in new Func<bool>[]
        {
            () => CountBlobs(ws) >= 30, () => Length(Path.Combine(ws, "packs", "32")) > 0, () =>
                File.Exists(Path.Combine(run, "options.json")), () => Snapshots(run) >= 1,
            () => Snapshots(run) >= 2, () => Snapshots(run) >= 3, () => Directory.Exists(Path.Combine(run, "samples", "singles")), () =>
                File.Exists(Path.Combine(run, "report.html")),
        })
            await Kill(Make(ws), moment);
        await Finish(Make(ws));
        Assert.Equal(calm, State(ws, Lasting));
        Assert.Equal(weights, Weights(ws));
    }

    // What doesn't depend on how often it was begun: everything but the runs, which tell of time. The weights are compared on their own.
    private static bool Lasting(string path) => !path.StartsWith("runs", StringComparison.Ordinal);

    private static int Snapshots(string run)
    {
        var folder = Path.Combine(run, "snapshots");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.safetensors").Count() : 0;
    }

    // Names and hashes of all tensors of the only run's last snapshot.
    private static List<string> Weights(string ws)
    {
        var run = Assert.Single(Directory.EnumerateDirectories(Path.Combine(ws, "runs")));
        using var file =
            SafetensorsFile.Open(Directory.EnumerateFiles(Path.Combine(run, "snapshots"), "*.safetensors").Max(StringComparer.Ordinal)!);
        return [.. file.Names.Select(name => $"{name} {Convert.ToHexString(SHA256.HashData(file.Bytes(name)))}")];
    }

    private static async Task Finish(string[] arguments)
    {
        var output = await SmirkProcess.Run(arguments);
        Assert.True(output.ExitCode is 0 or 3, output.Error);
    }

    private static async Task Kill(string[] arguments, Func<bool> moment)
    {
        using var process = SmirkProcess.Start(arguments);
        while (!process.HasExited && !moment())
            Thread.Sleep(1);
        process.Kill();
        await process.End();
    }

    private static int CountBlobs(string ws)
    {
        try
        {
            return Directory.Exists(Path.Combine(ws, "pictures"))
                ? Directory.EnumerateFiles(Path.Combine(ws, "pictures"), "*", SearchOption.AllDirectories).Count() : 0;
        }
        catch (DirectoryNotFoundException)
        {
            return 0;
        }
    }

    private static long Length(string pack) => !Directory.Exists(pack) ? 0
        : Directory.EnumerateFiles(pack, "*.tmp").Select(f => new FileInfo(f)).Where(f => f.Exists).Sum(f => f.Length);

    // All that a workspace holds: catalog rows with their numbers, names of blobs, bytes of packs.
    private static List<string> State(string folder, Func<string, bool>? counts = null)
    {
        using var workspace = SmirkWorkspace.Open(folder);
        var catalog = workspace.Catalog;
        return
        [
            .. catalog.Sources.All().Select(s => $"source {s}"),
            .. catalog.Files.All().Select(f => $"file {f}"),
            .. catalog.Pictures.All().Select(p => $"picture {p}"),
            .. catalog.Decisions.All().Select(d => $"decision {d}"),
            .. workspace.Pictures.Names().Select(n => $"blob {n}"),
            .. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Where(f => File.Exists(f) && !Path.GetFileName(f).StartsWith("smirk.db", StringComparison.Ordinal)
                    && Path.GetFileName(f) != ".lock" && (counts is null || counts(Path.GetRelativePath(folder, f))))
                .Select(f => $"{Path.GetRelativePath(folder, f)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))}"),
        ];
    }
}
