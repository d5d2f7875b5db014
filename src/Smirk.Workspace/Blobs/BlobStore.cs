using System.Collections.Concurrent;
using System.Security.Cryptography;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;

namespace Smirk.Workspace.Blobs;

/// <summary>Contents named by their SHA-256: pictures/ab/abcdef… A blob is never rewritten, and is either whole or not there.</summary>
/// <remarks>Safe to call from many threads of the one process that holds the workspace.</remarks>
public sealed class BlobStore
{
    private readonly string _folder;
    private readonly string _incoming;

    // Written, not yet in place: name and temporary file. Syncing them together takes a tenth of the time that one fsync each does.
    private readonly ConcurrentDictionary<string, string> _waiting = new(StringComparer.Ordinal);
    private readonly Lock _flushing = new();
    private bool _renamed;
    private long _counter;

    /// <summary>Opens the store in <paramref name="folder"/>, which is made with the first blob.</summary>
    public BlobStore(string folder)
    {
        _folder = folder;
        _incoming = Path.Combine(folder, ".incoming");
    }

    /// <summary>The name that <paramref name="bytes"/> would get: 64 lower-case hexadecimal digits.</summary>
    public static string NameOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Where the blob <paramref name="name"/> is, or would be.</summary>
    public string PathOf(string name) => Path.Combine(_folder, name[..2], name);

    /// <summary>Whether the blob is there.</summary>
    public bool Contains(string name) => File.Exists(PathOf(name));

    /// <summary>Takes <paramref name="bytes"/> in; they are in place after the next <see cref="Flush"/>. Where the name exists already, the
    /// bytes are compared instead.</summary>
    /// <param name="name">What <see cref="NameOf"/> says of the bytes.</param>
    /// <param name="bytes">The contents.</param>
    /// <exception cref="UnusableInputException">The blob of that name holds other bytes: it was damaged.</exception>
    /// <exception cref="IOException">The disk is full or can't be written; nothing of this blob stays behind.</exception>
    public void Add(string name, ReadOnlySpan<byte> bytes)
    {
        var path = PathOf(name);
        if (File.Exists(path))
        {
            Compare(path, bytes);
            return;
        }

        Directory.CreateDirectory(_incoming);
        var temporary = Path.Combine(_incoming, $"{name}.{Interlocked.Increment(ref _counter)}");
        try
        {
            using var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            stream.Write(bytes);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        // Only what is whole waits; of two threads with the same bytes one is enough.
        if (!_waiting.TryAdd(name, temporary))
            File.Delete(temporary);
    }

    /// <summary>Takes over the blob <paramref name="name"/> of another store: as a second name of the same file where both are on one file
    /// system, else as a copy, which is in place after the next <see cref="Flush"/>. What is there already isn't looked at.</summary>
    /// <param name="other">The other store; blobs are never rewritten, so both may hold one file.</param>
    /// <param name="name">The blob.</param>
    /// <exception cref="UnusableInputException">The other store hasn't got it, or it was damaged.</exception>
    /// <exception cref="IOException">The disk is full or can't be written.</exception>
    public void TakeOver(BlobStore other, string name)
    {
        ArgumentNullException.ThrowIfNull(other);
        var path = PathOf(name);
        if (File.Exists(path))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (Interop.NativeMethods.Link(other.PathOf(name), path) == 0)
        {
            _renamed = true;
            return;
        }

        var bytes = other.Read(name);
        if (NameOf(bytes) != name)
            throw new UnusableInputException(
                $"{other.PathOf(name)} is damaged: its bytes don't match its name. Delete it and import its source again.");
        Add(name, bytes);
    }

    /// <summary>Puts in place what was added before: its bytes are on the disk before it gets its name. The names are on the disk with the
    /// next flush: until then a power cut may take whole blobs, never parts of one.</summary>
    /// <exception cref="IOException">The disk is full or can't be written; what was added isn't in place.</exception>
    public void Flush()
    {
        lock (_flushing)
        {
            var added = _waiting.ToArray();
            if (added.Length == 0 && !_renamed)
                return;
            FileSystemSync.Flush(_folder);
            _renamed = added.Length > 0;
            foreach (var (name, temporary) in added)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
                File.Move(temporary, PathOf(name), overwrite: true);
                _waiting.TryRemove(name, out _);
            }
        }
    }

    /// <summary>The blob's bytes.</summary>
    /// <exception cref="UnusableInputException">It isn't there.</exception>
    public byte[] Read(string name)
    {
        var path = PathOf(name);
        if (!File.Exists(path))
            throw new UnusableInputException($"The picture {name} is missing from {_folder}; import its source again.");
        return File.ReadAllBytes(path);
    }

    /// <summary>The names of all blobs, in order.</summary>
    public IReadOnlyList<string> Names() => !Directory.Exists(_folder) ? [] :
        [.. Directory.EnumerateDirectories(_folder).Where(d => d != _incoming).SelectMany(Directory.EnumerateFiles).Select(Path.GetFileName)
            .Order(StringComparer.Ordinal)!];

    /// <summary>Removes what a killed process left half written. Only for the process that holds the workspace.</summary>
    public void Clean()
    {
        if (Directory.Exists(_incoming))
            Directory.Delete(_incoming, recursive: true);
    }

    private static void Compare(string path, ReadOnlySpan<byte> bytes)
    {
        var there = File.ReadAllBytes(path);
        if (!bytes.SequenceEqual(there))
            throw new UnusableInputException(
                $"{path} is damaged: it has {there.Length} bytes that don't match its name (expected {bytes.Length}). Delete it and "
                    + "import again.");
    }
}
