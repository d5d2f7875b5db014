using Smirk.Files.Posix;
using Smirk.Files.Walk;
using Smirk.Workspace.Errors;

namespace Smirk.Files.Tests.Walk;

public sealed class FileWalkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _tree;

    public FileWalkTests()
    {
        _tree = Directory.CreateDirectory(Path.Combine(_folder.Path, "tree")).FullName;
        Shell.Run(_tree, """
            mkdir -p sub/deep .git/objects ../else; printf 1 >b; printf 2 >sub/a; printf 3 >sub/deep/c; printf 4 >.git/objects/o
            printf 5 >.hidden; printf 6 >../else/e
            ln -s sub/a link; ln -s gone broken; ln -s ../else elsewhere; ln -s .. sub/up; mkfifo pipe
            printf 7 >$'\xff'; printf 8 >sub/THUMBS.db
            """);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(LinkRule.Skip, ".git/objects/o .hidden b sub/THUMBS.db sub/a sub/deep/c")]
    [InlineData(LinkRule.FollowFiles, ".git/objects/o .hidden b link sub/THUMBS.db sub/a sub/deep/c")]
    [InlineData(LinkRule.Follow, ".git/objects/o .hidden b elsewhere/e link sub/THUMBS.db sub/a sub/deep/c")]
    public void Links_are_taken_for_what_the_rule_says(LinkRule rule, string expected)
    {
        var result = FileWalk.Run(Options() with { Links = rule });
        Assert.Equal(expected, Names(result));
        Assert.Equal(rule == LinkRule.Skip ? [] : ["broken: Link"],
            result.Refused.Select(r => $"{r.Path.ToText()[(_tree.Length + 1)..]}: {r.Cause}"));
        Assert.All(result.Files, f => Assert.Equal(f.Path.ToText().EndsWith("/link", StringComparison.Ordinal), f.ThroughLink));
    }

    [Fact]
    public void Names_that_are_no_UTF8_are_found_as_they_are() =>
        Assert.Single(FileWalk.Run(Options()).Files, f => f.Path.Name.SequenceEqual((ReadOnlySpan<byte>)[0xFF]) && !f.Below.IsUtf8);

    [Fact]
    public void Skipped_names_are_skipped_in_either_case_with_all_below_them() =>
        Assert.Equal(".hidden b sub/a sub/deep/c", Names(FileWalk.Run(
            Options() with { SkippedNames = [RawPath.FromText(".git"), RawPath.FromText("Thumbs.db")] })));

    [Fact]
    public void Hidden_files_subfolders_and_excluded_folders_are_left_out_when_told_to()
    {
        Assert.Equal("b sub/THUMBS.db sub/a sub/deep/c", Names(FileWalk.Run(Options() with { SkipHidden = true })));
        Assert.Equal(".hidden b", Names(FileWalk.Run(Options() with { Recurse = false })));
        Assert.Equal(".git/objects/o .hidden b", Names(FileWalk.Run(Options() with { Excluded = [RawPath.FromText(_tree + "/sub")] })));
    }

    [Fact]
    public void Pipes_are_refused_by_name_when_told_to()
    {
        Assert.Empty(FileWalk.Run(Options()).Refused);
        var refused = Assert.Single(FileWalk.Run(Options() with { OthersAreRefused = true }).Refused);
        Assert.Equal((_tree + "/pipe", RefusalCause.NotAFile), (refused.Path.ToText(), refused.Cause));
    }

    [Fact]
    public void A_folder_named_twice_is_found_below_the_first_of_its_names()
    {
        var result = FileWalk.Run(Options("sub/deep", "", "sub", "b"));
        Assert.Equal(6, result.Files.Count(f => f.Path.IsUtf8));
        Assert.Equal("c", result.Files.Single(f => f.Path.ToText().EndsWith("/c", StringComparison.Ordinal)).Below.ToText());
        Assert.Equal("sub/a", result.Files.Single(f => f.Path.ToText().EndsWith("/a", StringComparison.Ordinal)).Below.ToText());
        Assert.Equal("b", result.Files.Single(f => f.Path.ToText().EndsWith("/b", StringComparison.Ordinal)).Below.ToText());
    }

    [Fact]
    public void A_path_that_is_not_there_is_an_error_or_refused_by_name()
    {
        Assert.Contains("There is no", Assert.Throws<UsageException>(() => FileWalk.Run(Options("gone", "b"))).Message,
            StringComparison.Ordinal);
        var result = FileWalk.Run(Options("gone", "b") with { MissingIsRefused = true });
        Assert.Equal(("b", 1), (Names(result), result.Refused.Count));
    }

    [Fact]
    public void A_walk_stops_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => FileWalk.Run(Options(), null, stop.Token));
    }

    [Fact]
    public void Protected_folders_are_known_with_all_below_them_and_must_be_folders()
    {
        var found = FolderTree.Collect([RawPath.FromText(_tree + "/sub")]);
        Assert.True(found.Contains(FolderTree.IdentityOf(RawPath.FromText(_tree + "/sub/deep"))!.Value));
        Assert.False(found.Contains(FolderTree.IdentityOf(RawPath.FromText(_folder.Path + "/else"))!.Value));
        Assert.Contains("Not a directory", Assert.Throws<UsageException>(
            () => FolderTree.Collect([RawPath.FromText(_tree + "/b")])).Message, StringComparison.Ordinal);
        Assert.Contains("No such file", Assert.Throws<UsageException>(
            () => FolderTree.Collect([RawPath.FromText(_tree + "/gone")])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Content_of_a_file_that_vanished_or_changed_is_refused()
    {
        var file = FileWalk.Run(Options("b")).Files.Single();
        Assert.Equal("1"u8, FileContent.Read(file));
        File.WriteAllText(_tree + "/b", "changed");
        Assert.Contains("changed", Assert.Throws<IOException>(() => FileContent.Read(file)).Message, StringComparison.Ordinal);
        File.Delete(_tree + "/b");
        Assert.Equal("has vanished", Assert.Throws<IOException>(() => FileContent.ReadHead(file)).Message);
    }

    private WalkOptions Options(params string[] names) => new()
    {
        Paths = [.. (names.Length == 0 ? [""] : names).Select(n => RawPath.FromText(Path.Combine(_tree, n).TrimEnd('/')))],
    };

    private string Names(WalkResult result) =>
        string.Join(' ', result.Files.Where(f => f.Path.IsUtf8).Select(f => f.Path.ToText()[(_tree.Length + 1)..]));
}
