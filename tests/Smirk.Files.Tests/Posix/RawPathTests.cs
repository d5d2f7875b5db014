using System.Text;
using Smirk.Files.Posix;

namespace Smirk.Files.Tests.Posix;

public sealed class RawPathTests
{
    [Theory]
    [InlineData("a", ".", "a")]
    [InlineData("a/b", "a", "b")]
    [InlineData("a/b/", "a", "b")]
    [InlineData("a//b//", "a", "b")]
    [InlineData("/a", "/", "a")]
    [InlineData("/", "/", "")]
    [InlineData("//", "/", "")]
    [InlineData(".", ".", ".")]
    public void Folder_and_name_are_those_of_the_last_part(string path, string folder, string name)
    {
        Assert.Equal(folder, RawPath.FromText(path).Folder.ToText());
        Assert.Equal(name, Encoding.UTF8.GetString(RawPath.FromText(path).Name));
    }

    [Theory]
    [InlineData(new byte[] { 0x61, 0xC3, 0xA9 }, "aé")]
    [InlineData(new byte[] { 0x61, 0x0A }, @"$'a\n'")]
    [InlineData(new byte[] { 0x27, 0xFF, 0x31 }, @"$'\'\3771'")]
    [InlineData(new byte[] { 0x1B, 0x5B, 0x32, 0x4A }, @"$'\033[2J'")]
    [InlineData(new byte[] { 0xE2, 0x80, 0xAE, 0x61 }, @"$'\342\200\256a'")]
    public void What_a_terminal_should_not_get_is_quoted_as_a_shell_reads_it(byte[] bytes, string shown)
    {
        Assert.Equal(shown, new RawPath(bytes).ToString());
        if (shown[0] == '$')
            Assert.Equal(bytes, Encoding.Latin1.GetBytes(Shell.Run("/", $"printf %s {shown} | iconv -f latin1 -t utf8")));
    }

    [Fact]
    public void A_path_has_at_least_one_byte_and_no_NUL()
    {
        Assert.Throws<ArgumentException>(() => new RawPath([]));
        Assert.Throws<ArgumentException>(() => new RawPath([0x61, 0]));
    }
}
