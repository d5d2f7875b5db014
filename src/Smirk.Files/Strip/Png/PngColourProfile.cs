using System.Buffers.Binary;
using System.IO.Compression;
using Smirk.Files.Strip.Containers;

namespace Smirk.Files.Strip.Png;

/// <summary>The ICC profile in a PNG's iCCP: the profile stays, its name (which tells the software) is replaced, and nothing may follow
/// it.</summary>
internal static class PngColourProfile
{
    // libpng gives up at 8 MB; printers' profiles have 1 or 2.
    private const int MostBytes = 16 << 20;

    // The name, its end, the compression method.
    private static ReadOnlySpan<byte> Prefix => "icc\0\0"u8;

    /// <summary>Keeps, corrects or removes the chunk.</summary>
    public static void Decide(ByteSource source, PngChunk chunk, RewritePlan plan)
    {
        if (chunk.DataLength > MostBytes)
            throw new UnstrippableException($"its ICC profile has {chunk.DataLength} bytes, at most {MostBytes} are read");
        var data = source.Read(chunk.Data, chunk.DataLength);
        var name = data.IndexOf((byte)0);
        if (name is < 1 or > 79 || data.Length < name + 2 || data[name + 1] != 0 || Inflate(data[(name + 2)..]) is not { } inflated
            || IccProfile.Length(inflated, inflated.Length) is not { } length)
        {
            plan.Remove("broken ICC profile", chunk.Length);
            return;
        }

        var stream = data[(name + 2)..];
        var profile = inflated.AsSpan(0, (int)length);

        // A zlib stream ends with the Adler-32 of what is in it: where the chunk does too, nothing follows.
        var endsThere = length == inflated.Length && BinaryPrimitives.ReadUInt32BigEndian(stream[^4..]) == Adler32(profile);
        byte[] literal = [.. Prefix, .. endsThere ? stream : Deflate(profile)];
        plan.Replace(chunk.Offset, chunk.Length, PngStripper.Chunk(PngType.ColourProfile, literal), endsThere ? "ICC profile's name"
            : "bytes after the ICC profile");
    }

    private static byte[]? Inflate(ReadOnlySpan<byte> stream)
    {
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(stream.ToArray()), CompressionMode.Decompress);
            using var inflated = new MemoryStream();
            var buffer = new byte[16 << 10];
            for (int read; (read = zlib.Read(buffer)) > 0;)
            {
                inflated.Write(buffer, 0, read);
                if (inflated.Length > MostBytes)
                    throw new UnstrippableException($"its ICC profile is larger than {MostBytes} bytes");
            }

            return inflated.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static byte[] Deflate(ReadOnlySpan<byte> profile)
    {
        using var result = new MemoryStream();
        using (var zlib = new ZLibStream(result, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(profile);
        return result.ToArray();
    }

    private static uint Adler32(ReadOnlySpan<byte> bytes)
    {
        const uint Modulus = 65521;
        var (a, b) = (1u, 0u);
        foreach (var value in bytes)
        {
            a = (a + value) % Modulus;
            b = (b + a) % Modulus;
        }

        return (b << 16) | a;
    }
}
