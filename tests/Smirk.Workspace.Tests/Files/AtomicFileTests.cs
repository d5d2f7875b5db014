using Smirk.Workspace.Files;

namespace Smirk.Workspace.Tests.Files;

public sealed class AtomicFileTests
{
    [Fact]
    public void Write_replaces_the_whole_file_and_leaves_nothing_beside_it()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.txt", "a much longer text than the next"u8);
        AtomicFile.Write(path, "short");
        Assert.Equal("short", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Write_that_fails_keeps_the_old_file_and_leaves_nothing_beside_it()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.txt", "old"u8);
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }
}
