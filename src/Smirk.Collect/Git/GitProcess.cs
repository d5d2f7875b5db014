using System.Diagnostics;
using System.Text;
using Smirk.Files.Posix;
using Smirk.Workspace.Errors;

namespace Smirk.Collect.Git;

/// <summary>Runs the git program on a store of our own, deaf to all configuration: no hooks, filters, submodules, credentials, prompts or
/// protocols that weren't asked for.</summary>
/// <param name="store">The bare repository to work in.</param>
/// <param name="protocol">The one protocol that it may speak: "https", "http" (mapped hosts only), "ssh", "git", "file".</param>
internal sealed class GitProcess(string store, string protocol)
{
    private const string Missing = "This source needs git, which isn't installed. Install it with: sudo apt-get install git";

    /// <summary>Runs git and returns what it printed. Cancelling ends it together with the helpers it started.</summary>
    /// <exception cref="UnusableInputException">It failed; the message holds its last line.</exception>
    /// <exception cref="MissingDependencyException">git isn't installed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public byte[] Run(CancellationToken cancel, params string[] arguments)
    {
        cancel.ThrowIfCancellationRequested();
        using var process = Start(arguments);
        process.StandardInput.Close();
        using var stop = cancel.Register(() => ProcessGroup.Kill(process));
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        cancel.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
            throw new UnusableInputException($"git {arguments[0]} failed: {LastLine(errors.GetAwaiter().GetResult())}");
        return output.ToArray();
    }

    /// <summary>Starts git with open input and output, for its batch commands.</summary>
    public Process StartBatch(params string[] arguments)
    {
        var process = Start(arguments);
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    private Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo("git")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = store,
        };
        var path = Environment.GetEnvironmentVariable("PATH");
        var agent = protocol == "ssh" ? Environment.GetEnvironmentVariable("SSH_AUTH_SOCK") : null;
        var home = protocol == "ssh" ? Environment.GetEnvironmentVariable("HOME") : store;
        start.Environment.Clear();
        foreach (var (name, value) in Variables(path, home, agent))
            start.Environment[name] = value;
        foreach (var setting in Settings)
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(setting);
        }

        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return ProcessGroup.Start(start, Missing);
    }

    private Dictionary<string, string?> Variables(string? path, string? home, string? agent) => new()
    {
        ["PATH"] = path,
        ["HOME"] = home,
        ["SSH_AUTH_SOCK"] = agent,
        ["LC_ALL"] = "C",
        ["GIT_DIR"] = store,
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_CONFIG_SYSTEM"] = Nowhere,
        ["GIT_CONFIG_GLOBAL"] = Nowhere,
        ["GIT_ATTR_NOSYSTEM"] = "1",
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["GIT_ASKPASS"] = "/bin/false",
        ["GIT_SSH_COMMAND"] = "ssh -oBatchMode=yes",
        ["GIT_ALLOW_PROTOCOL"] = protocol,
        ["GIT_PROTOCOL_FROM_USER"] = "1",
        ["GIT_LFS_SKIP_SMUDGE"] = "1",
        ["GIT_NO_REPLACE_OBJECTS"] = "1",
        ["GIT_OPTIONAL_LOCKS"] = "0",
    };

    // A path at which there is nothing, for git to find nothing at.
    private string Nowhere => Path.Combine(store, "nothing");

    private string[] Settings =>
    [
        $"core.hooksPath={Nowhere}",
        "core.fsmonitor=false",
        $"core.attributesFile={Nowhere}",
        "credential.helper=",
        "submodule.recurse=false",
        "fetch.recurseSubmodules=false",
        "filter.lfs.smudge=",
        "filter.lfs.process=",
        "filter.lfs.required=false",
        "http.followRedirects=false",
        "http.proxy=",
        "http.lowSpeedLimit=512",
        "http.lowSpeedTime=60",
        "gc.auto=0",
        "maintenance.auto=false",
    ];

    private static string LastLine(string text) =>
        text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .LastOrDefault(l => l.StartsWith("fatal:") || l.StartsWith("error:"))
            ?? text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault()
                ?? "it said nothing";
}
