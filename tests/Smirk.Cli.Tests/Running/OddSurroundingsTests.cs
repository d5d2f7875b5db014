using System.Diagnostics;
using System.Text;

namespace Smirk.Cli.Tests.Running;

/// <summary>Lists from Windows, no home folder, folders that can't be written, names made to mislead a terminal.</summary>
public sealed class OddSurroundingsTests : IDisposable
{
    private static readonly byte[] Png =
        File.ReadAllBytes(Path.Combine(TestData.Repository, "tests", "goldens", "pictures", "p3.png"));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\uFEFF{0}\r\n{1}\r\n")]
    [InlineData("{0}\r\n{1}\r\n")]
    [InlineData("\uFEFF{0}\n{1}")]
    [InlineData("{0}\r\n\r\n{1}")]
    public async Task Lists_may_have_a_byte_order_mark_and_Windows_line_ends(string list)
    {
        var (one, two) = (_folder.Write("in/one.png", Png), _folder.Write("in/two.png", Png));
        var file = _folder.Write("list.txt", Encoding.UTF8.GetBytes(string.Format(list, one, two)));
        var output = await SmirkProcess.Run("strip", "--from-file", file, "--json");
        Assert.Equal(0, output.ExitCode);
        Assert.Contains(one, output.Out);
        Assert.Contains(two, output.Out);
    }

    [Fact]
    public async Task Without_a_home_the_journal_lies_beside_the_quarantine()
    {
        _folder.Write("in/one.png", Png);
        _folder.Write("in/two.png", Png);
        using var smirk = SmirkProcess.Start(["dupes", _folder.File("in"), "--quarantine", _folder.File("out/q"), "--yes"],
            ("HOME", ""), ("XDG_STATE_HOME", ""));
        var output = await smirk.End();
        Assert.Equal(0, output.ExitCode);
        var journal = Assert.Single(Directory.GetFiles(_folder.File("out"), "dupes-*.jsonl"));
        Assert.Contains(journal, output.Out);
        Assert.Equal(0, (await SmirkProcess.Run("undo", journal)).ExitCode);
        Assert.Equal(2, Directory.GetFiles(_folder.File("in")).Length);
    }

    [Fact]
    public async Task Names_reach_the_terminal_without_their_control_characters()
    {
        _folder.Write("in/good.png", Png);
        _folder.Write("in/\u001b[31mred\n\u202ebad.png", "no picture"u8);
        string[][] commands =
        [
            ["import", _folder.File("in"), "-w", _folder.File("ws")], ["strip", _folder.File("in")],
            ["dupes", "--near", "--no-index", _folder.File("in")], ["why", "\u001b[31mred\n\u202ebad.png", "-w", _folder.File("ws")],
        ];
        foreach (var arguments in commands)
        {
            var output = await SmirkProcess.Run(arguments);
            Assert.DoesNotContain("\u001b", output.Out + output.Error);
            Assert.DoesNotContain("\u202e", output.Out + output.Error);
            Assert.Contains("red", output.Out + output.Error);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Why_looks_into_a_workspace_that_can_not_be_written(bool wasKilled)
    {
        Assert.SkipUnless(Environment.UserName == "root" && File.Exists("/usr/bin/setpriv"),
            "Needs root, to become a user who may not write");
        Assert.Equal(0, (await SmirkProcess.Run("import", Path.GetDirectoryName(_folder.Write("in/one.png", Png))!, "-w",
            _folder.File("ws"))).ExitCode);
        if (wasKilled)
        {
            // An open connection keeps what it wrote beside the catalog; copied, that is what a killed process leaves.
            using var open = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_folder.File("ws/smirk.db")};Pooling=False");
            open.Open();
            using var command = open.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL; CREATE TABLE left_over(x); INSERT INTO left_over VALUES (1);";
            command.ExecuteNonQuery();
            foreach (var end in new[] { "", "-wal" })
                File.Copy(_folder.File($"ws/smirk.db{end}"), _folder.File($"smirk.db{end}"));
        }

        foreach (var copy in Directory.GetFiles(_folder.Path, "smirk.db*"))
            File.Copy(copy, _folder.File($"ws/{Path.GetFileName(copy)}"), overwrite: true);
        using (var open = Process.Start("chmod", ["-R", "a+rX,a-w", _folder.Path]))
            await open.WaitForExitAsync(TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo("/usr/bin/setpriv",
            ["--reuid=65534", "--regid=65534", "--clear-groups", SmirkProcess.Executable, "why", "one.png", "-w", _folder.File("ws")])
        { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["HOME"] = "/tmp";
        using var smirk = Process.Start(start)!;
        var (output, error) = (await smirk.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            await smirk.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await smirk.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(smirk.ExitCode == 0, error);
        Assert.Contains("one.png", output);
    }
}
