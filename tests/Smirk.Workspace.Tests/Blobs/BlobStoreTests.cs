using Smirk.Workspace.Blobs;
using Smirk.Workspace.Errors;

namespace Smirk.Workspace.Tests.Blobs;

public sealed class BlobStoreTests
{
    [Fact]
    public void A_blob_is_stored_once_under_its_hash()
    {
        using var folder = new TemporaryFolder();
        var store = new BlobStore(folder.Path);
        var name = Put(store, "abc"u8);
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", name);
        var written = File.GetLastWriteTimeUtc(store.PathOf(name));
        Assert.Equal(name, Put(store, "abc"u8));
        Assert.Equal(written, File.GetLastWriteTimeUtc(store.PathOf(name)));
        Assert.Equal("abc"u8.ToArray(), store.Read(name));
        Assert.Equal([name], store.Names());
    }

    [Fact]
    public void What_was_added_is_in_place_after_a_flush_and_not_before()
    {
        using var folder = new TemporaryFolder();
        var store = new BlobStore(folder.Path);
        var name = BlobStore.NameOf("abc"u8);
        store.Add(name, "abc"u8);
        Assert.False(store.Contains(name));
        Assert.Empty(store.Names());

        // As the next process finds it when this one was killed here.
        new BlobStore(folder.Path).Clean();
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories));

        var second = new BlobStore(folder.Path);
        Assert.Equal("abc"u8.ToArray(), second.Read(Put(second, "abc"u8)));
    }

    [Fact]
    public void Add_tells_when_the_blob_there_is_damaged()
    {
        using var folder = new TemporaryFolder();
        var store = new BlobStore(folder.Path);
        var name = Put(store, "abc"u8);
        File.WriteAllText(store.PathOf(name), "abd");
        Assert.Contains("damaged", Assert.Throws<UnusableInputException>(() => store.Add(name, "abc"u8)).Message);
    }

    [Fact]
    public void Add_from_many_threads_stores_every_content_once_and_leaves_nothing_half_written()
    {
        using var folder = new TemporaryFolder();
        var store = new BlobStore(folder.Path);
        Parallel.For(0, 200, i => store.Add(BlobStore.NameOf(BitConverter.GetBytes(i % 20)), BitConverter.GetBytes(i % 20)));
        store.Flush();
        Assert.Equal(20, store.Names().Count);
        Assert.Equal(20, Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public void Read_of_a_missing_blob_names_it()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("abcd", Assert.Throws<UnusableInputException>(() => new BlobStore(folder.Path).Read("abcd")).Message);
    }

    private static string Put(BlobStore store, ReadOnlySpan<byte> bytes)
    {
        var name = BlobStore.NameOf(bytes);
        store.Add(name, bytes);
        store.Flush();
        return name;
    }
}
