using Smirk.Workspace.Blobs;
using Smirk.Workspace.Errors;

namespace Smirk.Tests.Blobs;

public sealed class BlobStoreTests
{
    [Fact]
    public void Add_stores_bytes_once_under_their_hash()
    {
        using var folder = new TemporaryFolder();
        var store = new BlobStore(folder.Path);
        var name = store.Add("abc"u8);
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", name);
        var written = File.GetLastWriteTimeUtc(store.PathOf(name));
        Assert.Equal(name, store.Add("abc"u8));
        Assert.Equal(written, File.GetLastWriteTimeUtc(store.PathOf(name)));
        Assert.Equal("abc"u8.ToArray(), store.Read(name));
        Assert.Equal([name], store.Names());
    }

    [Fact]
    public void Add_tells_when_the_blob_there_is_damaged()
    {
        using var folder = new TemporaryFolder();
        var store = new BlobStore(folder.Path);
        var name = store.Add("abc"u8);
        File.WriteAllText(store.PathOf(name), "abd");
        Assert.Contains("damaged", Assert.Throws<UnusableInputException>(() => store.Add("abc"u8)).Message);
    }

    [Fact]
    public void Add_from_many_threads_stores_every_content_once_and_leaves_nothing_half_written()
    {
        using var folder = new TemporaryFolder();
        var store = new BlobStore(folder.Path);
        Parallel.For(0, 200, i => store.Add(BitConverter.GetBytes(i % 20)));
        Assert.Equal(20, store.Names().Count);
        store.Clean();
        Assert.Equal(20, Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public void Read_of_a_missing_blob_names_it()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("abcd", Assert.Throws<UnusableInputException>(() => new BlobStore(folder.Path).Read("abcd")).Message);
    }
}
