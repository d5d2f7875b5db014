using System.Text.Json;

namespace Smirk.Cli.Tests.Commands;

/// <summary>The real program, run by a shell: names and signals that .NET's own process class can't make.</summary>
public sealed class DupesCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Output_with_fdupes_flags_is_what_fdupes_prints()
    {
        Assert.SkipUnless(Shell.Has("fdupes"), "fdupes isn't installed (apt install fdupes)");
        Make(@"mkdir t t/d; seq 100 >t/a; cp t/a 't/d/b c'; cp t/a 't/d/e\f'; printf x >t/g; printf x >t/h; : >t/empty");
        Make(@"touch -d '2010-01-01 10:10' t/a t/g; touch -d '2011-01-01 10:10' 't/d/b c' t/h; touch -d '2012-01-01 10:10' 't/d/e\f'");
        foreach (var flags in new[] { "", "-S", "-t", "-1", "-f", "-S -t -1", "-f -1", "-m", "-i", "-o name", "-G 2", "-L 100", "-A -p -H",
            "-rSt1", "-f -S", "-f -S -1", "-f -S -t" })
        {
            var theirs = Make($"fdupes -q -r -n {flags} t");
            var ours = Make($"{Program} dupes -q -r -n --fdupes {flags} t");
            Assert.Equal(theirs.Split("\n\n").Order(StringComparer.Ordinal), ours.Split("\n\n").Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Json_is_one_document_of_the_documented_shape()
    {
        Make(@"mkdir t; printf same >t/a; printf same >$'t/\xff'; printf same >t/c; touch -d 2001-01-01 t/a");
        using var json = JsonDocument.Parse(Make($"{Program} dupes --json t"));
        var group = Assert.Single(json.RootElement.GetProperty("groups").EnumerateArray());
        Assert.Equal("exact", group.GetProperty("kind").GetString());
        Assert.Equal("t/a", group.GetProperty("keeper").GetString());
        Assert.Equal("first by modification time", Assert.Single(group.GetProperty("reasons").EnumerateArray()).GetString());
        var members = group.GetProperty("members").EnumerateArray().ToArray();
        Assert.Equal(2, members.Length);
        var odd = Assert.Single(members, m => m.TryGetProperty("path_base64", out _));
        Assert.Equal("t/\u00ff"u8.ToArray()[..2].Append((byte)0xFF), odd.GetProperty("path_base64").GetBytesFromBase64());
        Assert.All(members, m => Assert.Equal(("exact", 1.0, 4),
            (m.GetProperty("kind").GetString(), m.GetProperty("similarity").GetDouble(), m.GetProperty("size").GetInt32())));
        Assert.Equal(2, json.RootElement.GetProperty("counts").GetProperty("duplicates").GetInt32());
        Assert.Empty(json.RootElement.GetProperty("refused").EnumerateArray());
    }

    [Fact]
    public void Paths_and_lists_can_hold_any_bytes()
    {
        Make(
            @"mkdir $'\xff' $'\xfe' ./-d @e; printf same >$'\xff/a'; printf same >$'\xfe/b'; printf same >./-d/c; printf same >@e/$'d\nd'");
        Assert.Equal("3 duplicate files (in 1 sets), occupying 12 bytes.\n\n", Make($@"{Program} dupes -q -m $'\xff' $'\xfe' @e -- -d"));
        Assert.Equal("3 duplicate files (in 1 sets), occupying 12 bytes.\n\n",
            Make($"find . -type f -print0 | {Program} dupes -q -m --from-file - -0"));
        Assert.Equal("2 duplicate files (in 1 sets), occupying 8 bytes.\n\n",
            Make($"find . -type f ! -name $'d\\nd' >../list; {Program} dupes -q -m --from-file ../list; rm ../list"));
    }

    [Theory]
    [InlineData("dupes", "Name at least one folder")]
    [InlineData("dupes gone", "There is no gone")]
    [InlineData("dupes . --delete --hardlink --yes", "exclude each other")]
    [InlineData("dupes . --delete", "There is no terminal to ask on")]
    [InlineData("dupes . --dry-run", "need an action")]
    [InlineData("dupes . -0", "-0 needs --from-file LIST")]
    [InlineData("dupes . -o size", "expected time, ctime or name")]
    [InlineData("dupes . -G much", "isn't a size")]
    [InlineData("dupes . -j 0", "-j 0 is out of range; expected 1 to 1024")]
    [InlineData("dupes . -j many", "'many' isn't a whole number, which -j takes")]
    [InlineData("dupes . --protect gone", "Can't protect gone")]
    [InlineData("dupes . --empty --noempty", "exclude each other")]
    [InlineData("dupes . --frobnicate", "There is no option --frobnicate.")]
    [InlineData("undo gone", "There is no journal")]
    public void Wrong_usage_is_one_line_and_changes_nothing(string arguments, string message)
    {
        Make("printf same >a; printf same >b");
        var error = Make($"{Program} {arguments} </dev/null 2>&1 >/dev/null && exit 1; [ $? = 2 ]");
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Equal("a b", Make("echo *").Trim());
    }

    [Fact]
    public void Folders_with_nothing_to_compare_are_reported()
    {
        Make("mkdir t; echo words >t/a.txt");
        Assert.StartsWith("No duplicates among 1 file;", Make($"{Program} dupes t"), StringComparison.Ordinal);
        Assert.Equal("No pictures to compare.\n", Make($"{Program} dupes --near --no-index t"));
    }

    [Fact]
    public void Dry_run_prints_what_a_run_does()
    {
        Make("mkdir t; printf same >t/a; printf same >t/b; touch -d 2001-01-01 t/a");
        Assert.StartsWith("would delete t/b, a copy of t/a\n", Make($"{Program} dupes t --delete --dry-run").Split("read.\n")[1],
            StringComparison.Ordinal);
        Assert.Equal("a b", Make("cd t; echo *").Trim());
        Assert.Contains("1 file deleted; 4 bytes freed.", Make($"{Program} dupes t --delete --yes -l log --journal j"),
            StringComparison.Ordinal);
        Assert.Equal("a", Make("cd t; echo *").Trim());
        Assert.EndsWith("deleted t/b\n   left t/a\n\n", Make("cat log"), StringComparison.Ordinal);
        Assert.Contains("1 file restored", Make($"{Program} undo j"), StringComparison.Ordinal);
        Assert.Equal("a b", Make("cd t; echo *").Trim());
    }

    [Fact]
    public void Unreadable_files_are_named_and_give_exit_code_3()
    {
        Assert.SkipUnless(Make("id -u").Trim() != "0" || Shell.Has("setpriv"), "needs setpriv to give up root's powers");
        Make("mkdir t t/locked; printf same >t/a; printf same >t/b; printf same >t/c; chmod 000 t/c t/locked; chmod 755 . t");
        var user =
            Make("id -u").Trim() == "0" ? "setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all --bounding-set=-all" : "";
        Assert.SkipUnless(Make($"{user} test -x {Program} && echo yes || true").Trim() == "yes",
            "the program can't be reached without root's powers");
        var error = Make($"{user} {Program} dupes t 2>&1 >out && exit 1; [ $? = 3 ]");
        Make("chmod 700 t/locked");
        Assert.Contains("t/c: can't be opened: Permission denied", error, StringComparison.Ordinal);
        Assert.Contains("t/locked: can't be opened: Permission denied", error, StringComparison.Ordinal);
        Assert.Contains("t/b\n", Make("cat out"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--delete", 2)]
    [InlineData("--delete", 3)]
    [InlineData("--delete", 8)]
    [InlineData("--hardlink", 2)]
    [InlineData("--hardlink", 5)]
    [InlineData("--quarantine q", 4)]
    public void Undo_restores_everything_after_kill_9_in_the_middle(string action, int lines)
    {
        Make("mkdir t; for i in {1..400}; do printf %s same >t/$i; done; touch -d 2001-01-01 t/*");
        const string Listing = "find t -type f -printf '%p %s %m %T@\\n' | sort; cat t/* | sha256sum; ls -A t | wc -l";
        var before = Make(Listing);
        Make($$"""
            {{Program}} dupes t {{action}} --yes --journal j >/dev/null 2>&1 & pid=$!
            while kill -0 $pid 2>/dev/null && { [ ! -e j ] || [ $(wc -l <j) -lt {{lines}} ]; }; do :; done
            kill -9 $pid 2>/dev/null || true
            wait $pid 2>/dev/null || true
            """);
        Make($"{Program} undo j");
        Assert.Equal(before, Make(Listing));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"journal\":\"smi")]
    public void Journal_that_was_only_begun_has_nothing_to_undo(string journal)
    {
        _folder.Write("j", System.Text.Encoding.UTF8.GetBytes(journal));
        Assert.StartsWith("0 files restored", Make($"{Program} undo j"), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_kept_by_a_rule_are_not_failures()
    {
        Make("mkdir t t/p; printf same >t/a; printf same >t/p/b; printf same >t/p/c");
        Assert.DoesNotContain("warning", Make($"{Program} dupes t --protect t/p --delete --yes 2>&1"), StringComparison.Ordinal);
        Assert.Equal("t/p/b t/p/c", Make("echo $(find t -type f | sort)").Trim());
        Assert.Contains("\"reason\":\"is in a protected folder\"", Make($"{Program} dupes t --protect t/p --delete --yes --json"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Full_disk_is_reported_in_whole_sentences()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        Make("printf same >a; printf same >b");
        Assert.Contains("No space left on device. Free some space", Make($"{Program} dupes . 2>&1 >/dev/full && exit 1; [ $? = 1 ]"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Signal_in_the_middle_stops_dupes_cleanly()
    {
        // Background jobs of a shell don't hear Ctrl-C; SIGTERM takes the same way.
        Make("mkdir t; truncate -s 100G t/a t/b");
        var output = Make($$"""
            {{Program}} dupes t 2>err & pid=$!
            until ls -l /proc/$pid/fd 2>/dev/null | grep -q t/a; do sleep 0.05; done
            kill -TERM $pid; code=0; wait $pid || code=$?; echo $code; cat err
            """);
        Assert.StartsWith("130\n", output, StringComparison.Ordinal);
        Assert.Contains("stopped; what was finished is kept", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mount --bind t u", "--delete -H")]
    [InlineData("mount --bind t t/d", "--delete -H")]
    [InlineData("touch u/a; mount --bind t/a u/a", "--delete -H")]
    [InlineData("touch u/a; mount --bind t/a u/a", "--hardlink")]
    [InlineData("mkdir m w; mount -t overlay overlay -o lowerdir=u,upperdir=t,workdir=w m", "--delete")]
    [InlineData("mkdir m w; mount -t overlay overlay -o lowerdir=u,upperdir=t,workdir=w m", "--quarantine q")]
    public void Only_copy_survives_when_mounts_show_it_twice(string mount, string action)
    {
        Make("mkdir t t/d u q; printf only >t/a");
        Assert.SkipUnless(Make($"unshare -m bash -euc '{mount}' 2>/dev/null && echo yes || true; rm -rf u/a m w").Trim() == "yes",
            "mounts can't be made here");
        Make($"unshare -m bash -euc '{mount}; {Program} dupes . {action} --yes >/dev/null 2>&1 || true'");
        Assert.Equal("only", Make("cat t/a"));
    }

    [Fact]
    public void Quarantine_inside_the_searched_folder_is_wrong_usage()
    {
        Make("printf same >a; printf same >b");
        Assert.Contains("is the quarantine", Make($"{Program} dupes . --quarantine . --yes 2>&1 && exit 1; [ $? = 2 ]"),
            StringComparison.Ordinal);
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "smirk");

    private string Make(string script) =>
        Shell.Run(_folder.Path, $"export XDG_STATE_HOME=$PWD/.state XDG_CACHE_HOME=$PWD/.cache; {script}");
}
