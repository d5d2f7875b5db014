using Smirk.Collect.Web;

namespace Smirk.Collect.Tests.Web;

public sealed class RobotsRulesTests
{
    [Theory]
    [InlineData("User-agent: *\nDisallow: /private/", "/private/a", false)]
    [InlineData("User-agent: *\nDisallow: /private/", "/privately", true)]
    [InlineData("User-agent: *\nDisallow:", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /\nAllow: /open", "/open/a", true)]
    [InlineData("User-agent: *\nDisallow: /\nAllow: /open", "/closed", false)]
    [InlineData("User-agent: *\nAllow: /a\nDisallow: /a", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /*.gif$", "/x/y.gif", false)]
    [InlineData("User-agent: *\nDisallow: /*.gif$", "/x/y.gif?z", true)]
    [InlineData("User-agent: *\nDisallow: /a*b*c", "/a-b-c-d", false)]
    [InlineData("User-agent: *\nDisallow: /a*b*c", "/a-c-b", true)]
    [InlineData("User-agent: *\nDisallow: /x?id=*", "/x?id=3", false)]
    [InlineData("User-agent: Smirk/2\nDisallow: /\n\nUser-agent: *\nDisallow:", "/a", false)]
    [InlineData("User-agent: smirk\nDisallow:\n\nUser-agent: *\nDisallow: /", "/a", true)]
    [InlineData("User-agent: other\nDisallow: /", "/a", true)]
    [InlineData("User-agent: other\nUser-agent: *\nDisallow: /b", "/b", false)]
    [InlineData("User-agent: smirk\r\nDisallow: /a # not this\r\nuser-agent: SMIRK\r\ndisallow: /b\r\n", "/b", false)]
    [InlineData("\uFEFFUser-agent: *\nDisallow: /%61b", "/ab", false)]
    [InlineData("no robots at all <html>", "/", true)]
    [InlineData("Disallow: /", "/", true)]
    public void The_longest_pattern_of_our_own_group_decides(string text, string path, bool allowed) =>
        Assert.Equal(allowed, RobotsRules.Read(text, "smirk").Allows(new Uri($"https://h.com{path}")));

    [Theory]
    [InlineData("User-agent: *\nCrawl-delay: 2.5\nDisallow: /x", 2.5)]
    [InlineData("User-agent: *\nCrawl-delay: never", null)]
    [InlineData("User-agent: other\nCrawl-delay: 9", null)]
    public void A_crawl_delay_is_read(string text, double? seconds) =>
        Assert.Equal(seconds, RobotsRules.Read(text, "smirk").Delay?.TotalSeconds);
}
