using Smirk.Collect.Web;
using Smirk.Workspace.Errors;

namespace Smirk.Collect.Tests.Web;

public sealed class HostMapTests
{
    private static readonly HostMap Map = new(["i.redd.it=http://127.0.0.1:8080/i", "E.com=https://mirror.example/x/"]);

    [Theory]
    [InlineData("https://i.redd.it/a/b.jpg?c=d", "http://127.0.0.1:8080/i/a/b.jpg?c=d", true)]
    [InlineData("https://e.com/", "https://mirror.example/x/", true)]
    [InlineData("https://other.com/a", "https://other.com/a", false)]
    public void Requests_for_a_mapped_host_go_to_its_base(string address, string target, bool mapped) =>
        Assert.Equal((new Uri(target), mapped), Map.Apply(new Uri(address)));

    [Theory]
    [InlineData("/removed.png", "https://i.redd.it/removed.png")]
    [InlineData("http://127.0.0.1:8080/i/removed.png", "https://i.redd.it/removed.png")]
    [InlineData("http://127.0.0.1:8080/admin", "http://127.0.0.1:8080/admin")]
    [InlineData("https://other.com/a", "https://other.com/a")]
    public void Redirects_lead_to_the_addresses_that_people_know(string location, string target) =>
        Assert.Equal(new Uri(target), Map.Redirect(new Uri("https://i.redd.it/a.jpg"), new Uri(location, UriKind.RelativeOrAbsolute)));

    [Theory]
    [InlineData("i.redd.it")]
    [InlineData("=http://a/")]
    [InlineData("i.redd.it=ftp://a/")]
    [InlineData("i.redd.it=somewhere")]
    public void What_is_no_entry_is_refused(string entry) => Assert.Throws<UsageException>(() => new HostMap([entry]));
}
