using System.Security.Cryptography;
using Smirk.Files.Walk;

namespace Smirk.Dataset.Near.Index;

/// <summary>The contents of files that were found, by SHA-256: known from an earlier search, or as soon as a file is read.</summary>
/// <param name="files">The files.</param>
internal sealed class FileContents(IReadOnlyList<FoundFile> files)
{
    private readonly string?[] _sha256 = new string?[files.Count];

    /// <summary>How many files.</summary>
    public int Count => files.Count;

    /// <summary>The file at a place.</summary>
    public FoundFile this[int place] => files[place];

    /// <summary>The SHA-256 of the file at a place, in lower-case hexadecimal digits; null while nobody has read it.</summary>
    public string? Sha256(int place) => Volatile.Read(ref _sha256[place]);

    /// <summary>Takes over what is known of a file that hasn't changed since.</summary>
    public void Know(int place, string sha256) => Volatile.Write(ref _sha256[place], sha256);

    /// <summary>Reads the file at a place.</summary>
    /// <exception cref="IOException">It can't be read, or isn't what was found any more.</exception>
    public byte[] Read(int place)
    {
        var bytes = FileContent.Read(files[place]);
        if (Sha256(place) is null)
            Know(place, Of(bytes));
        return bytes;
    }

    /// <summary>Some of the files, with what is known of them.</summary>
    public FileContents Only(IReadOnlyList<int> places)
    {
        var some = new FileContents([.. places.Select(place => files[place])]);
        for (var i = 0; i < places.Count; i++)
            some._sha256[i] = Sha256(places[i]);
        return some;
    }

    /// <summary>The same for bytes.</summary>
    public static string Of(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
