using System.Buffers.Binary;
using Smirk.Files.Strip.Containers;

namespace Smirk.Files.Strip.WebP;

/// <summary>Takes a WebP file apart into its chunks, and refuses what isn't whole (RFC 9649, section 2).</summary>
internal static class WebPReader
{
    // Animations have a chunk a frame.
    private const int MostChunks = 100_000;

    /// <summary>"RIFF", size, "WEBP".</summary>
    public const int HeaderLength = 12;

    /// <summary>The chunks, in order and without gaps; bytes after what the RIFF size claims are not looked at.</summary>
    public static List<WebPChunk> Read(ByteSource source)
    {
        var head = source.Read(0, HeaderLength);
        if (!head[..4].SequenceEqual("RIFF"u8) || !head[8..].SequenceEqual("WEBP"u8))
            throw new UnstrippableException("it doesn't begin with RIFF and WEBP");
        var end = 8L + BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        if (end > source.Length)
            throw new UnstrippableException($"cut short: its header claims {end} bytes, {source.Length} are there");
        var chunks = ReadChunks(source, HeaderLength, end);
        return chunks.Count > 0 ? chunks : throw new UnstrippableException("no picture data");
    }

    /// <summary>The chunks in a range: a file's, or those of a frame of an animation.</summary>
    public static List<WebPChunk> ReadChunks(ByteSource source, long start, long end)
    {
        var chunks = new List<WebPChunk>();
        for (var at = start; at < end; at += chunks[^1].Length)
        {
            if (end - at < 8)
                throw new UnstrippableException($"{end - at} bytes at byte {at} are too few for a chunk");
            var head = source.Read(at, 8);
            var type = BinaryPrimitives.ReadUInt32LittleEndian(head);
            var length = (long)BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            if (at + 8 + length > end)
                throw new UnstrippableException(
                    $"cut short: the chunk {WebPType.Letters(type)} at byte {at} claims {length} bytes, {end - at - 8} are left");
            if (chunks.Count == MostChunks)
                throw new UnstrippableException($"more than {MostChunks} chunks, which no real picture has");
            // Some writers leave the last padding byte away.
            chunks.Add(new WebPChunk(type, at, length, Math.Min(8 + length + (length & 1), end - at)));
        }

        return chunks;
    }
}
