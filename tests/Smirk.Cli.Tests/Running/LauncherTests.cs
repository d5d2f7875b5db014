using System.Diagnostics;

namespace Smirk.Cli.Tests.Running;

/// <summary>./smirk and eng/build.sh in a checkout of their own: what is built when, and what becomes of programs that still run.</summary>
[Trait("Speed", "slow")]
public sealed class LauncherTests(LauncherTests.Built built) : IClassFixture<LauncherTests.Built>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Running_program_keeps_its_files_during_a_build()
    {
        var tree = Copy();
        using var running = Start(tree, "wait");
        Assert.Equal("waiting", await running.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        TinyCheckout.Number(tree, 2);
        TinyCheckout.Mark(tree, "MarkNew");
        Assert.Equal("2 Mark MarkNew\n", Smirk(tree));
        Assert.Equal(2, Versions(tree));

        await running.StandardInput.WriteLineAsync();
        Assert.Equal("1 Mark\n", await running.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        await running.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, running.ExitCode);

        TinyCheckout.Number(tree, 3);
        Assert.Equal("3 Mark MarkNew\n", Smirk(tree));
        Assert.Equal(1, Versions(tree));
    }

    [Fact]
    public void Deleted_sources_and_older_replacements_trigger_a_build()
    {
        var tree = Copy();
        TinyCheckout.Mark(tree, "MarkNew");
        Assert.Equal("1 Mark MarkNew\n", Smirk(tree));
        File.Delete(Path.Combine(tree, "src/Smirk.Cli/MarkNew.cs"));
        Assert.Equal("1 Mark\n", Smirk(tree));
        Shell.Run(tree, "sed s/Mark/MarkOld/ src/Smirk.Cli/Mark.cs >old && touch -d '1 day ago' old && mv old src/Smirk.Cli/Mark.cs");
        Assert.Equal("1 MarkOld\n", Smirk(tree));
    }

    [Fact]
    public void Touched_sources_trigger_no_build()
    {
        var tree = Copy();
        Assert.Equal("", Shell.Run(tree, "touch src/Smirk.Cli/*.cs native/*; ./smirk 2>&1 >/dev/null"));
    }

    [Fact]
    public void Moved_or_copied_checkout_still_builds()
    {
        var tree = Copy();
        var moved = _folder.File("moved/here");
        Directory.Move(tree, moved);
        TinyCheckout.Number(moved, 4);
        TinyCheckout.Mark(moved, "MarkMoved");
        Assert.Equal("4 Mark MarkMoved\n", Smirk(moved));
        Assert.Equal("1 Mark\n", Smirk(built.Tree));
    }

    [Fact]
    public void Failed_build_is_one_line_and_keeps_the_last_program()
    {
        var tree = Copy();
        TinyCheckout.Mark(tree, "Mark New");
        Assert.Contains("the build failed; all of its output is in", Shell.Run(tree, "./smirk 2>&1 || [ $? = 1 ]"));
        Assert.Equal("1 Mark\n", Shell.Run(tree, "build/app/current/smirk"));
    }

    [Fact]
    public async Task Launchers_that_start_together_build_once()
    {
        var tree = Copy();
        TinyCheckout.Number(tree, 5);
        var both = Enumerable.Range(0, 2).Select(_ => Start(tree)).ToList();
        var said = "";
        foreach (var process in both)
        {
            said += await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.Equal("5 Mark\n", await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
            process.Dispose();
        }

        Assert.Equal(["building native code (torch vips vision archive); this is done once", "building the program; this is done once"],
            said.Trim()
            .Split('\n').Select(line => line["smirk: ".Length..]));
    }

    public void Dispose() => _folder.Dispose();

    private static string Smirk(string tree) => Shell.Run(tree, "./smirk");

    private static int Versions(string tree) =>
        Directory.GetDirectories(Path.Combine(tree, "build/app")).Count(folder => Path.GetFileName(folder) != "current");

    private static Process Start(string tree, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(Path.Combine(tree, "smirk"), arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = tree,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    // A copy with its build folder: nothing has to be built in it.
    private string Copy()
    {
        Shell.Run(_folder.Path, $"cp -a '{built.Tree}' tree");
        return _folder.File("tree");
    }

    /// <summary>A checkout that is built already.</summary>
    public sealed class Built : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Built()
        {
            TinyCheckout.Write(Tree);
            Assert.Equal("1 Mark\n", Smirk(Tree));
        }

        public string Tree => _folder.File("tree");

        public void Dispose() => _folder.Dispose();
    }
}
