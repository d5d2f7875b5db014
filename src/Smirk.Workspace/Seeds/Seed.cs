using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Smirk.Workspace.Seeds;

/// <summary>One number makes a run repeatable; each use of randomness gets a number of its own from it, so that adding a use changes no
/// other.</summary>
public static class Seed
{
    /// <summary>The seed for one <paramref name="purpose"/>: the first 64 bits of SHA-256(seed, purpose), the same on every
    /// machine.</summary>
    public static ulong Derive(ulong seed, string purpose)
    {
        var name = Encoding.UTF8.GetBytes(purpose);
        Span<byte> input = new byte[8 + name.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(input, seed);
        name.CopyTo(input[8..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
