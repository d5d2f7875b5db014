using Smirk.Workspace.Errors;
using Smirk.Workspace.Runs;

namespace Smirk.Tests.Runs;

public sealed class RunFoldersTests
{
    [Fact]
    public void Create_numbers_runs_from_one_and_never_takes_a_number_twice()
    {
        using var folder = new TemporaryFolder();
        var runs = new RunFolders(folder.File("runs"));
        Assert.Null(runs.Latest());
        Assert.Equal("0001", runs.Create().Name);
        Assert.Equal("0002", runs.Create().Name);
        Directory.Delete(runs.Open(1).Path, recursive: true);
        Directory.CreateDirectory(Path.Combine(runs.Folder, "notes"));
        Assert.Equal(3, runs.Create().Number);
        Assert.Equal([2, 3], runs.All().Select(r => r.Number));
        Assert.True(Directory.Exists(runs.Latest()!.SamplesFolder));
    }

    [Fact]
    public void Open_of_a_run_that_isnt_there_names_those_that_are()
    {
        using var folder = new TemporaryFolder();
        var runs = new RunFolders(folder.File("runs"));
        runs.Create();
        Assert.Contains("it has 0001", Assert.Throws<UnusableInputException>(() => runs.Open(7)).Message);
    }
}
