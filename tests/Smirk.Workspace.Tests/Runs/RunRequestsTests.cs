using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;
using Smirk.Workspace.Runs;

namespace Smirk.Workspace.Tests.Runs;

public sealed class RunRequestsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private RunFolders Runs => new(_folder.File("runs"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_request_waits_for_whoever_trains_the_run_until_it_is_done()
    {
        using var held = Runs.Create();
        var requests = new RunRequests(held.Run);
        Assert.False(requests.IsAsked(RunRequest.Stop));
        requests.Ask(RunRequest.Stop);
        requests.Ask(RunRequest.Stop);
        Assert.True(new RunRequests(Runs.Open(1)).IsAsked(RunRequest.Stop));
        Assert.False(requests.IsAsked(RunRequest.Snapshot));
        requests.Done(RunRequest.Stop);
        requests.Done(RunRequest.Stop);
        Assert.False(requests.IsAsked(RunRequest.Stop));
    }

    [Fact]
    public void Of_a_run_that_nobody_trains_nothing_can_be_asked()
    {
        Runs.Create().Dispose();
        var requests = new RunRequests(Runs.Open(1));
        Assert.Contains("0001 isn't being trained", Assert.Throws<UnusableInputException>(() => requests.Ask(RunRequest.Stop)).Message);
        Assert.False(requests.IsAsked(RunRequest.Stop));
    }

    [Fact]
    public void What_was_asked_of_a_process_that_died_is_not_asked_of_the_next()
    {
        using (var died = Runs.Create())
            new RunRequests(died.Run).Ask(RunRequest.Stop);
        using var next = Runs.Open(1).Lock();
        Assert.False(new RunRequests(next.Run).IsAsked(RunRequest.Stop));
    }

    [Fact]
    public void Whether_a_run_is_trained_is_told_without_keeping_anybody_from_it()
    {
        Assert.Null(FileLock.HolderOf(_folder.File("nothing")));
        Runs.Create().Dispose();
        var run = Runs.Open(1);
        Assert.Null(run.Trainer());
        using (run.Lock())
            Assert.Equal(Environment.ProcessId, run.Trainer());
        Assert.Null(run.Trainer());
    }

    [Fact]
    public void A_run_that_is_trained_is_not_deleted()
    {
        var runs = Runs;
        using (var held = runs.Create())
        {
            File.WriteAllText(held.Run.LogPath, "{}\n");
            Assert.Contains("Stop it first", Assert.Throws<UnusableInputException>(() => runs.Delete(held.Run)).Message);
            Assert.True(File.Exists(held.Run.LogPath));
        }

        runs.Delete(runs.Open(1));
        Assert.Empty(runs.All());
        Assert.Empty(Directory.EnumerateDirectories(runs.Folder));
    }

    [Fact]
    public void A_note_is_kept_with_the_run_and_a_damaged_one_is_none()
    {
        Runs.Create().Dispose();
        var run = Runs.Open(1);
        Assert.Equal(RunNote.None, RunNote.Of(run));
        var note = new RunNote("<script>alert(1)</script>", "first line\nsecond: ä € 😀");
        note.Write(run);
        Assert.Equal(note, RunNote.Of(run));
        Assert.Contains("it has 0001 (<script>", Assert.Throws<UnusableInputException>(() => Runs.Open(7)).Message);
        Assert.Throws<UsageException>(() => new RunNote(new string('x', 81), "").Write(run));
        Assert.Throws<UsageException>(() => new RunNote("two\nlines", "").Write(run));
        Assert.Throws<UsageException>(() => new RunNote("", new string('x', 10_001)).Write(run));
        Assert.Equal(note, RunNote.Of(run));
        File.WriteAllText(run.NotePath, "{\"name\": ");
        Assert.Equal(RunNote.None, RunNote.Of(run));
    }
}
