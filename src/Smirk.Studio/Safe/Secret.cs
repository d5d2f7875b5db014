using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Smirk.Studio.Safe;

/// <summary>Random words that nobody guesses, and what is kept of them.</summary>
internal static class Secret
{
    private const int Bytes = 32;

    /// <summary>256 random bits as letters, digits, - and _.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>SHA-256 of a word: what a set of words is searched by, so that the time tells nothing of the words.</summary>
    public static string Hash(string word) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(word)));

    /// <summary>Whether two words are the same, in a time that tells nothing of them.</summary>
    public static bool AreSame(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(one)), SHA256.HashData(Encoding.UTF8.GetBytes(other)));
}
