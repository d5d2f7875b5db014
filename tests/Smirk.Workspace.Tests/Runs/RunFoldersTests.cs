using Smirk.Workspace.Errors;
using Smirk.Workspace.Runs;

namespace Smirk.Workspace.Tests.Runs;

public sealed class RunFoldersTests
{
    [Fact]
    public void Create_numbers_runs_from_one_and_never_takes_a_number_twice()
    {
        using var folder = new TemporaryFolder();
        var runs = new RunFolders(folder.File("runs"));
        Assert.Null(runs.Latest());
        Assert.Equal("0001", Started(runs).Name);
        Assert.Equal("0002", Started(runs).Name);
        Directory.Delete(runs.Open(1).Path, recursive: true);
        Directory.CreateDirectory(Path.Combine(runs.Folder, "notes"));
        Assert.Equal(3, Started(runs).Number);
        Assert.Equal([2, 3], runs.All().Select(r => r.Number));
        Assert.True(Directory.Exists(runs.Latest()!.SamplesFolder));
    }

    [Fact]
    public void Open_of_a_run_that_isnt_there_names_those_that_are()
    {
        using var folder = new TemporaryFolder();
        var runs = new RunFolders(folder.File("runs"));
        Started(runs);
        Assert.Contains("it has 0001", Assert.Throws<UnusableInputException>(() => runs.Open(7)).Message);
    }

    [Fact]
    public void A_folder_that_a_killed_process_made_but_never_used_is_taken_by_the_next_run()
    {
        using var folder = new TemporaryFolder();
        var runs = new RunFolders(folder.File("runs"));
        Started(runs);
        using (var left = runs.Create())
            Assert.Equal(2, left.Run.Number);
        Assert.Equal(2, Started(runs).Number);
        using var next = runs.Create();
        Assert.Equal(3, next.Run.Number);
    }

    [Fact]
    public void Create_leaves_an_empty_folder_to_the_process_that_has_just_made_it()
    {
        using var folder = new TemporaryFolder();
        var runs = new RunFolders(folder.File("runs"));
        using var first = runs.Create();
        using var second = runs.Create();
        Assert.Equal((1, 2), (first.Run.Number, second.Run.Number));
    }

    [Fact]
    public void A_run_can_be_locked_once_and_the_error_names_the_process_that_has_it()
    {
        using var folder = new TemporaryFolder();
        var run = Started(new RunFolders(folder.File("runs")));
        using (run.Lock())
        {
            var error = Assert.Throws<UnusableInputException>(() => run.Lock());
            Assert.Contains($"Run 0001 ({run.Path}) is in use by another process ({Environment.ProcessId})", error.Message);
        }

        using var again = run.Lock();
    }

    private static RunFolder Started(RunFolders runs)
    {
        using var created = runs.Create();
        File.WriteAllText(created.Run.OptionsPath, "{}");
        return created.Run;
    }
}
