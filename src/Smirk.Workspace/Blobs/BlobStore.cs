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
    private readonly ConcurrentDictionary<string, byte> _touched = new(StringComparer.Ordinal);
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

    /// <summary>Stores <paramref name="bytes"/> and returns their name: temporary file, fsync, rename (<see cref="Flush"/> makes the rename durable). Where the name exists, the bytes are compared instead.</summary>
    /// <exception cref="UnusableInputException">The blob of that name holds other bytes: it was damaged.</exception>
    /// <exception cref="IOException">The disk is full or can't be written; nothing of this blob stays behind.</exception>
    public string Add(ReadOnlySpan<byte> bytes)
    {
        var name = NameOf(bytes);
        var path = PathOf(name);
        if (File.Exists(path))
        {
            Compare(path, bytes);
            return name;
        }

        Directory.CreateDirectory(_incoming);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = Path.Combine(_incoming, $"{name}.{Interlocked.Increment(ref _counter)}");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        _touched.TryAdd(Path.GetDirectoryName(path)!, 0);
        return name;
    }

    /// <summary>Makes the names of all blobs added so far durable. Until then a power cut may take whole blobs, never parts of one.</summary>
    public void Flush()
    {
        foreach (var folder in _touched.Keys)
        {
            if (_touched.TryRemove(folder, out _))
                FolderSync.Flush(folder);
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
        [.. Directory.EnumerateDirectories(_folder).Where(d => d != _incoming).SelectMany(Directory.EnumerateFiles).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

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
            throw new UnusableInputException($"{path} is damaged: it has {there.Length} bytes that don't match its name (expected {bytes.Length}). Delete it and import again.");
    }
}
