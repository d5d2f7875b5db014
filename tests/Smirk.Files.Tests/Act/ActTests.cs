using System.Text;
using Smirk.Files.Act;
using Smirk.Files.Exact;
using Smirk.Files.Posix;
using Smirk.Files.Tests.Exact;
using Smirk.Files.Walk;
using Smirk.Workspace.Files;

namespace Smirk.Files.Tests.Act;

public sealed class ActTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _state = new();
    private readonly string _tree;
    private int _journals;

    public ActTests()
    {
        _tree = Directory.CreateDirectory(Path.Combine(_folder.Path, "tree")).FullName;
        Shell.Run(_tree, """
            mkdir -p sub/deep; seq 5000 >a; cp a sub/b; cp a $'sub/deep/\xff\nodd'; cp a ./-rf;
            printf tiny >t1; printf tiny >sub/t2; printf other >o
            chmod 640 sub/b; touch -d '2011-02-03 04:05:06.789' sub/b; touch -d 2001-01-01 a t1
            setfattr -n user.note -v hello sub/b 2>/dev/null || true
            """);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _state.Dispose();
    }

    [Theory]
    [InlineData(ActKind.Quarantine, "3 3")]
    [InlineData(ActKind.Hardlink, "7 3")]
    [InlineData(ActKind.Delete, "3 3")]
    public void What_is_done_can_be_taken_back_to_the_last_detail(ActKind kind, string filesAndInodes)
    {
        var before = Listing();
        var result = Do(kind);
        Assert.Empty(result.LeftAlone);
        Assert.Equal(4, result.Done.Count);
        Assert.Equal(
            filesAndInodes, Shell.Run(_tree, "echo $(find . -type f -printf x | wc -c) $(find . -type f -printf '%i\\n' | sort -u | wc -l)")
            .Trim());

        var undone = Undo.Run(result.Journal!, dryRun: false, null, CancellationToken.None);
        Assert.Empty(undone.LeftAlone);
        Assert.Equal(4, undone.Restored.Count);
        Assert.Equal(before, Listing());
        Assert.Equal(4, Undo.Run(result.Journal!, dryRun: false, null, CancellationToken.None).Untouched);
        Assert.Equal(before, Listing());
    }

    [Fact]
    public void A_quarantine_has_files_under_their_whole_paths_and_is_not_searched()
    {
        var result = Do(ActKind.Quarantine);
        Assert.All(result.Done, a => Assert.Contains($"/q{_tree}/", a.Destination!.ToText(), StringComparison.Ordinal));
        Assert.Empty(Search.In(_folder.Path, o => o with { Excluded = [RawPath.FromText($"{_folder.Path}/q")] }).Groups);
        Assert.Empty(Search.In(_folder.Path).Groups);

        // Without its mark it is a folder like any other.
        File.Delete(_folder.File($"q/{OutputFolder.Mark}"));
        Assert.Equal(2, Search.In(_folder.Path).Groups.Count);
    }

    [Theory]
    [InlineData("printf x | dd of=sub/b conv=notrunc bs=1 status=none", "has changed")]
    [InlineData("cp sub/b n; mv n sub/b", "replaced by another file")]
    [InlineData("rm sub/b", "has vanished")]
    [InlineData("rm sub/b; ln -s ../a sub/b", "symbolic link")]
    [InlineData("rm sub/b; mkfifo sub/b", "no longer a regular file")]
    [InlineData("rm sub/b; mkdir sub/b", "no longer a regular file")]
    [InlineData("mv sub was; mkdir -p sub/deep; cp -a was/b sub/", "its folder has been replaced")]
    [InlineData("cp sub/b sub/c; mv sub/c sub/b; mv sub was; ln -s was sub", "replaced by another file")]
    [InlineData("printf more >>a", "the file to keep")]
    [InlineData("mv a z; ln -s z a", "the file to keep")]
    public void A_file_that_is_not_what_was_found_is_left_alone_by_name(string change, string reason)
    {
        var plan = Plan(ActKind.Delete);
        Shell.Run(_tree, change);
        var before = Shell.Run(_tree, "ls -dl sub/b 2>/dev/null || true");
        var result = new ActExecutor(NextJournal()).Run(plan, CancellationToken.None);
        var left = Assert.Single(result.LeftAlone, l => l.Path.ToText().EndsWith("/sub/b", StringComparison.Ordinal));
        Assert.Contains(reason, left.Reason, StringComparison.Ordinal);
        Assert.Equal(before, Shell.Run(_tree, "ls -dl sub/b 2>/dev/null || true"));
    }

    [Fact]
    public void Files_that_differ_although_the_plan_says_otherwise_stay()
    {
        Shell.Run(_tree, "printf OTHER >p");
        var plan = new ActPlan([new PlannedAction(ActKind.Delete, Found("p"), Found("o"), SameBytes: true)], []);
        Assert.Contains("differs from", Assert.Single(new ActExecutor(NextJournal()).Run(plan, CancellationToken.None).LeftAlone).Reason,
            StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_tree, "o")));
    }

    [Theory]
    [InlineData(ActKind.Delete)]
    [InlineData(ActKind.Hardlink)]
    [InlineData(ActKind.Quarantine)]
    public void The_last_copy_stays_even_when_a_plan_takes_it_for_its_own_copy(ActKind kind)
    {
        // What a bind mount or an aliasing file system could make of one file.
        var found = Found("o");
        using var folder = Descriptor.OpenFolder(RawPath.FromText($"{_tree}/sub/.."));
        var elsewhere = found with { Path = RawPath.FromText($"{_tree}/sub/../o"), Folder = folder.Folder };
        var plan = new ActPlan([new PlannedAction(kind, elsewhere, found, SameBytes: true, RawPath.FromText($"{_folder.Path}/q/o"))], []);
        var result = new ActExecutor(NextJournal()).Run(plan, CancellationToken.None);
        Assert.Empty(result.Done);
        Assert.Equal("other", File.ReadAllText(Path.Combine(_tree, "o")));
    }

    [Fact]
    public void Hard_links_of_one_file_go_one_by_one_and_the_last_stays()
    {
        Shell.Run(_tree, "rm -r sub a ./-rf; ln t1 t2; ln t1 t3; cp t1 t4; ln t4 t5");
        var result = Do(ActKind.Delete, o => o with { HardLinksAreDuplicates = true });
        Assert.Empty(result.LeftAlone);
        Assert.Equal("o\nt1\n", Shell.Run(_tree, "ls"));
        Assert.Empty(Undo.Run(result.Journal!, dryRun: false, null, CancellationToken.None).LeftAlone);
        Assert.Equal("o\nt1\nt2\nt3\nt4\nt5\n", Shell.Run(_tree, "ls; cmp t1 t2; cmp t1 t3; cmp t1 t4; cmp t1 t5"));
        Assert.Equal("3\n", Shell.Run(_tree, "stat -c %h t1"));
    }

    [Fact]
    public void Undo_does_not_replace_what_has_the_name_by_now()
    {
        var result = Do(ActKind.Delete);
        File.WriteAllText(Path.Combine(_tree, "sub", "b"), "new");
        var undone = Undo.Run(result.Journal!, dryRun: false, null, CancellationToken.None);
        Assert.EndsWith("/sub/b", Assert.Single(undone.LeftAlone).Path.ToText(), StringComparison.Ordinal);
        Assert.Equal("new", File.ReadAllText(Path.Combine(_tree, "sub", "b")));
        Assert.Equal(3, undone.Restored.Count);
    }

    [Fact]
    public void Undo_does_not_make_a_file_of_a_keeper_that_has_changed()
    {
        var result = Do(ActKind.Delete);
        File.AppendAllText(Path.Combine(_tree, "a"), "more");
        var undone = Undo.Run(result.Journal!, dryRun: false, null, CancellationToken.None);
        Assert.Equal(3, undone.LeftAlone.Count);
        Assert.All(undone.LeftAlone, l => Assert.Contains("which has changed since", l.Reason, StringComparison.Ordinal));
        Assert.DoesNotContain(".smirk-", Shell.Run(_tree, "ls -A . sub"), StringComparison.Ordinal);
    }

    [Fact]
    public void Near_duplicates_can_only_be_moved()
    {
        var group = new DuplicateGroup("re-encode", Found("a"), ["larger"], [new DuplicateMember(Found("o"), "re-encode", 0.9)]);
        Assert.Empty(ActPlanner.Plan([group], ActKind.Delete).Actions);
        var plan = ActPlanner.Plan([group], ActKind.Quarantine, RawPath.FromText($"{_folder.Path}/q"));
        var result = new ActExecutor(NextJournal()).Run(plan, CancellationToken.None);
        Assert.Empty(result.LeftAlone);
        Assert.False(File.Exists(Path.Combine(_tree, "o")));
    }

    private ActPlan Plan(ActKind kind, Func<ExactOptions, ExactOptions>? change = null) =>
        ActPlanner.Plan(Search.In(_tree, o => (change?.Invoke(o) ?? o) with { Order = FileOrder.Modified }).Groups, kind,
            RawPath.FromText($"{_folder.Path}/q"));

    private ActResult Do(ActKind kind, Func<ExactOptions, ExactOptions>? change = null) =>
        new ActExecutor(NextJournal()).Run(Plan(kind, change), CancellationToken.None);

    private string NextJournal() => Path.Combine(_state.Path, $"journal{_journals++}");

    private FoundFile Found(string name)
    {
        using var folder = Descriptor.OpenFolder(RawPath.FromText(_tree));
        return new FoundFile(
            RawPath.FromText($"{_tree}/{name}"), Descriptor.IdentityOf(folder, Encoding.UTF8.GetBytes(name))!.Value, folder.Folder);
    }

    // Content, permissions, modification time and attributes of every file, by name.
    private string Listing() =>
        Shell.Run(
            _tree,
            "find . -type f -print0 | LC_ALL=C sort -z | while IFS= read -r -d '' f; do echo \"$(printf %q \"$f\") $(stat -c '%a %u %g "
                + "%y' \"$f\") $(sha256sum <\"$f\") $(getfattr -d \"$f\" 2>/dev/null | tr '\\n' ' ')\"; done");
}
