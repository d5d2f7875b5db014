using Smirk.Files.Act;
using Smirk.Files.Tests.Exact;
using Smirk.Workspace.Stages;

namespace Smirk.Files.Tests.Act;

/// <summary>Ctrl-C in the middle of a file: what was being done to it isn't done, and nothing is left of it.</summary>
public sealed class ActCancelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ActCancelTests() =>
        Shell.Run(_folder.Path, "mkdir tree; head -c 50000000 /dev/urandom >tree/a; cp tree/a tree/b; cp tree/a tree/c");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ActKind.Delete)]
    [InlineData(ActKind.Hardlink)]
    [InlineData(ActKind.Reflink)]
    public void A_comparison_that_is_cancelled_leaves_the_file_alone(ActKind kind)
    {
        using var stop = new StopAt("comparing");
        var result = new ActExecutor(Journal, stop).Run(ActPlanner.Plan(Search.In(Tree).Groups, kind), stop.Token);
        Assert.Empty(result.Done);
        Assert.Equal("a b c 3", Shell.Run(Tree, "echo $(ls) $(stat -c %i * | sort -u | wc -l)").Trim());
        var undone = Undo.Run(Journal, dryRun: false, null, CancellationToken.None);
        Assert.Empty(undone.LeftAlone);
        Assert.Empty(undone.Restored);
    }

    [Fact]
    public void An_undo_that_is_cancelled_leaves_no_part_of_a_copy_and_can_be_run_again()
    {
        var result = new ActExecutor(Journal).Run(ActPlanner.Plan(Search.In(Tree).Groups, ActKind.Delete), CancellationToken.None);
        Assert.Equal(2, result.Done.Count);
        using var stop = new StopAt("copying");
        Assert.ThrowsAny<OperationCanceledException>(() => Undo.Run(Journal, dryRun: false, stop, stop.Token));
        Assert.Equal("a", Shell.Run(Tree, "ls -A").Trim());
        Assert.Equal(2, Undo.Run(Journal, dryRun: false, null, CancellationToken.None).Restored.Count);
        Assert.Equal("a b c", Shell.Run(Tree, "cmp a b; cmp a c; echo $(ls -A)").Trim());
    }

    private string Tree => Path.Combine(_folder.Path, "tree");

    private string Journal => Path.Combine(_folder.Path, "journal");

    /// <summary>Cancels as soon as it is told of a kind of work.</summary>
    private sealed class StopAt(string work) : IProgress<StageProgress>, IDisposable
    {
        private readonly CancellationTokenSource _source = new();

        public CancellationToken Token => _source.Token;

        public void Report(StageProgress value)
        {
            if (value is StageAdvanced { Detail: { } detail } && detail.StartsWith(work, StringComparison.Ordinal))
                _source.Cancel();
        }

        public void Dispose() => _source.Dispose();
    }
}
