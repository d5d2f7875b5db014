using System.Net;
using System.Net.Sockets;

namespace Smirk.Cli.Tests.Running.Ranks;

/// <summary>What processes say that can't find each other.</summary>
public sealed class JoiningTests
{
    [Fact]
    public async Task A_host_that_nobody_knows_is_named()
    {
        using var folder = new TemporaryFolder();
        using var process = SmirkProcess.Start(Arguments(folder), TeamProcesses.Place(1, 2, 29500, host: "no-such-host.invalid"));
        var output = await process.End();
        Assert.Equal(1, output.ExitCode);
        Assert.Contains("MASTER_ADDR is 'no-such-host.invalid'", output.FailureLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_where_nobody_is_is_named_with_what_to_check()
    {
        using var folder = new TemporaryFolder();
        var port = TeamProcesses.FreePort();
        using var process = SmirkProcess.Start(Arguments(folder), TeamProcesses.Place(1, 2, port));
        var output = await process.End();
        Assert.Equal(1, output.ExitCode);
        Assert.Contains($"Rank 1 reached nobody at 127.0.0.1:{port}", output.FailureLine, StringComparison.Ordinal);
        Assert.Contains("MASTER_ADDR and MASTER_PORT", output.FailureLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_another_program_has_is_named()
    {
        using var folder = new TemporaryFolder();
        using var other = new TcpListener(IPAddress.IPv6Any, 0);
        other.Server.DualMode = true;
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        using var process = SmirkProcess.Start(Arguments(folder), TeamProcesses.Place(0, 2, port));
        var output = await process.End();
        Assert.Equal(1, output.ExitCode);
        Assert.Contains($"Port {port} of this machine is in use", output.FailureLine, StringComparison.Ordinal);
        Assert.Contains("MASTER_PORT", output.FailureLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_did_not_come_is_named()
    {
        using var folder = new TemporaryFolder();
        using var process = SmirkProcess.Start(Arguments(folder), TeamProcesses.Place(0, 3, TeamProcesses.FreePort()));
        var output = await process.End();
        Assert.Equal(1, output.ExitCode);
        Assert.Contains("1 of 3 processes came in 3 s; ranks 1, 2 didn't", output.FailureLine, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("runs")));
    }

    [Fact]
    public async Task A_process_of_another_version_is_refused_by_both_versions()
    {
        Assert.SkipUnless(TorchRun.IsThere, "python3-torch isn't installed");
        using var folder = new TemporaryFolder();
        var port = TeamProcesses.FreePort();
        var arguments = Arguments(folder, patience: "60s");
        using var process = SmirkProcess.Start(arguments, TeamProcesses.Place(0, 2, port));

        // What another version would say of itself, put into the store by the library that it would use.
        using var other = TorchRun.Python($"""
            import torch.distributed as d, datetime
            s = d.TCPStore('127.0.0.1', {port}, 2, False, datetime.timedelta(seconds=60), wait_for_workers=False)
            d.PrefixStore('smirk/', s).set('member/1', 'Smirk 0.1.9, libtorch 1.13.1\nnode7\n123')
            import time; time.sleep(600)
            """);
        var output = await process.End();
        other.Kill();
        Assert.Equal(1, output.ExitCode);
        Assert.Contains(
            "Rank 1 (process 123 on node7) is Smirk 0.1.9, libtorch 1.13.1; rank 0 ", output.FailureLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_environment_that_says_half_of_it_is_a_usage_error()
    {
        using var folder = new TemporaryFolder();
        using var process = SmirkProcess.Start(Arguments(folder), ("RANK", "0"), ("WORLD_SIZE", "2"));
        var output = await process.End();
        Assert.Equal(2, output.ExitCode);
        Assert.Contains("MASTER_ADDR", output.FailureLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Make_says_that_only_train_is_for_several_processes()
    {
        using var folder = new TemporaryFolder();
        using var process = SmirkProcess.Start(["make", "-w", folder.File("ws")], TeamProcesses.Place(0, 2, 29500));
        var output = await process.End();
        Assert.Equal(2, output.ExitCode);
        Assert.Contains("only smirk train can", output.FailureLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_that_cannot_be_shared_is_refused_at_every_process()
    {
        using var folder = new TemporaryFolder();
        using var team = TeamProcesses.Start(Arguments(folder, patience: "60s"), 3);
        var outputs = await team.End();
        Assert.Equal(2, outputs[0].ExitCode);
        Assert.Contains("--batch 8 can't be shared equally by 3 processes", outputs[0].FailureLine, StringComparison.Ordinal);
        Assert.Contains("--batch 8 can't be shared", outputs[1].FailureLine, StringComparison.Ordinal);
    }

    private static string[] Arguments(TemporaryFolder folder, string patience = "3s") =>
        ["train", "--pack", TeamProcesses.WritePack(folder), "--runs", folder.File("runs"), .. TeamProcesses.Short,
            "--join-timeout", patience];
}
