using System.Security.Cryptography;
using Smirk.Workspace;

namespace Smirk.Tests.Running;

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
        await Finish(["pack", "-w", ws]);
        var calm = State(ws);

        // Killed while it decodes, while it writes, and while it puts another pack in the place of this one.
        foreach (var moment in new Func<bool>[] { () => true, () => Length(pack) > 0, () => Length(pack) > 1_000_000, () => File.Exists(Path.Combine(pack, "pack.safetensors.next")) })
        {
            Directory.Delete(pack, recursive: true);
            await Kill(["pack", "-w", ws], moment);
            await Finish(["pack", "-w", ws]);
            Assert.Equal(calm, State(ws));
            await Finish(["pack", "-w", ws, "--fit", "pad"]);
            await Kill(["pack", "-w", ws], moment);
            await Finish(["pack", "-w", ws]);
            Assert.Equal(calm, State(ws));
        }
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
            return Directory.Exists(Path.Combine(ws, "pictures")) ? Directory.EnumerateFiles(Path.Combine(ws, "pictures"), "*", SearchOption.AllDirectories).Count() : 0;
        }
        catch (DirectoryNotFoundException)
        {
            return 0;
        }
    }

    private static long Length(string pack) => !Directory.Exists(pack) ? 0 : Directory.EnumerateFiles(pack, "*.tmp").Select(f => new FileInfo(f)).Where(f => f.Exists).Sum(f => f.Length);

    // All that a workspace holds: catalog rows with their numbers, names of blobs, bytes of packs.
    private static List<string> State(string folder)
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
                .Where(f => File.Exists(f) && !Path.GetFileName(f).StartsWith("smirk.db", StringComparison.Ordinal) && Path.GetFileName(f) != ".lock")
                .Select(f => $"{Path.GetRelativePath(folder, f)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))}"),
        ];
    }
}
