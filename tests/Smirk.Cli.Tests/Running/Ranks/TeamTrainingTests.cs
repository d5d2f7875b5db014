using System.Diagnostics;

namespace Smirk.Cli.Tests.Running.Ranks;

/// <summary>Several processes train one run: real ones, over loopback.</summary>
public sealed class TeamTrainingTests
{
    // After ten steps of Adam at a learning rate of 0.0012. Sums over the batch are added up in another order, and Adam divides by how
    // large a gradient usually is, so the tiniest ones differ most (2.4e-5 seen). Other pictures give 1.4e-2.
    private const double Tolerance = 2e-4;

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Processes_come_to_the_weights_of_one_with_the_same_batch(int size)
    {
        using var folder = new TemporaryFolder();
        var pack = TeamProcesses.WritePack(folder);
        var alone = await SmirkProcess.Run(["train", "--pack", pack, "--runs", folder.File("alone"), .. TeamProcesses.Short, "--quiet"]);
        Assert.Equal(0, alone.ExitCode);
        using (var team = TeamProcesses.Start(
            ["train", "--pack", pack, "--runs", folder.File("team"), .. TeamProcesses.Short, "--quiet"], size))
            await team.EndWell();
        TeamProcesses.AssertAgree(TeamProcesses.Weights(folder.File("alone")), TeamProcesses.Weights(folder.File("team")), Tolerance);
    }

    [Fact]
    public async Task Two_machines_come_to_the_weights_of_one()
    {
        Assert.SkipUnless(TwoMachines.CanBe, "network namespaces take root and iproute2");
        using var folder = new TemporaryFolder();
        using var machines = new TwoMachines();
        var pack = TeamProcesses.WritePack(folder);
        var alone = await SmirkProcess.Run(["train", "--pack", pack, "--runs", folder.File("alone"), .. TeamProcesses.Short, "--quiet"]);
        Assert.Equal(0, alone.ExitCode);
        string[] arguments = ["train", "--pack", pack, "--runs", folder.File("team"), .. TeamProcesses.Short, "--quiet"];
        var port = TeamProcesses.FreePort();
        foreach (var (exitCode, error) in await Task.WhenAll(machines.Run(1, port, arguments), machines.Run(0, port, arguments)))
            Assert.True(exitCode == 0, error);
        TeamProcesses.AssertAgree(TeamProcesses.Weights(folder.File("alone")), TeamProcesses.Weights(folder.File("team")), Tolerance);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task One_step_has_the_gradients_of_one_process_in_every_tensor(int size)
    {
        using var folder = new TemporaryFolder();
        var pack = TeamProcesses.WritePack(folder);

        // Auto's own networks, narrower, with gates and the thumbnail.
        string[] options = ["--batch", "8", "--width", "0.25", "--held-out", "0", "--seed", "5", "--threads", "1", "--nice", "0", "--kimg",
            "0.008", "--quiet"];
        var alone = await SmirkProcess.Run(["train", "--pack", pack, "--runs", folder.File("alone"), .. options]);
        Assert.Equal(0, alone.ExitCode);
        using (var team = TeamProcesses.Start(["train", "--pack", pack, "--runs", folder.File("team"), .. options], size))
            await team.EndWell();
        var (one, other) = (TeamProcesses.Gradients(folder.File("alone")), TeamProcesses.Gradients(folder.File("team")));
        Assert.Equal(one.Keys.Order(StringComparer.Ordinal), other.Keys.Order(StringComparer.Ordinal));
        AssertSame(one, other, "adam_g.", 1e-5);
        AssertSame(one, other, "adam_d.", 1e-5);
    }

    // D's batch norm takes its sums over all processes. G steps twice, so its second step shows what D's first one came to.
    [Fact]
    [Trait("Speed", "slow")]
    public async Task Dcgan_whose_networks_normalise_batches_has_the_gradients_of_one_process()
    {
        using var folder = new TemporaryFolder();
        var pack = TeamProcesses.WritePack(folder, size: 64);
        string[] options = ["--recipe", "dcgan", "--kimg", "0.004", "--batch", "4", "--seed", "5", "--threads", "1",
            "--nice", "0", "--quiet"];
        var alone = await SmirkProcess.Run(["train", "--pack", pack, "--runs", folder.File("alone"), .. options]);
        Assert.Equal(0, alone.ExitCode);
        using (var team = TeamProcesses.Start(["train", "--pack", pack, "--runs", folder.File("team"), .. options], 2))
            await team.EndWell();
        AssertSame(TeamProcesses.Gradients(folder.File("alone")), TeamProcesses.Gradients(folder.File("team")), "adam_d.", 1e-4);
    }

    [Fact]
    [Trait("Speed", "slow")]
    public async Task The_upsamplers_stage_comes_to_the_same_weights_too()
    {
        using var folder = new TemporaryFolder();
        var pack = TeamProcesses.WritePack(folder, count: 16, size: 64);
        string[] options = [.. TeamProcesses.Short, "--small-size", "32", "--upscale-share", "0.7", "--quiet"];
        var alone = await SmirkProcess.Run(["train", "--pack", pack, "--runs", folder.File("alone"), .. options]);
        Assert.Equal(0, alone.ExitCode);
        using (var team = TeamProcesses.Start(["train", "--pack", pack, "--runs", folder.File("team"), .. options], 2))
            await team.EndWell();
        var (one, two) = (TeamProcesses.Weights(folder.File("alone")), TeamProcesses.Weights(folder.File("team")));
        Assert.Contains(one.Keys, name => name.StartsWith("patches.", StringComparison.Ordinal));
        TeamProcesses.AssertAgree(one, two, 1e-3);
    }

    [Fact]
    public async Task Rank_0_alone_writes_and_says_what_happens()
    {
        using var folder = new TemporaryFolder();
        var pack = TeamProcesses.WritePack(folder);
        using var team = TeamProcesses.Start(["train", "--pack", pack, "--runs", folder.File("runs"), .. TeamProcesses.Short], 2);
        var outputs = await team.End();
        Assert.All(outputs, output => Assert.True(output.ExitCode == 0, output.Error));
        Assert.Contains("2 processes train together", outputs[0].Error + outputs[0].Out, StringComparison.Ordinal);
        Assert.Equal("", outputs[1].Error + outputs[1].Out);
        Assert.Equal(["0001"], Directory.GetDirectories(folder.File("runs")).Select(Path.GetFileName));
    }

    [Fact]
    [Trait("Speed", "slow")]
    public async Task A_process_that_is_killed_ends_all_with_its_name_and_another_number_of_processes_resumes()
    {
        using var folder = new TemporaryFolder();
        var pack = TeamProcesses.WritePack(folder);
        string[] options = ["train", "--pack", pack, "--runs", folder.File("runs")];
        using (var team = TeamProcesses.Start([.. options, .. TeamProcesses.Small, "--kimg", "1000", "--snapshot-every", "0s"], 2))
        {
            await team.Snapshots(folder.File("runs"), 2);
            team[1].Kill();
            var clock = Stopwatch.StartNew();
            var outputs = await team.End();
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"it took {clock.Elapsed}");
            Assert.Equal(1, outputs[0].ExitCode);
            Assert.Contains("Rank 1 (process ", outputs[0].FailureLine, StringComparison.Ordinal);
            Assert.Contains("is gone", outputs[0].FailureLine, StringComparison.Ordinal);
        }

        var alone = await SmirkProcess.Run([.. options, "--resume", "1", "--kimg", "1"]);
        Assert.True(alone.ExitCode == 0, alone.Error);
        using (var team = TeamProcesses.Start([.. options, "--resume", "1", "--kimg", "1.04"], 4))
            await team.EndWell();
        Assert.Contains("-000001040", Directory.GetFiles(folder.File("runs/0001/snapshots")).Order().Last(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Speed", "slow")]
    public async Task Rank_0_that_is_killed_ends_the_others_with_its_name()
    {
        using var folder = new TemporaryFolder();
        var pack = TeamProcesses.WritePack(folder);
        using var team = TeamProcesses.Start(
            ["train", "--pack", pack, "--runs", folder.File("runs"), .. TeamProcesses.Small, "--kimg", "1000", "--snapshot-every", "0s"],
            2);
        await team.Snapshots(folder.File("runs"), 2);
        team[0].Kill();
        var clock = Stopwatch.StartNew();
        var output = await team[1].End();
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"it took {clock.Elapsed}");
        Assert.Equal(1, output.ExitCode);
        Assert.Contains("Rank 0 (process ", output.FailureLine, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Speed", "slow")]
    public async Task Ctrl_C_at_any_process_saves_a_snapshot_and_stops_all()
    {
        using var folder = new TemporaryFolder();
        var pack = TeamProcesses.WritePack(folder);
        using var team = TeamProcesses.Start(
            ["train", "--pack", pack, "--runs", folder.File("runs"), .. TeamProcesses.Small, "--kimg", "1000"], 2);
        await team.Snapshots(folder.File("runs"), 1);
        team[1].Interrupt();
        var outputs = await team.End();
        Assert.Equal(1, outputs[0].ExitCode);
        Assert.Contains("stopped at another process", outputs[0].FailureLine, StringComparison.Ordinal);
        Assert.Equal(130, outputs[1].ExitCode);
        Assert.Equal(2, Directory.GetFiles(folder.File("runs/0001/snapshots"), "*.safetensors").Length);
    }

    // By the largest gradient of the network: where there is nothing but rounding, no two orders of adding agree.
    private static void AssertSame(Dictionary<string, float[]> one, Dictionary<string, float[]> other, string network, double tolerance)
    {
        var names = one.Keys.Where(name => name.StartsWith(network, StringComparison.Ordinal)).ToList();
        var largest = names.Max(name => one[name].Max());
        Assert.True(largest > 0);
        Assert.All(names, name =>
        {
            var difference = one[name].Zip(other[name], (a, b) => Math.Abs(a - b)).Max();
            Assert.True(difference <= tolerance * largest, $"{name} differs by {difference / largest:0.0e0} of the largest gradient");
        });
    }
}
