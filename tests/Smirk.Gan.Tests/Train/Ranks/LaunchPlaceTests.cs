using Smirk.Gan.Train.Ranks;
using Smirk.Workspace.Errors;

namespace Smirk.Gan.Tests.Train.Ranks;

public sealed class LaunchPlaceTests
{
    [Fact]
    public void A_process_that_nobody_launched_trains_alone()
    {
        Assert.Null(Read());
        Assert.Null(Read(("RANK", "0"), ("WORLD_SIZE", "1"), ("MASTER_ADDR", "a")));
        Assert.Null(Read(("WORLD_SIZE", "4")));
    }

    [Fact]
    public void Torchruns_agent_serves_the_store_and_every_attempt_has_keys_of_its_own()
    {
        var place = Read(("RANK", "3"), ("WORLD_SIZE", "4"), ("LOCAL_RANK", "1"), ("LOCAL_WORLD_SIZE", "2"), ("MASTER_ADDR", "node0"),
            ("MASTER_PORT", "29400"), ("TORCHELASTIC_USE_AGENT_STORE", "True"), ("TORCHELASTIC_RESTART_COUNT", "2"))!;
        Assert.Equal((3, 4, 1, 2), (place.Rank, place.Size, place.LocalRank, place.LocalSize));
        Assert.Equal(("node0", 29400, true), (place.Host, place.Port, place.LauncherServes));
        Assert.Equal("smirk/attempt_2/", place.Prefix);
    }

    [Fact]
    public void A_PyTorchJob_sets_four_variables_and_rank_0_serves_the_store()
    {
        var place = Read(("RANK", "1"), ("WORLD_SIZE", "2"), ("MASTER_ADDR", "job-master-0"), ("MASTER_PORT", "23456"))!;
        Assert.Equal(("job-master-0", 23456, false, 1), (place.Host, place.Port, place.LauncherServes, place.LocalSize));
    }

    [Theory]
    [InlineData("node[03-05,9],gpu1", "node03")]
    [InlineData("gpu1,gpu2", "gpu1")]
    [InlineData("gpu1", "gpu1")]
    [InlineData("a,b[1-2]", "a")]
    [InlineData("rack1-n[7]", "rack1-n7")]
    public void Srun_names_the_tasks_and_the_first_node_is_where_they_meet(string nodes, string first)
    {
        var place = Read(("SLURM_PROCID", "2"), ("SLURM_STEP_NUM_TASKS", "8"), ("SLURM_LOCALID", "0"), ("SLURM_STEP_NODELIST", nodes),
            ("SLURM_STEP_TASKS_PER_NODE", "4(x2)"))!;
        Assert.Equal((2, 8, first, 4), (place.Rank, place.Size, place.Host, place.LocalSize));
    }

    [Fact]
    public void A_batch_script_of_Slurms_without_srun_trains_alone() =>
        Assert.Null(Read(("SLURM_PROCID", "0"), ("SLURM_NTASKS", "8"), ("SLURM_JOB_NODELIST", "gpu1")));

    [Fact]
    public void Mpirun_on_one_machine_needs_no_address()
    {
        var place = Read(("OMPI_COMM_WORLD_RANK", "1"), ("OMPI_COMM_WORLD_SIZE", "2"), ("OMPI_COMM_WORLD_LOCAL_RANK", "1"),
            ("OMPI_COMM_WORLD_LOCAL_SIZE", "2"))!;
        Assert.Equal((1, 2, 2, "127.0.0.1", 29500), (place.Rank, place.Size, place.LocalSize, place.Host, place.Port));
    }

    [Theory]
    [InlineData("RANK", "4")]
    [InlineData("RANK", "x")]
    [InlineData("MASTER_PORT", "70000")]
    [InlineData("WORLD_SIZE", "-2")]
    public void A_value_that_makes_no_sense_is_named(string name, string value)
    {
        var values = new Dictionary<string, string>
        {
            ["RANK"] = "0",
            ["WORLD_SIZE"] = "4",
            ["MASTER_ADDR"] = "a",
            ["MASTER_PORT"] = "1234",
            [name] = value,
        };
        var error = Assert.Throws<UsageException>(() => LaunchPlace.FromEnvironment(values.GetValueOrDefault));
        Assert.Contains($"{name} is '{value}'", error.Message, StringComparison.Ordinal);
    }

    private static LaunchPlace? Read(params (string Name, string Value)[] variables) =>
        LaunchPlace.FromEnvironment(variables.ToDictionary(v => v.Name, v => v.Value).GetValueOrDefault);
}
