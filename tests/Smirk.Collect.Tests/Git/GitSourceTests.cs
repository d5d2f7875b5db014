using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Smirk.Collect.Tests.Played;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Collect.Tests.Git;

public sealed class GitSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_pictures_at_head_come_and_nothing_of_the_repository_acts()
    {
        var repository = Repository();
        var result = Run(repository, out var paths);
        Assert.Equal((2, 0), (result.Fetched, result.Failed));
        Assert.Equal(["faces/a.png", "named.txt"], paths);
        Assert.Equal(1, result.Skipped["kept in Git LFS, outside the repository"]);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "acted")));
        Assert.Equal((0, 2), (Run(repository, out _).Fetched, Run(repository, out _).Already));
    }

    [Fact]
    public void All_pictures_that_were_ever_there_come_with_history()
    {
        Run(Repository(), out var paths, o => o with { History = true });
        Assert.Equal(["faces/a.png", "named.txt", "old.png"], paths);
    }

    [Fact]
    public void A_branch_tag_or_commit_can_be_chosen()
    {
        var repository = Repository();
        var commit = Git(repository, "rev-list", "--max-parents=0", "HEAD").Trim();
        foreach (var rev in new[] { "first", commit, commit[..10] })
        {
            Run(repository, out var paths, o => o with { Rev = rev }, rev);
            Assert.Equal(["faces/a.png", "old.png"], paths);
        }

        Assert.Contains("no branch, tag or commit 'nothing'",
            Assert.Throws<UnusableInputException>(() => Run(repository, out _, o => o with { Rev = "nothing" }, "n")).Message);
        Assert.Throws<UsageException>(() => Run(repository, out _, o => o with { Rev = "--upload-pack=touch x" }, "n"));
    }

    [Fact]
    public void A_bundle_is_read_like_the_repository_it_was_made_of()
    {
        var bundle = _folder.File("pile.bundle");
        Git(Repository(), "bundle", "create", "-q", bundle, "--all");
        Run(bundle, out var paths);
        Assert.Equal(["faces/a.png", "named.txt"], paths);
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("--all")]
    public void A_bundles_head_is_what_it_says_whatever_its_branches_are_called(string what)
    {
        var repository = Repository();
        Git(repository, "branch", "later", "main");
        Git(repository, "symbolic-ref", "HEAD", "refs/heads/later");
        Git(repository, "branch", "-f", "main", "first");
        var bundle = _folder.File("pile.bundle");
        Git(repository, "bundle", "create", "-q", bundle, what);
        Run(bundle, out var paths);
        Assert.Equal(["faces/a.png", "named.txt"], paths);
    }

    [Fact]
    public void History_comes_also_where_the_last_commit_was_there_before()
    {
        var repository = Repository();
        Git(repository, "tag", "-d", "first");
        Run(repository, out _);
        Assert.Equal(1, Run(repository, out var paths, o => o with { History = true }).Fetched);
        Assert.Equal(["faces/a.png", "named.txt", "old.png"], paths);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_repository_comes_over_http_from_git_and_from_a_plain_file_server(bool knowsGit)
    {
        var repository = Repository();
        Git(repository, "update-server-info");
        await using var web = await PlayedWeb.StartAsync();
        web.Otherwise = context => knowsGit ? PlayedGit.AnswerAsync(context, "/git.example/", _folder.Path)
            : PlayedGit.FileAsync(context, "/git.example/", _folder.Path);
        Run("https://git.example/pile.git", out var paths, o => o with { Web = web.Options("git.example") });
        Assert.Equal(["faces/a.png", "named.txt"], paths);
        Run("https://git.example/pile.git", out paths, o => o with { History = true, Web = web.Options("git.example") });
        Assert.Equal(["faces/a.png", "named.txt", "old.png"], paths);
        Assert.Contains(web.Requests, r => r.Path.EndsWith(knowsGit ? "/git-upload-pack" : "/HEAD", StringComparison.Ordinal));
    }

    [Fact]
    public void An_address_of_this_network_is_not_asked() =>
        Assert.Contains("169.254.169.254 is a link-local address",
            Assert.Throws<UnusableInputException>(() => Run("https://169.254.169.254/a.git", out _)).Message);

    [Fact]
    public async Task A_fetch_that_is_cancelled_takes_gits_helpers_along_at_once()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/git"), "Needs git: sudo apt-get install git");
        await using var web = await PlayedWeb.StartAsync();
        var asked = new TaskCompletionSource();
        web.Otherwise = async context =>
        {
            asked.TrySetResult();
            await Task.Delay(TimeSpan.FromSeconds(60), context.RequestAborted)
                .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        };
        using var stop = new CancellationTokenSource();
        var told = new ConcurrentQueue<StageProgress>();
        using var workspace = SmirkWorkspace.Open(Path.Combine(_folder.Path, "ws"));
        var options = new CollectOptions { Sources = ["https://git.example/pile.git"], Web = web.Options("git.example") };
        var running =
            Task.Run(() => new CollectStage(workspace).Run(options, new Told(told), stop.Token), TestContext.Current.CancellationToken);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await Task.Delay(2500, TestContext.Current.CancellationToken);
        Assert.NotEmpty(Speaking(web.Base));

        var watch = Stopwatch.StartNew();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 2);
        Assert.Contains(told.OfType<StageAdvanced>(), a => a is { Unit: "s", Done: >= 1, Detail: "fetching https://git.example/pile.git" });
        for (var i = 0; i < 20 && Speaking(web.Base).Count > 0; i++)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Empty(Speaking(web.Base));
    }

    // Running programs that were told this address.
    private static List<string> Speaking(string address)
    {
        var found = new List<string>();
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(p => int.TryParse(Path.GetFileName(p), out _)))
        {
            try
            {
                var command = File.ReadAllText(Path.Combine(process, "cmdline"));
                if (command.Contains(address, StringComparison.Ordinal))
                    found.Add(command);
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }
        }

        return found;
    }

    private sealed class Told(ConcurrentQueue<StageProgress> told) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => told.Enqueue(value);
    }

    private CollectResult Run(
        string source, out List<string> paths, Func<CollectOptions, CollectOptions>? with = null, string workspace = "ws")
    {
        using var opened = SmirkWorkspace.Open(Path.Combine(_folder.Path, workspace));
        var options = new CollectOptions { Sources = [source] };
        var result = new CollectStage(opened).Run(with?.Invoke(options) ?? options);
        paths = [.. opened.Catalog.Files.All().Select(f => f.Path).Order(StringComparer.Ordinal)];
        return result;
    }

    // A bare repository with all that could act: hooks, a filter, links, a submodule, an LFS pointer, and configuration that names
    // programs.
    private string Repository()
    {
        var work = Path.Combine(_folder.Path, "work");
        var bare = Path.Combine(_folder.Path, "pile.git");
        if (Directory.Exists(bare))
            return bare;
        Directory.CreateDirectory(work);
        Git(work, "init", "-q", "-b", "main");
        _folder.Write("work/faces/a.png", PlayedPictures.Of("a"));
        _folder.Write("work/old.png", PlayedPictures.Of("old"));
        Commit(work, "one");
        Git(work, "tag", "first");
        File.Delete(Path.Combine(work, "old.png"));
        _folder.Write("work/named.txt", PlayedPictures.Of("named"));
        _folder.Write("work/readme.png", "not a picture"u8);
        _folder.Write("work/big.png", Encoding.UTF8.GetBytes(
            $"version https://git-lfs.github.com/spec/v1\noid sha256:{new string('0', 64)}\nsize 12345\n"));
        _folder.Write("work/.gitattributes", "*.png filter=evil\n"u8);
        _folder.Write("work/.gitmodules", "[submodule \"s\"]\n\tpath = s\n\turl = /etc\n"u8);
        File.CreateSymbolicLink(Path.Combine(work, "link.png"), "/etc/passwd");
        Git(work, "update-index", "--add", "--cacheinfo", $"160000,{new string('1', 40)},s");
        Commit(work, "two");
        Git(_folder.Path, "clone", "-q", "--bare", work, bare);
        var acted = Path.Combine(_folder.Path, "acted");
        File.AppendAllText(
            Path.Combine(bare, "config"),
            $"[core]\n\tfsmonitor = touch {acted}\n\thooksPath = {bare}/hooks\n[filter \"evil\"]\n\tsmudge = touch "
                + $"{acted}\n[uploadpack]\n\tpackObjectsHook = touch {acted}; false\n");
        foreach (var hook in new[] { "post-checkout", "pre-receive", "reference-transaction", "post-upload-pack" })
        {
            var path = _folder.Write($"pile.git/hooks/{hook}", Encoding.UTF8.GetBytes($"#!/bin/sh\ntouch {acted}\n"));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        }

        return bare;
    }

    private static void Commit(string work, string message)
    {
        Git(work, "add", "-A", "--", ".");
        Git(work, "-c", "user.name=t", "-c", "user.email=t@t", "commit", "-q", "-m", message);
    }

    private static string Git(string folder, params string[] arguments)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/git"), "Needs git: sudo apt-get install git");
        using var process = Process.Start(new ProcessStartInfo(
            "git", ["-c", "safe.directory=*", .. arguments])
        {
            WorkingDirectory =
            folder,
            UseShellExecute = false,
            RedirectStandardOutput = true
        })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
