using Smirk.Gan.Tests;

namespace Smirk.Cli.Tests.Running;

/// <summary>Asking a training in another process for something, and asking what a training would be.</summary>
public sealed class TrainingRequestTests
{
    [Fact]
    public async Task A_training_takes_a_snapshot_and_stops_when_another_process_asks()
    {
        using var folder = new TemporaryFolder();
        var (pack, runs) = (TinyPack.Write(folder), folder.File("runs"));
        string[] where = ["train", "--pack", pack, "--runs", runs];
        using var training = SmirkProcess.Start([.. where, "--budget", "10m", "--width", "0.1", "--batch", "8", "--evaluate-every", "0"]);
        var log = Path.Combine(runs, "0001", "log.jsonl");
        while (!training.HasExited && !(File.Exists(log) && new FileInfo(log).Length > 0))
            await Task.Delay(50, TestContext.Current.CancellationToken);

        var snapshot = await SmirkProcess.Run([.. where, "--snapshot", "1"]);
        Assert.Equal((0, "train: run 0001 saved a snapshot\n"), (snapshot.ExitCode, snapshot.Out));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(runs, "0001", "snapshots"), "*.safetensors").Length);
        var stop = await SmirkProcess.Run([.. where, "--stop", "1"]);
        Assert.Equal((0, "train: run 0001 has stopped\n"), (stop.ExitCode, stop.Out));
        var ended = await training.End();
        Assert.Equal(130, ended.ExitCode);
        Assert.Contains("run 0001 was asked to stop; resume it with: smirk train --resume 1", ended.FailureLine);

        var again = await SmirkProcess.Run([.. where, "--stop", "1"]);
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("isn't being trained", again.FailureLine);
        Assert.Contains("There is no run 0007", (await SmirkProcess.Run([.. where, "--stop", "7"])).FailureLine);
        Assert.Equal(2, (await SmirkProcess.Run([.. where, "--stop", "1", "--snapshot", "1"])).ExitCode);
    }

    [Fact]
    public async Task A_plan_says_what_would_be_chosen_and_why_and_makes_nothing()
    {
        using var folder = new TemporaryFolder();
        var (pack, runs) = (TinyPack.Write(folder), folder.File("runs"));
        var plan = await SmirkProcess.Run("train", "--pack", pack, "--runs", runs, "--budget", "20m", "--plan");
        Assert.True(plan.ExitCode == 0, plan.Error);
        Assert.Contains("batch 16: many small steps", plan.Out);
        Assert.Contains("length 20 minutes: asked for", plan.Out);
        Assert.False(Directory.Exists(runs));
        var json = await SmirkProcess.Run("train", "--pack", pack, "--runs", runs, "--plan", "--json");
        Assert.Contains("\"why\": \"the default\"", json.Out);
        Assert.Equal(2, (await SmirkProcess.Run("train", "--pack", pack, "--runs", runs, "--plan", "--batch", "1")).ExitCode);
    }
}
