using System.IO.Compression;
using System.Runtime.InteropServices;
using Smirk.Cli.Install;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Runs;

namespace Smirk.Cli.Doctor.Bundle;

/// <summary>What a bug report needs, in one ZIP file: versions, the machine, the doctor's findings, the newest runs' options and the
/// ends of their logs, and the newest faults. Never pictures; names of files only when asked.</summary>
/// <param name="withNames">Keep names of files, folders and classes.</param>
internal sealed class BugBundle(bool withNames)
{
    // Enough to see how a run went and what came before a fault; a bundle stays small enough to be mailed.
    private const int MostRuns = 3, MostLogLines = 200, MostFaults = 5;

    private static readonly string[] Variables =
        ["SMIRK_LIBTORCH", "SMIRK_NATIVE", "OMP_NUM_THREADS", "OMP_WAIT_POLICY", "OPENBLAS_CORETYPE", "LANG"];

    // The same bytes from the same facts.
    private static readonly DateTimeOffset Stamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes <paramref name="path"/>; returns the names of what is in it.</summary>
    /// <param name="path">Must not exist.</param>
    /// <param name="findings">What the doctor found.</param>
    /// <param name="workspace">The workspace whose runs are described; a folder that is none has none.</param>
    /// <param name="faults">The folder of <see cref="Fault"/>'s files.</param>
    /// <exception cref="UsageException">The file exists.</exception>
    public IReadOnlyList<string> Write(string path, IReadOnlyList<Requirement> findings, string workspace, string faults)
    {
        if (Path.Exists(path))
            throw new UsageException($"{path} exists already and was left as it is; give another name to --bundle.");
        var parts = Parts(findings, workspace, faults).ToList();
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, text) in parts)
        {
            var entry = zip.CreateEntry(name);
            entry.LastWriteTime = Stamp;
            using var output = new StreamWriter(entry.Open());
            output.Write(text);
        }

        return [.. parts.Select(part => part.Name)];
    }

    private IEnumerable<(string Name, string Text)> Parts(IReadOnlyList<Requirement> findings, string workspace, string faults)
    {
        yield return ("version.txt", Plain(VersionText.Lines()));
        yield return ("doctor.txt", Plain(findings.Select(f => $"{(f.Ok ? "ok" : "MISSING")} {f.Name}: {f.Text}")));
        yield return ("machine.txt", Plain(Machine()));
        foreach (var run in Runs(workspace).TakeLast(MostRuns))
        {
            if (File.Exists(run.OptionsPath))
                yield return ($"runs/{run.Name}/options.json", Json(File.ReadAllText(run.OptionsPath)));
            if (File.Exists(run.LogPath))
                yield return ($"runs/{run.Name}/log.jsonl", string.Concat(
                    File.ReadLines(run.LogPath).TakeLast(MostLogLines).Select(line => Json(line, isIndented: false) + "\n")));
        }

        var files = Directory.Exists(faults) ? Directory.GetFiles(faults, "*.txt") : [];
        foreach (var file in files.Order(StringComparer.Ordinal).TakeLast(MostFaults))
        {
            var text = File.ReadAllText(file);
            yield return ($"faults/{Path.GetFileName(file)}", withNames ? text : NameFilter.Fault(text));
        }
    }

    private string Plain(IEnumerable<string> lines) =>
        string.Concat(lines.Select(line => (withNames ? line : NameFilter.Line(line)) + "\n"));

    private string Json(string text, bool isIndented = true) => withNames ? text : NameFilter.Json(text, isIndented);

    private static IReadOnlyList<RunFolder> Runs(string workspace)
    {
        var runs = Path.Combine(workspace, WorkspaceFiles.Runs);
        return Directory.Exists(runs) ? new RunFolders(runs).All() : [];
    }

    private static IEnumerable<string> Machine()
    {
        yield return $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}";
        foreach (var (file, keys) in new[]
        {
            ("/etc/os-release", new[] { "PRETTY_NAME=" }),
            ("/proc/cpuinfo", ["model name", "flags"]),
            ("/proc/meminfo", ["MemTotal:", "MemAvailable:", "SwapTotal:"]),
        })
        {
            var lines = File.Exists(file) ? File.ReadLines(file) : [];
            foreach (var key in keys)
            {
                if (lines.FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal)) is { } line)
                    yield return line;
            }
        }

        // These change how fast, or with what, everything runs.
        foreach (var variable in Variables)
        {
            if (Environment.GetEnvironmentVariable(variable) is { } value)
                yield return $"{variable}={value}";
        }
    }
}
