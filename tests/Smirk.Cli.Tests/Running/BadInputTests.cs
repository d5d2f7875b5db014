using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Smirk.Workspace;

namespace Smirk.Cli.Tests.Running;

/// <summary>Bad input gets one clear line and the right exit code, and loses nothing.</summary>
public sealed class BadInputTests
{
    [Fact]
    public async Task No_such_folder() => await Fails(1, "There is no folder or file", "import", "/no/such/folder");

    [Theory]
    [InlineData("There is no option --bugdet. Did you mean --budget?", "make", "--bugdet", "20m")]
    [InlineData("There is no option --frobnicate. Nothing was done", "import", ".", "--frobnicate")]
    [InlineData("'--learning-rat' is neither a command nor an option here. Did you mean --learning-rate?", "train", "--learning-rat", "1")]
    [InlineData("'trian' is neither a command nor an option here. Did you mean train?", "trian")]
    [InlineData("'frobnicate' is neither a command nor an option here.", "frobnicate")]
    public async Task Misspelt_options_and_commands(string message, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var output = await SmirkProcess.Run([.. arguments, .. arguments.Length > 1 ? (string[])["-w", folder.File("ws")] : []]);
        Assert.Equal(2, output.ExitCode);
        Assert.Contains(message, output.Error);
        Assert.False(Directory.Exists(folder.File("ws")));
    }

    [Theory]
    [InlineData("make", "--budget", "1e30")]
    [InlineData("make", "--kimg", "NaN")]
    [InlineData("make", "--margin", "Infinity")]
    [InlineData("train", "--learning-rate", "0,002")]
    [InlineData("train", "--batch", "99999999999")]
    public async Task Numbers_that_make_no_sense_are_refused_before_any_work(string command, string option, string value)
    {
        using var folder = new TemporaryFolder();
        var output = await SmirkProcess.Run(command, option, value, "-w", folder.File("ws"));
        Assert.Equal(2, output.ExitCode);
        Assert.Contains(value, output.FailureLine);
        Assert.Contains("expected", output.FailureLine);
        Assert.False(Directory.Exists(folder.File("ws")));
    }

    [Fact]
    public async Task Damaged_pack_rows_and_invalid_networks_are_named()
    {
        using var folder = new TemporaryFolder();
        var pile = Pile.Write(folder, 20);
        var ws = folder.File("ws");
        Assert.Equal(3, (await SmirkProcess.Run("import", pile, "-w", ws)).ExitCode);
        Assert.InRange((await SmirkProcess.Run("pack", "-w", ws, "--size", "32")).ExitCode, 0, 3);

        var readme = Path.Combine(TestData.Repository, "README.md");
        var packs = folder.File("ws/packs/32");
        var measured = await SmirkProcess.Run("evaluate", pile, "--real", packs, "--size", "32", "--inception", readme);
        Assert.Equal(1, measured.ExitCode);
        Assert.Contains($"{readme} isn't a TorchScript network", measured.FailureLine);

        var rows = folder.File("ws/packs/32/pack.jsonl");
        var lines = await File.ReadAllLinesAsync(rows, TestContext.Current.CancellationToken);
        lines[2] = lines[2][..20];
        await File.WriteAllLinesAsync(rows, lines, TestContext.Current.CancellationToken);
        var trained = await SmirkProcess.Run("train", "-w", ws, "--size", "32", "--kimg", "1");
        Assert.Equal(1, trained.ExitCode);
        Assert.Contains($"{rows}, line 3, is damaged", trained.FailureLine);
    }

    [Fact]
    public async Task No_arguments_show_the_help() => Assert.Equal(await SmirkProcess.Run("--help"), await SmirkProcess.Run());

    [Fact]
    public async Task Missing_source_creates_no_workspace()
    {
        using var folder = new TemporaryFolder();
        foreach (var command in new[] { "make", "import" })
            Assert.Equal(1, (await SmirkProcess.Run(command, folder.File("gone"), "-w", folder.File("ws"))).ExitCode);
        Assert.False(Directory.Exists(folder.File("ws")));
    }

    [Fact]
    public async Task Empty_folder()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("in"));
        await Fails(1, "is an empty folder", "import", folder.File("in"));
    }

    [Fact]
    public async Task Folder_with_no_picture()
    {
        using var folder = new TemporaryFolder();
        folder.Write("in/a.txt", "text"u8);
        await Fails(1, "No picture in", "import", folder.File("in"));
    }

    [Fact]
    public async Task Fewer_than_two_usable_pictures()
    {
        using var folder = new TemporaryFolder();
        folder.Write("in/a.png", Pile.Png(1, 64));
        folder.Write("in/b.png", Pile.Png(1, 64));
        Assert.Equal(0, (await SmirkProcess.Run("import", folder.File("in"), "-w", folder.File("ws"))).ExitCode);
        var output = await SmirkProcess.Run("pack", "-w", folder.File("ws"));
        Assert.Equal(1, output.ExitCode);
        Assert.Contains("has 1 usable picture; a training set needs at least 2", output.FailureLine);
    }

    [Theory]
    [InlineData("65")]
    [InlineData("0")]
    [InlineData("-64")]
    public async Task Unknown_size_is_wrong_usage(string size)
    {
        using var folder = new TemporaryFolder();
        var output = await SmirkProcess.Run("pack", "-w", folder.File("ws"), $"--size={size}");
        Assert.Equal(2, output.ExitCode);
        Assert.Contains($"There is no size {size}; sizes are 32, 64", output.FailureLine);
        Assert.False(Directory.Exists(folder.File("ws")));
    }

    [Theory]
    [InlineData("--size=1024", "--recipe auto learns pictures of 32, 64, 128, 256 or 512 pixels, not of 1024")]
    [InlineData("--device=cuda:99", "Device 'cuda:99' isn't there")]
    [InlineData("--device=gpu", "'gpu' is no device: expected auto, cpu, cuda or cuda:N")]
    public async Task Make_refuses_impossible_training_options_before_any_work(string option, string expected)
    {
        using var folder = new TemporaryFolder();
        var output = await SmirkProcess.Run("make", Pile.Write(folder, 5), "-w", folder.File("ws"), option);
        Assert.Equal(2, output.ExitCode);
        Assert.Contains(expected, output.FailureLine);
        Assert.False(Directory.Exists(folder.File("ws")));
    }

    [Fact]
    public async Task Evaluating_a_workspace_without_runs_says_that_it_has_none()
    {
        using var folder = new TemporaryFolder();
        using (SmirkWorkspace.Open(folder.File("ws")))
        {
        }

        var output = await SmirkProcess.Run("evaluate", folder.File("ws"));
        Assert.Equal(1, output.ExitCode);
        Assert.Contains("has no run yet", output.FailureLine);
    }

    [Fact]
    public async Task Evaluating_at_a_size_too_small_to_measure_says_what_is_needed()
    {
        using var folder = new TemporaryFolder();
        var pile = Pile.Write(folder, 20);
        var output = await SmirkProcess.Run("evaluate", pile, "--real", pile, "--size", "10");
        Assert.Equal(2, output.ExitCode);
        Assert.Contains("--size 10 is out of range; expected 16 to", output.FailureLine);
    }

    [Fact]
    public async Task Workspace_of_a_newer_version_is_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var pile = Pile.Write(folder, 5);
        using (SmirkWorkspace.Open(folder.File("ws")))
        {
        }

        await using (var connection = new SqliteConnection($"Data Source={folder.File("ws/smirk.db")};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 999";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        foreach (var arguments in new string[][] { ["import", pile], ["pack"], ["why", "a.png"] })
        {
            var output = await SmirkProcess.Run([.. arguments, "-w", folder.File("ws")]);
            Assert.Equal(1, output.ExitCode);
            Assert.Contains("was made by a newer Smirk (catalog version 999", output.FailureLine);
        }
    }

    [Fact]
    public async Task Workspace_in_use_by_another_process()
    {
        using var folder = new TemporaryFolder();
        var pile = Pile.Write(folder, 5);
        using var held = SmirkWorkspace.Open(folder.File("ws"));
        var output = await SmirkProcess.Run("import", pile, "-w", folder.File("ws"));
        Assert.Equal(1, output.ExitCode);
        Assert.Contains($"is in use by another process ({Environment.ProcessId})", output.FailureLine);
    }

    [Fact]
    public async Task Workspace_that_is_a_folder_of_pictures_is_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var pile = Pile.Write(folder, 5);
        var before = Directory.GetFileSystemEntries(pile);
        var output = await SmirkProcess.Run("import", pile, "-w", pile);
        Assert.Equal(1, output.ExitCode);
        Assert.Contains("is no workspace and isn't empty", output.FailureLine);
        Assert.Equal(before, Directory.GetFileSystemEntries(pile));
    }

    [Fact]
    public async Task Disk_full_while_writing_loses_nothing_and_goes_on_once_there_is_space()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Mounting a small file system takes root.");
        using var folder = new TemporaryFolder();
        var pile = Pile.Write(folder, 120, 256);
        var ws = folder.File("small/ws");
        Directory.CreateDirectory(Path.GetDirectoryName(ws)!);
        Assert.SkipUnless(Shell($"mount -t tmpfs -o size=1M smirk-test {folder.File("small")}"), "Mounting isn't allowed here.");
        try
        {
            var output = await SmirkProcess.Run("import", pile, "-w", ws);
            Assert.Equal(1, output.ExitCode);
            Assert.StartsWith("smirk: The disk is full", output.FailureLine);
            Assert.True(Shell($"mount -o remount,size=64M {folder.File("small")}"));
            output = await SmirkProcess.Run("import", pile, "-w", ws);
            Assert.Equal(3, output.ExitCode);
            Assert.Contains("169 files in, 168 out", output.Out);

            // The pack takes 144 × 12 KB; an older one stays whole when the new one has no room.
            Assert.Equal(0, (await SmirkProcess.Run("pack", "-w", ws, "--size", "32")).ExitCode);
            Assert.True(
                Shell(
                    $"dd if=/dev/zero of={folder.File("small")}/filler bs=1M count=100 status=none 2>/dev/null; test -e "
                        + $"{folder.File("small")}/filler"));
            output = await SmirkProcess.Run("pack", "-w", ws, "--size", "64");
            Assert.Equal(1, output.ExitCode);
            Assert.StartsWith("smirk: The disk is full", output.FailureLine);
            File.Delete(Path.Combine(folder.File("small"), "filler"));
            Assert.Equal(0, (await SmirkProcess.Run("pack", "-w", ws, "--size", "64")).ExitCode);
        }
        finally
        {
            Shell($"umount {folder.File("small")}");
        }
    }

    [Fact]
    public async Task Commands_and_options_that_dont_exist_are_wrong_usage()
    {
        Assert.Equal(2, (await SmirkProcess.Run("inport", "x")).ExitCode);
        Assert.Equal(2, (await SmirkProcess.Run("import", "x")).ExitCode);
        var output = await SmirkProcess.Run("pack", "-w", "ws", "--fit", "stretch");
        Assert.Equal(2, output.ExitCode);
        Assert.Contains("stretch", output.FailureLine);
    }

    private static async Task Fails(int code, string line, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var output = await SmirkProcess.Run([.. arguments, "-w", folder.File("ws")]);
        Assert.Equal(code, output.ExitCode);
        Assert.Contains(line, output.FailureLine);
    }

    private static bool Shell(string command)
    {
        using var process =
            Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { UseShellExecute = false, RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
