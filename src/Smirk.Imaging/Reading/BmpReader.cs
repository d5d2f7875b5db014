using System.Buffers.Binary;
using System.Numerics;
using Smirk.Imaging.Formats;

namespace Smirk.Imaging.Reading;

/// <summary>Windows bitmaps. Our own, because libvips has BMP only through ImageMagick, which must not see a stranger's bytes.</summary>
internal static class BmpReader
{
    /// <summary>The header as all formats have it.</summary>
    public static PictureHeader ReadHeader(ReadOnlySpan<byte> bytes)
    {
        var header = BmpHeader.Read(bytes);
        var alpha = header.Masks.Length == 4 && header.Masks[3] != 0;
        return new PictureHeader(PictureFormat.Bmp, header.Width, header.Height, 1, 1, alpha ? 4 : 3, 8, alpha, HasProfile: false);
    }

    /// <summary>Decodes; the caller has checked the size.</summary>
    /// <exception cref="UnusablePictureException">Cut short or damaged.</exception>
    public static Picture Decode(ReadOnlySpan<byte> bytes)
    {
        var header = BmpHeader.Read(bytes);
        if (header.PixelsAt < 14 || header.PixelsAt >= bytes.Length)
            throw BmpHeader.CutShort();
        var data = bytes[header.PixelsAt..];
        var pixels = new byte[header.Width * header.Height * 3];
        if (header.Compression is BmpHeader.RunLength8 or BmpHeader.RunLength4)
            BmpRunLengths.Decode(header, data, pixels);
        else
            DecodeRows(header, data, pixels);
        return new Picture(header.Width, header.Height, pixels);
    }

    private static void DecodeRows(BmpHeader header, ReadOnlySpan<byte> data, Span<byte> pixels)
    {
        // Rows are padded to 4 bytes; some programs leave the padding of the last row away.
        var used = (int)(((long)header.Width * header.BitsPerPixel + 7) / 8);
        var stride = (used + 3) & ~3;
        if (((long)stride * (header.Height - 1)) + used > data.Length)
            throw BmpHeader.CutShort();
        if (header.Masks.Length != 4 || header.Masks[3] == 0 || IsAlphaUnused(header, data, stride))
        {
            DecodeRows(header, data, stride, used, pixels, ground: null);
            return;
        }

        DecodeRows(header, data, stride, used, pixels, Ground.White);
        var onBlack = new byte[pixels.Length];
        DecodeRows(header, data, stride, used, onBlack, Ground.Black);
        if (Ground.IsBlack(pixels, onBlack))
            onBlack.CopyTo(pixels);
    }

    // Without a ground the picture is opaque.
    private static void DecodeRows(BmpHeader header, ReadOnlySpan<byte> data, int stride, int used, Span<byte> pixels, int? ground)
    {
        for (var y = 0; y < header.Height; y++)
        {
            var row = data.Slice(y * stride, used);
            var to = pixels.Slice((header.TopDown ? y : header.Height - 1 - y) * header.Width * 3, header.Width * 3);
            if (header.BitsPerPixel <= 8)
                Indexed(header, row, to);
            else if (header.BitsPerPixel == 24)
                Bgr(row, to);
            else
                Masked(header, row, to, ground);
        }
    }

    private static void Indexed(BmpHeader header, ReadOnlySpan<byte> row, Span<byte> to)
    {
        var perByte = 8 / header.BitsPerPixel;
        for (var x = 0; x < header.Width; x++)
        {
            var shift = (perByte - 1 - (x % perByte)) * header.BitsPerPixel;
            PutColour(header, (row[x / perByte] >> shift) & ((1 << header.BitsPerPixel) - 1), to[(x * 3)..]);
        }
    }

    /// <summary>Writes the palette's colour; one that isn't there is black.</summary>
    internal static void PutColour(BmpHeader header, int index, Span<byte> to)
    {
        if (index * 3 < header.Palette.Length)
            header.Palette.AsSpan(index * 3, 3).CopyTo(to);
    }

    private static void Bgr(ReadOnlySpan<byte> row, Span<byte> to)
    {
        for (var i = 0; i + 2 < row.Length; i += 3)
            (to[i], to[i + 1], to[i + 2]) = (row[i + 2], row[i + 1], row[i]);
    }

    private static void Masked(BmpHeader header, ReadOnlySpan<byte> row, Span<byte> to, int? ground)
    {
        for (var x = 0; x < header.Width; x++)
        {
            var value = Value(header, row, x);
            var alpha = ground is null ? 255 : Channel(value, header.Masks[3]);
            for (var c = 0; c < 3; c++)
                to[(x * 3) + c] = (byte)(((Channel(value, header.Masks[c]) * alpha) + ((ground ?? 0) * (255 - alpha)) + 127) / 255);
        }
    }

    // Many programs keep an alpha channel of zeros and mean an opaque picture.
    private static bool IsAlphaUnused(BmpHeader header, ReadOnlySpan<byte> data, int stride)
    {
        for (var y = 0; y < header.Height; y++)
        {
            for (var x = 0; x < header.Width; x++)
            {
                if ((Value(header, data[(y * stride)..], x) & header.Masks[3]) != 0)
                    return false;
            }
        }

        return true;
    }

    private static uint Value(BmpHeader header, ReadOnlySpan<byte> row, int x) =>
        header.BitsPerPixel == 16 ? BinaryPrimitives.ReadUInt16LittleEndian(row[(x * 2)..])
            : BinaryPrimitives.ReadUInt32LittleEndian(row[(x * 4)..]);

    private static int Channel(uint value, uint mask)
    {
        if (mask == 0)
            return 0;
        var shift = BitOperations.TrailingZeroCount(mask);
        return (int)((ulong)((value & mask) >> shift) * 255 / (mask >> shift));
    }
}
