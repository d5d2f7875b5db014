using System.Security.Cryptography;

namespace Smirk.Export.Output;

/// <summary>What is in a file, as a short code.</summary>
internal static class FileHash
{
    /// <summary>The code of the file's bytes, read a little at a time.</summary>
    public static string Of(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream).AsSpan(0, 10));
    }
}
