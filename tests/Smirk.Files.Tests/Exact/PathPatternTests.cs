using System.Text;
using Smirk.Files.Exact.Keep;

namespace Smirk.Files.Tests.Exact;

public sealed class PathPatternTests
{
    [Theory]
    [InlineData("originals/*", "x/originals/a/b.jpg", true)]
    [InlineData("originals/*", "x/unoriginals/a", false)]
    [InlineData("*.jpg", "a/b.jpg", true)]
    [InlineData("*.jpg", "a/b.jpeg", false)]
    [InlineData("?.jpg", "a/é.jpg", true)]
    [InlineData("[ab]*", "x/b1", true)]
    [InlineData("[!ab]*", "b1", false)]
    [InlineData("[a-c]1", "b1", true)]
    [InlineData("a[", "a[", true)]
    [InlineData(@"\*", "*", true)]
    [InlineData(@"\*", "a", false)]
    [InlineData("*a*b*c", "xaybzbc", true)]
    [InlineData("", "a", false)]
    [InlineData("*", "a/b", true)]
    public void Matches_as_a_shell_pattern_would(string pattern, string path, bool expected) =>
        Assert.Equal(expected, PathPattern.Matches(pattern, Encoding.UTF8.GetBytes(path)));
}
