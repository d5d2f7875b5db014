namespace Smirk.Cli.Tests.Running.Ranks;

/// <summary>The launcher that people use: its agent serves the store, and every process is a client.</summary>
public sealed class TorchRunTests
{
    [Fact]
    [Trait("Speed", "slow")]
    public async Task Torchrun_trains_a_run_on_two_processes()
    {
        Assert.SkipUnless(TorchRun.IsThere, "python3-torch isn't installed");
        using var folder = new TemporaryFolder();
        var pack = TeamProcesses.WritePack(folder);
        var (code, text) = await TorchRun.Smirk(
            2, folder.File("logs"), ["train", "--pack", pack, "--runs", folder.File("runs"), .. TeamProcesses.Short]);
        Assert.True(code == 0, text);
        var alone = await SmirkProcess.Run(["train", "--pack", pack, "--runs", folder.File("alone"), .. TeamProcesses.Short, "--quiet"]);
        Assert.Equal(0, alone.ExitCode);
        TeamProcesses.AssertAgree(TeamProcesses.Weights(folder.File("alone")), TeamProcesses.Weights(folder.File("runs")), 2e-4);
    }
}
