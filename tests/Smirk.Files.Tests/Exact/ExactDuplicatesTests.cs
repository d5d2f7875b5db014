using System.Text;
using Smirk.Files.Exact;
using Smirk.Files.Exact.Keep;
using Smirk.Files.Posix;
using Smirk.Workspace.Errors;

namespace Smirk.Files.Tests.Exact;

public sealed class ExactDuplicatesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Equal_files_form_groups_and_others_do_not()
    {
        Make("mkdir b; printf same >a; printf same >b/c; printf diff >d; printf longer >e; printf more >f; printf more >g");
        var result = Search.In(_folder.Path);
        Assert.Equal("a b/c|f g", result.Names(_folder.Path));
        Assert.Equal(6, result.Counts.Files);
        Assert.Equal(8, result.Counts.Bytes);
        Assert.Empty(result.Refused);
    }

    [Fact]
    public void Files_of_one_modification_time_come_as_their_status_changed_last()
    {
        Make("for name in c a b; do printf same >$name; touch -d 2001-01-01 $name; sleep 0.05; done");
        var group = Assert.Single(Search.In(_folder.Path, o => o with { Order = FileOrder.Modified }).Groups);
        Assert.Equal(["c", "a", "b"], group.Files.Select(f => Path.GetFileName(f.Path.ToText())));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4095)]
    [InlineData(4097)]
    [InlineData(70_000)]
    [InlineData(300_000)]
    [InlineData(3_000_000)]
    [InlineData(20_000_000)]
    public void A_difference_in_any_place_keeps_files_apart(int size)
    {
        var bytes = Noise(size);
        _folder.Write("a", bytes);
        _folder.Write("b", bytes);
        foreach (var at in new[] { 0, size / 2, size - 1 }.Distinct())
        {
            var other = (byte[])bytes.Clone();
            other[at] ^= 1;
            _folder.Write($"other{at}", other);
            _folder.Write($"other{at}too", other);
        }

        var expected =
            new[] { 0, size / 2, size - 1 }.Distinct().Select(at => $"other{at} other{at}too").Prepend("a b").Order(StringComparer.Ordinal);
        Assert.Equal(string.Join('|', expected), Search.In(_folder.Path).Names(_folder.Path));
    }

    [Fact]
    public void Only_what_can_matter_is_read()
    {
        var bytes = Noise(8_000_000);
        _folder.Write("a", bytes);
        bytes[^1] ^= 1;
        _folder.Write("b", bytes);
        bytes[0] ^= 1;
        _folder.Write("c", bytes);
        _folder.Write("unlike", Noise(7_999_999));
        Assert.Equal(5 * 4096, Search.In(_folder.Path).Counts.BytesRead);
    }

    [Fact]
    public void A_folder_given_twice_nested_and_through_a_link_is_seen_once()
    {
        Make("mkdir -p d/e; printf same >d/e/a; ln -s d link; ln -s . d/loop; ln -s ../.. d/e/up");
        RawPath[] paths = [.. new[] { ".", "d", "d/", "d/e", "link", "d/../d" }.Select(p => RawPath.FromText($"{_folder.Path}/{p}"))];
        foreach (var follow in new[] { false, true })
        {
            var result = Search.In(_folder.Path, o => o with { Paths = paths, FollowLinks = follow, HardLinksAreDuplicates = true });
            Assert.Empty(result.Groups);
            Assert.Equal(1, result.Counts.Files);
        }
    }

    [Fact]
    public void A_file_given_twice_and_with_its_folder_is_one_file()
    {
        Make("printf same >a; printf same >b");
        RawPath[] paths = [.. new[] { "a", "a", ".", "./a", "b" }.Select(p => RawPath.FromText($"{_folder.Path}/{p}"))];
        var group = Assert.Single(Search.In(_folder.Path, o => o with { Paths = paths, HardLinksAreDuplicates = true }).Groups);
        Assert.Single(group.Members);
    }

    [Fact]
    public void Names_that_are_no_text_keep_their_bytes()
    {
        Make("""printf same >$'new\nline'; printf same >$'\xff\xfe'; printf same >-rf; printf same >"quote'\"" """);
        Make("printf same >@file; printf same >' '");
        var group = Assert.Single(Search.In(_folder.Path).Groups);
        var names = group.Files.Select(f => Encoding.Latin1.GetString(f.Path.Name)).Order(StringComparer.Ordinal);
        Assert.Equal([" ", "-rf", "@file", "new\nline", "quote'\"", "\u00ff\u00fe"], names);
        Assert.Contains(group.Files, f => f.Path.ToString().EndsWith(@"/\377\376'", StringComparison.Ordinal));
    }

    [Fact]
    public void Fifos_sockets_devices_and_dangling_links_are_passed_over()
    {
        Make(
            "printf same >a; printf same >b; mkfifo f; ln -s nowhere dangling; ln -s loop loop; python3 -c 'import socket; "
                + "socket.socket(socket.AF_UNIX).bind(\"s\")'; [ $(id -u) != 0 ] || mknod null c 1 3");
        var plain = Search.In(_folder.Path);
        Assert.Equal("a b", plain.Names(_folder.Path));
        Assert.Empty(plain.Refused);
        Assert.Equal(2, Search.In(_folder.Path, o => o with { FollowLinks = true }).Refused.Count);
    }

    [Fact]
    public void Empty_files_are_a_group_only_when_asked_for()
    {
        Make(": >a; : >b");
        Assert.Empty(Search.In(_folder.Path).Groups);
        Assert.Equal("a b", Search.In(_folder.Path, o => o with { IncludeEmpty = true }).Names(_folder.Path));
    }

    [Fact]
    public void Hard_links_are_one_file_unless_asked_for()
    {
        Make("printf same >a; ln a b; printf same >c; printf other >d; ln d e");
        Assert.Equal("a c", Search.In(_folder.Path).Names(_folder.Path));
        var linked = Search.In(_folder.Path, o => o with { HardLinksAreDuplicates = true });
        Assert.Equal("a b c|d e", linked.Names(_folder.Path));
        Assert.Equal(4, linked.Counts.Bytes);
    }

    [Fact]
    public void A_sparse_file_equals_one_that_is_written_out_and_frees_only_what_it_takes()
    {
        Make("truncate -s 3M a; dd if=/dev/zero of=b bs=1M count=3 status=none; sync b");
        var group = Assert.Single(Search.In(_folder.Path, o => o with { Keep = KeepRule.Parse("b") }).Groups);
        Assert.Equal("b", group.Keeper.Path.ToText()[(_folder.Path.Length + 1)..]);
        Assert.Equal(0, group.Members[0].File.Frees);
    }

    [Fact]
    public void Options_choose_the_files()
    {
        Make(
            "mkdir sub .dot; printf same >a; printf same >.b; printf same >sub/c; printf same >.dot/d; printf same >e; chmod 600 a; chmod "
                + "644 .b sub/c .dot/d e");
        Assert.Equal(".b a e", Search.In(_folder.Path, o => o with { Recurse = false }).Names(_folder.Path));
        Assert.Equal("a e sub/c", Search.In(_folder.Path, o => o with { SkipHidden = true }).Names(_folder.Path));
        Assert.Equal(".b .dot/d e sub/c", Search.In(_folder.Path, o => o with { SamePermissions = true }).Names(_folder.Path));
        Assert.Empty(Search.In(_folder.Path, o => o with { MinSize = 5 }).Groups);
        Assert.Empty(Search.In(_folder.Path, o => o with { MaxSize = 3 }).Groups);
        Assert.Equal(".b .dot/d a e", Search.In(_folder.Path, o => o with { Excluded = [RawPath.FromText($"{_folder.Path}/sub")] })
            .Names(_folder.Path));
    }

    [Fact]
    public void A_path_that_is_not_there_is_an_error_before_any_work_and_from_a_list_a_refusal()
    {
        Make("printf same >a; printf same >b");
        RawPath[] paths = [RawPath.FromText(_folder.Path), RawPath.FromText($"{_folder.Path}/gone")];
        Assert.Throws<UsageException>(() => Search.In(_folder.Path, o => o with { Paths = paths }));
        var result = Search.In(_folder.Path, o => o with { Paths = paths, MissingIsRefused = true });
        Assert.EndsWith("/gone", Assert.Single(result.Refused).Path.ToText(), StringComparison.Ordinal);
        Assert.Single(result.Groups);
    }

    [Fact]
    public void Deep_folders_beyond_the_longest_path_are_reached()
    {
        Make("name=$(printf 'x%.0s' {1..200}); (for i in {1..30}; do mkdir $name; cd $name; done; printf same >a; printf same >b)");
        Assert.Single(Search.In(_folder.Path).Groups);
        Make("find . -depth -delete");
    }

    private void Make(string script) => Shell.Run(_folder.Path, script);

    private static byte[] Noise(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }
}
