using Smirk.Files.Exact;
using Smirk.Files.Exact.Keep;
using Smirk.Files.Posix;
using Smirk.Files.Walk;
using Smirk.Workspace.Errors;

namespace Smirk.Files.Tests.Exact;

public sealed class KeeperChoiceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public KeeperChoiceTests() =>
        Shell.Run(
            _folder.Path,
            "mkdir -p m/safe; printf x >a.longname; printf x >b; printf x >m/safe/c; printf x >m/d; touch -d 2001-01-01 m/d; touch -d "
                + "2002-01-01 b; touch -d 2003-01-01 a.longname; touch -d 2004-01-01 m/safe/c");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("first", FileOrder.Modified, false, "m/d", "first by modification time")]
    [InlineData("first", FileOrder.Modified, true, "m/safe/c", "last by modification time")]
    [InlineData("first", FileOrder.Name, false, "a.longname", "first by name")]
    [InlineData("oldest", FileOrder.Name, false, "m/d", "oldest (2001-01-01")]
    [InlineData("newest", FileOrder.Name, false, "m/safe/c", "newest (2004-01-01")]
    [InlineData("shortest-path", FileOrder.Name, false, "b", "shortest path")]
    [InlineData("m/*", FileOrder.Name, false, "m/d", "matches m/*")]
    public void Each_rule_keeps_its_file_and_says_why(string rule, FileOrder order, bool reverse, string keeper, string reason)
    {
        var group = One(o => o with { Keep = KeepRule.Parse(rule), Order = order, Reverse = reverse });
        Assert.Equal(keeper, NameOf(group.Keeper));
        Assert.StartsWith(reason, group.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_match_a_pattern_stay_and_all_do_where_none_does()
    {
        var some = One(o => o with { Keep = KeepRule.Parse("m/*") });
        Assert.Equal(["a.longname", "b"], some.Members.Where(m => m.StaysBecause is null).Select(m => NameOf(m.File)));
        Assert.All(One(o => o with { Keep = KeepRule.Parse("nothing") }).Members, m => Assert.NotNull(m.StaysBecause));
    }

    [Theory]
    [InlineData("m/safe")]
    [InlineData("m/safe/")]
    [InlineData("m/../m/safe")]
    public void What_is_protected_is_kept_and_never_a_member_that_goes(string guarded)
    {
        var group = One(o => o with { Keep = KeepRule.Parse("oldest"), Protected = [RawPath.FromText($"{_folder.Path}/{guarded}")] });
        Assert.Equal("m/safe/c", NameOf(group.Keeper));
        Assert.Equal("in a protected folder", group.Reasons[0]);
        var all = One(o => o with { Protected = [RawPath.FromText(_folder.Path)] });
        Assert.All(all.Members, m => Assert.NotNull(m.StaysBecause));
    }

    [Fact]
    public void A_link_into_a_protected_folder_leads_to_what_is_protected()
    {
        Shell.Run(_folder.Path, "ln -s m/safe link");
        RawPath[] paths = [RawPath.FromText($"{_folder.Path}/link"), RawPath.FromText($"{_folder.Path}/b")];
        var group = One(o => o with { Paths = paths, Protected = [RawPath.FromText($"{_folder.Path}/m")] });
        Assert.Equal("link/c", NameOf(group.Keeper));
    }

    [Fact]
    public void A_folder_that_cannot_be_protected_is_an_error() =>
        Assert.Throws<UsageException>(() => One(o => o with { Protected = [RawPath.FromText($"{_folder.Path}/typo")] }));

    private DuplicateGroup One(Func<ExactOptions, ExactOptions> change) => Assert.Single(Search.In(_folder.Path, change).Groups);

    private string NameOf(FoundFile file) => file.Path.ToText()[(_folder.Path.Length + 1)..];
}
