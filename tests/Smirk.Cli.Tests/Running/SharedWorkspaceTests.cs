namespace Smirk.Cli.Tests.Running;

/// <summary>Several processes in one workspace.</summary>
public sealed class SharedWorkspaceTests
{
    [Fact]
    public async Task While_a_run_trains_others_may_decide_but_not_train_the_same_run()
    {
        using var folder = new TemporaryFolder();
        var ws = folder.File("ws");
        await SmirkProcess.Run("import", Pile.Write(folder, 30), "-w", ws);
        await SmirkProcess.Run("pack", "-w", ws, "--size", "32");
        string[] train = ["train", "-w", ws, "--size", "32", "--kimg", "50", "--width", "0.1", "--batch", "8", "--evaluate-every", "0s",
            "--snapshot-every", "1s"];
        using var training = SmirkProcess.Start(train);
        var snapshots = Path.Combine(ws, "runs", "0001", "snapshots");
        while (!training.HasExited && !(Directory.Exists(snapshots) && Directory.EnumerateFiles(snapshots, "*.safetensors").Any()))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.False(training.HasExited);
        Assert.Equal(5, training.Nice);

        var decided = await SmirkProcess.Run("decide", ws, "0/0003.png", "drop");
        Assert.True(decided.ExitCode == 0, decided.Error);
        var second = await SmirkProcess.Run("train", "-w", ws, "--resume", "1");
        Assert.Equal(1, second.ExitCode);
        Assert.Contains($"Run 0001 ({Path.Combine(ws, "runs", "0001")}) is in use by another process", second.FailureLine);

        training.Interrupt();
        Assert.Equal(130, (await training.End()).ExitCode);
        Assert.Contains("drop", (await SmirkProcess.Run("why", "0/0003.png", "-w", ws)).Out);
    }
}
