namespace Smirk.Imaging.Reading;

/// <summary>BMP's two run-length codes, for 8 and 4 bits a pixel. Pixels that the code skips keep colour 0.</summary>
internal static class BmpRunLengths
{
    private const int EndOfLine = 0;
    private const int EndOfPicture = 1;
    private const int Jump = 2;

    /// <summary>Decodes into <paramref name="pixels"/>.</summary>
    /// <exception cref="UnusablePictureException">The data ends before the picture does.</exception>
    public static void Decode(BmpHeader header, ReadOnlySpan<byte> data, Span<byte> pixels)
    {
        for (var i = 0; i < pixels.Length; i += 3)
            BmpReader.PutColour(header, 0, pixels[i..]);
        var nibbles = header.Compression == BmpHeader.RunLength4;
        var (x, y, at) = (0, 0, 0);
        while (y < header.Height)
        {
            var (count, value) = (Next(data, ref at), Next(data, ref at));
            if (count > 0)
            {
                for (var i = 0; i < count; i++)
                    Put(header, pixels, x++, y, nibbles ? (i % 2 == 0 ? value >> 4 : value & 15) : value);
            }
            else if (value == EndOfLine)
            {
                (x, y) = (0, y + 1);
            }
            else if (value == EndOfPicture)
            {
                return;
            }
            else if (value == Jump)
            {
                (x, y) = (x + Next(data, ref at), y + Next(data, ref at));
            }
            else
            {
                Literal(header, data, ref at, pixels, ref x, y, value, nibbles);
            }
        }
    }

    private static void Literal(
        BmpHeader header, ReadOnlySpan<byte> data, ref int at, Span<byte> pixels, ref int x, int y, int count, bool nibbles)
    {
        var began = at;
        var pair = 0;
        for (var i = 0; i < count; i++)
        {
            if (!nibbles || i % 2 == 0)
                pair = Next(data, ref at);
            Put(header, pixels, x++, y, nibbles ? (i % 2 == 0 ? pair >> 4 : pair & 15) : pair);
        }

        // Literal runs are padded to 2 bytes.
        at += (at - began) & 1;
    }

    private static void Put(BmpHeader header, Span<byte> pixels, int x, int y, int index)
    {
        if (x < header.Width)
            BmpReader.PutColour(header, index, pixels[((((header.TopDown ? y : header.Height - 1 - y) * header.Width) + x) * 3)..]);
    }

    private static int Next(ReadOnlySpan<byte> data, ref int at) => at < data.Length ? data[at++] : throw BmpHeader.CutShort();
}
