using Smirk.Workspace.Files;

namespace Smirk.Workspace.Tests.Files;

public sealed class AppendedLinesTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("one\n", 1)]
    [InlineData("one\ntwo\nthr", 2)]
    [InlineData("cut sho", 0)]
    public void A_line_cut_short_by_a_kill_is_neither_read_nor_kept(string there, int whole)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("log.jsonl", System.Text.Encoding.UTF8.GetBytes(there));
        Assert.Equal(whole, AppendedLines.Read(path).Count());
        using (var lines = new AppendedLines(path))
            lines.Append("naïve ☺");
        Assert.Equal(whole + 1, AppendedLines.Read(path).Count());
        Assert.Equal("naïve ☺", AppendedLines.Read(path).Last());
    }

    [Fact]
    public void A_line_longer_than_the_buffer_is_found_from_its_end()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("log.jsonl", System.Text.Encoding.UTF8.GetBytes("first\n" + new string('x', 20_000)));
        Assert.Equal(["first"], AppendedLines.Read(path));
    }

    [Fact]
    public void Append_refuses_a_line_feed()
    {
        using var folder = new TemporaryFolder();
        using var lines = new AppendedLines(folder.File("log.jsonl"));
        Assert.Throws<ArgumentException>(() => lines.Append("a\nb"));
    }
}
