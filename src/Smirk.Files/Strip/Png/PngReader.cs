using System.Buffers.Binary;
using Smirk.Files.Strip.Containers;
using Smirk.Imaging.Endings;

namespace Smirk.Files.Strip.Png;

/// <summary>Takes a PNG file apart into its chunks, checks every CRC, and refuses what isn't whole (PNG third edition, clauses 5 and
/// 11).</summary>
internal static class PngReader
{
    // libpng writes IDAT chunks of 8 KB: this is 800 MB of picture.
    private const int MostChunks = 100_000;

    /// <summary>The signature's length in bytes.</summary>
    public const int SignatureLength = 8;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    // Looking for the end of a picture without IEND takes all of the file in memory.
    private const int LongestWithoutEnd = 200_000_000;

    /// <summary>The chunks from IHDR to IEND, in order and without gaps. Where the file has no IEND although its picture is whole, the last
    /// chunk is one of no bytes.</summary>
    public static List<PngChunk> Read(ByteSource source)
    {
        if (!source.Read(0, SignatureLength).SequenceEqual(Signature))
            throw new UnstrippableException("its first 8 bytes aren't PNG's signature");
        var chunks = new List<PngChunk>();
        for (long at = SignatureLength; ;)
        {
            var chunk = ReadChunkOrEnd(source, at, chunks);
            if (chunks.Count == 0 != (chunk.Type == PngType.Header))
                throw new UnstrippableException(
                    chunks.Count == 0 ? $"its first chunk is {PngType.Letters(chunk.Type)}, not IHDR" : $"a second IHDR at byte {at}");
            if (chunks.Count == MostChunks)
                throw new UnstrippableException($"more than {MostChunks} chunks, which no real picture has");
            chunks.Add(chunk);
            if (chunk.Type == PngType.End)
                break;
            at += chunk.Length;
        }

        CheckOrder(chunks);
        return chunks;
    }

    private static PngChunk ReadChunkOrEnd(ByteSource source, long at, List<PngChunk> chunks)
    {
        try
        {
            return ReadChunk(source, at);
        }
        catch (UnstrippableException) when (chunks.Exists(c => c.Type == PngType.Data) && source.Length <= LongestWithoutEnd)
        {
            if (PictureEnd.Find(source.Read(0, (int)source.Length)) is not { } end || end.Kept != at)
                throw;
            return new PngChunk(PngType.End, at, 0) { IsMissing = true };
        }
    }

    private static PngChunk ReadChunk(ByteSource source, long at)
    {
        var head = source.Read(at, 8);
        var length = BinaryPrimitives.ReadUInt32BigEndian(head);
        var type = BinaryPrimitives.ReadUInt32BigEndian(head[4..]);
        if (!PngType.IsWellFormed(type))
            throw new UnstrippableException($"a chunk is expected at byte {at}, but its type isn't four letters");
        if (length > int.MaxValue || at + 12 + length > source.Length)
            throw new UnstrippableException(
                $"cut short: the chunk {PngType.Letters(type)} at byte {at} claims {length} bytes, {Math.Max(0, source.Length - at - 12)} "
                    + "are left");
        var chunk = new PngChunk(type, at, (int)length);
        var stored = BinaryPrimitives.ReadUInt32BigEndian(source.Read(chunk.Data + length, 4));
        var actual = source.Crc(at + 4, 4L + length);
        if (stored != actual)
            throw new UnstrippableException(
                $"the chunk {PngType.Letters(type)} at byte {at} has the CRC {stored:X8}, its bytes have {actual:X8}");
        return chunk;
    }

    private static void CheckOrder(List<PngChunk> chunks)
    {
        if (chunks[0].DataLength != 13 || chunks[^1].DataLength != 0)
            throw new UnstrippableException($"IHDR has {chunks[0].DataLength} bytes and IEND {chunks[^1].DataLength}, not 13 and 0");
        var first = chunks.FindIndex(c => c.Type == PngType.Data);
        if (first < 0)
            throw new UnstrippableException("no picture data (IDAT)");
        var last = chunks.FindLastIndex(c => c.Type == PngType.Data);
        if (chunks.FindIndex(first, last - first, c => c.Type != PngType.Data) is >= 0 and var stranger)
            throw new UnstrippableException(
                $"the picture data is interrupted by {PngType.Letters(chunks[stranger].Type)} at byte {chunks[stranger].Offset}");
        var palettes = chunks.FindAll(c => c.Type == PngType.Palette);
        if (palettes.Count > 1)
            throw new UnstrippableException($"a second PLTE at byte {palettes[1].Offset}");
        if (palettes is [var palette]
            && (palette.Offset > chunks[first].Offset || palette.DataLength is 0 or > 768 || palette.DataLength % 3 != 0))
            throw new UnstrippableException(
                $"PLTE at byte {palette.Offset} has {palette.DataLength} bytes or comes too late; 3 to 768 in threes are expected before "
                    + "the picture data");
        if (chunks.Find(c => PngType.IsCritical(c.Type) && c.Type is not (PngType.Header or PngType.Palette or PngType.Data
            or PngType.End)) is { Type: not 0 } unknown)
            throw new UnstrippableException($"the chunk {PngType.Letters(unknown.Type)} at byte {unknown.Offset} is needed to decode it, "
                + "and PNG has none of that name");
    }
}
