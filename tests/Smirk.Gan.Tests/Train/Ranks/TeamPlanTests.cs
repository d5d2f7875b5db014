using Smirk.Gan.Data;
using Smirk.Gan.Train;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Ranks;
using Smirk.Workspace.Errors;

namespace Smirk.Gan.Tests.Train.Ranks;

public sealed class TeamPlanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TrainingPack _pack;

    public TeamPlanTests() => _pack = TrainingPack.Open(TinyPack.Write(_folder, size: 64), null);

    public void Dispose()
    {
        _pack.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_batch_that_the_recipe_chose_becomes_a_multiple_of_the_processes_and_says_why()
    {
        var plan = TeamPlan.ForNew(Plan(new TrainOptions { SmallSize = 32 }), asked: false, processes: 5);
        Assert.Equal((20, 15), (plan.Batch, plan.Upscale!.Batch));
        Assert.Equal("5 processes share it equally", plan.Choices.Single(c => c.Name == "batch").InWords);
        Assert.Equal(16, TeamPlan.ForNew(Plan(new TrainOptions()), asked: false, processes: 4).Batch);
    }

    [Fact]
    public void A_batch_that_was_asked_for_is_taken_as_it_is_or_refused()
    {
        var plan = Plan(new TrainOptions { Batch = 18 });
        Assert.Equal(18, TeamPlan.ForNew(plan, asked: true, processes: 3).Batch);
        var error = Assert.Throws<UsageException>(() => TeamPlan.ForNew(plan, asked: true, processes: 4));
        Assert.Contains("such as 20", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_is_resumed_with_as_many_processes_as_share_its_batches()
    {
        var plan = Plan(new TrainOptions { SmallSize = 32 });
        foreach (var count in (int[])[1, 2, 4])
            TeamPlan.CheckResumed(plan, count);
        var error = Assert.Throws<UsageException>(() => TeamPlan.CheckResumed(plan, 8));
        Assert.Contains("upsampler is 12, which 8 processes can't share equally. Resume it with 1, 2, 4 of them", error.Message,
            StringComparison.Ordinal);
    }

    private RecipePlan Plan(TrainOptions options) => RecipePlanner.Plan(options, _pack);
}
