using Smirk.Files.Strip.Containers;

namespace Smirk.Files.Strip.Gif;

/// <summary>Takes a GIF file apart into its blocks, and refuses what isn't whole (GIF89a specification).</summary>
internal static class GifReader
{
    // Long animations have a few thousand frames of two blocks.
    private const int MostBlocks = 500_000;

    /// <summary>The blocks from the header to the trailer, in order and without gaps. Where the file ends after a whole picture without a
    /// trailer, the last block is one of no bytes.</summary>
    public static List<GifBlock> Read(ByteSource source)
    {
        var head = source.Read(0, 13);
        if (!head[..6].SequenceEqual("GIF87a"u8) && !head[..6].SequenceEqual("GIF89a"u8))
            throw new UnstrippableException("it doesn't begin with GIF87a or GIF89a");
        var blocks = new List<GifBlock> { new(GifBlockKind.Screen, 0, 13 + TableLength(head[10])) };
        while (blocks[^1].Kind != GifBlockKind.Trailer)
        {
            if (blocks.Count == MostBlocks)
                throw new UnstrippableException($"more than {MostBlocks} blocks, which no real picture has");
            blocks.Add(ReadBlockOrEnd(source, blocks));
        }

        return blocks.Exists(b => b.Kind == GifBlockKind.Image) ? blocks : throw new UnstrippableException("no picture data");
    }

    private static GifBlock ReadBlockOrEnd(ByteSource source, List<GifBlock> blocks)
    {
        var at = blocks[^1].Offset + blocks[^1].Length;
        return at == source.Length && blocks.Exists(b => b.Kind == GifBlockKind.Image)
            ? new GifBlock(GifBlockKind.Trailer, at, 0) : ReadBlock(source, at);
    }

    private static GifBlock ReadBlock(ByteSource source, long at)
    {
        switch (source.Read(at, 1)[0])
        {
            case 0x3B:
                return new GifBlock(GifBlockKind.Trailer, at, 1);
            case 0x2C:
                // Place and size, local colour table, LZW's code size, data.
                var data = at + 10 + TableLength(source.Read(at, 10)[9]) + 1;
                return new GifBlock(GifBlockKind.Image, at, SubBlocksEnd(source, data) - at);
            case 0x21:
                return ReadExtension(source, at);
            case var other:
                throw new UnstrippableException($"a block is expected at byte {at}, but {other:X2} begins none");
        }
    }

    private static GifBlock ReadExtension(ByteSource source, long at)
    {
        var end = SubBlocksEnd(source, at + 2);
        var label = source.Read(at, 2)[1];
        var size = source.Read(at + 2, 1)[0];
        var kind = label switch
        {
            0xF9 when size == 4 => GifBlockKind.GraphicControl,
            0xF9 => throw new UnstrippableException($"the graphic control at byte {at} has {size} bytes, not 4"),
            0xFE => GifBlockKind.Comment,
            0x01 => GifBlockKind.PlainText,
            0xFF when size == 11 => Application(source.Read(at + 3, 11)),
            0xFF => GifBlockKind.Application,
            _ => GifBlockKind.Unknown,
        };
        return new GifBlock(kind, at, end - at);
    }

    private static GifBlockKind Application(ReadOnlySpan<byte> identifier)
    {
        if (identifier.SequenceEqual("NETSCAPE2.0"u8) || identifier.SequenceEqual("ANIMEXTS1.0"u8))
            return GifBlockKind.Loop;
        return identifier.SequenceEqual("XMP DataXMP"u8) ? GifBlockKind.Xmp : GifBlockKind.Application;
    }

    // Each sub-block begins with its length; one of length 0 is the end.
    private static long SubBlocksEnd(ByteSource source, long at)
    {
        while (source.Read(at, 1)[0] is > 0 and var length)
            at += 1 + length;
        return at + 1;
    }

    private static int TableLength(byte packed) => (packed & 0x80) == 0 ? 0 : 3 * (2 << (packed & 0x07));
}
