using Smirk.Studio.Explore;

namespace Smirk.Studio.Tests.Explore;

/// <summary>The queue before the one thread that generates.</summary>
public sealed class GeneratorThreadTests
{
    [Fact]
    public async Task The_newest_request_of_a_lane_replaces_the_one_that_waits_and_what_was_cancelled_never_starts()
    {
        using var stopping = new CancellationTokenSource();
        using var cancelled = new CancellationTokenSource();
        using var gate = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        var thread = new GeneratorThread(new OpenGenerator(), TimeSpan.FromMinutes(1), stopping.Token);
        var done = new List<string>();
        var first = thread.Run("a/picture", Turn.Now, _ =>
        {
            begun.Set();
            gate.Wait();
            return Note("first");
        }, CancellationToken.None);
        begun.Wait(TestContext.Current.CancellationToken);
        var tiles = thread.Run(null, Turn.Soon, _ => Note("tiles"), CancellationToken.None);
        var old = thread.Run("a/picture", Turn.Now, _ => Note("old"), CancellationToken.None);
        var other = thread.Run("b/picture", Turn.Now, _ => Note("other"), CancellationToken.None);
        var never = thread.Run(null, Turn.Now, _ => Note("never"), cancelled.Token);
        var newest = thread.Run("a/picture", Turn.Now, _ => Note("newest"), CancellationToken.None);
        await cancelled.CancelAsync();
        gate.Set();

        // The one that was replaced hears so at once, and the picture that is looked at goes before the tiles.
        Assert.Null(await old);
        Assert.Equal("first tiles other newest", $"{await first} {await tiles} {await other} {await newest}");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => never);
        Assert.Equal(["first", "newest", "other", "tiles"], done);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => thread.Run(null, Turn.Now, _ => Note("late"), CancellationToken.None));

        string Note(string what)
        {
            done.Add(what);
            return what;
        }
    }

    [Fact]
    public async Task A_fault_is_told_to_whoever_asked_and_a_long_job_lets_others_in()
    {
        using var stopping = new CancellationTokenSource();
        using var gate = new ManualResetEventSlim();
        var thread = new GeneratorThread(new OpenGenerator(), TimeSpan.FromMilliseconds(20), stopping.Token);
        await Assert.ThrowsAsync<InvalidDataException>(
            () => thread.Run<string>(null, Turn.Now, _ => throw new InvalidDataException("x"), CancellationToken.None));
        await Task.Delay(100, TestContext.Current.CancellationToken); // it has closed what was open meanwhile
        Task<string?>? between = null;
        var isLongOver = false;
        var longer = thread.Run(null, Turn.Long, _ =>
        {
            gate.Wait();
            thread.DoOthers();
            isLongOver = true;
            return "long";
        }, CancellationToken.None);
        between = thread.Run(null, Turn.Soon, _ => isLongOver ? "after" : "between", CancellationToken.None);
        gate.Set();
        Assert.Equal("between", await between);
        Assert.Equal("long", await longer);
        await stopping.CancelAsync();
    }
}
