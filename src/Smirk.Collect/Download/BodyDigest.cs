using System.Security.Cryptography;
using Smirk.Collect.Web;

namespace Smirk.Collect.Download;

/// <summary>Compares a whole body with the digest that its server gave, where it gave one.</summary>
internal static class BodyDigest
{
    /// <summary>The digests promised for the whole body: Repr-Digest (RFC 9530), Digest (RFC 3230), Content-MD5.</summary>
    public static IReadOnlyList<(string Algorithm, byte[] Hash)> Promised(WebAnswer answer)
    {
        var promised = new List<(string, byte[])>();
        foreach (var entry in (answer.Header("Repr-Digest") ?? answer.Header("Digest") ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = entry.IndexOf('=');
            if (equals > 0 && entry[..equals].ToLowerInvariant() is "sha-256" or "sha-512" or "md5")
                Add(entry[..equals].ToLowerInvariant(), entry[(equals + 1)..].Trim(':'));
        }

        // For a part, Content-MD5 is that of the part.
        if (answer.Status == System.Net.HttpStatusCode.OK && answer.Header("Content-MD5") is { } md5)
            Add("md5", md5);
        return promised;

        void Add(string algorithm, string base64)
        {
            var hash = new byte[64];
            if (Convert.TryFromBase64String(base64, hash, out var length))
                promised.Add((algorithm, hash[..length]));
        }
    }

    /// <summary>Whether <paramref name="file"/> is what was promised.</summary>
    public static bool Matches(DownloadedFile file, IReadOnlyList<(string Algorithm, byte[] Hash)> promised)
    {
        if (promised.Count == 0)
            return true;
        var bytes = file.Read();
        foreach (var (algorithm, hash) in promised)
        {
            var actual = algorithm switch
            {
                "sha-256" => SHA256.HashData(bytes),
                "sha-512" => SHA512.HashData(bytes),
#pragma warning disable CA5351 // An integrity check that the server chose, no protection.
                _ => MD5.HashData(bytes),
#pragma warning restore CA5351
            };
            if (!actual.AsSpan().SequenceEqual(hash))
                return false;
        }

        return true;
    }
}
