using System.Buffers.Binary;
using System.IO.Compression;
using Smirk.Imaging.Writing;

namespace Smirk.Files.Archives;

/// <summary>Writes grey 8-bit PNGs (W3C PNG, third edition), for small pictures by the ten thousand: no filter, fast deflate.</summary>
internal static class GreyPng
{
    /// <summary>The picture as a file; where a side is shorter than <paramref name="least"/> the picture stands in the middle of a larger
    /// one, filled up with the value at its border that is commonest.</summary>
    /// <param name="pixels">width × height values.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="least">Shortest side of what is written.</param>
    public static byte[] Encode(ReadOnlySpan<byte> pixels, int width, int height, int least)
    {
        var (fullWidth, fullHeight) = (Math.Max(width, least), Math.Max(height, least));
        var (left, top) = ((fullWidth - width) / 2, (fullHeight - height) / 2);
        var rows = new byte[fullHeight * (fullWidth + 1)];
        var ground = CommonestAtBorder(pixels, width, height);
        for (var y = 0; y < fullHeight; y++)
        {
            var row = rows.AsSpan((y * (fullWidth + 1)) + 1, fullWidth);
            row.Fill(ground);
            if (y >= top && y < top + height)
                pixels.Slice((y - top) * width, width).CopyTo(row[left..]);
        }

        using var png = new MemoryStream();
        png.Write(PngChunks.Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, fullWidth);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], fullHeight);
        header[8] = 8; // bits a value; colour type 0 (grey), deflate, no filter beyond the rows' own, not interlaced
        PngChunks.Write(png, "IHDR"u8, header);
        using (var packed = new MemoryStream())
        {
            using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
                deflate.Write(rows);
            PngChunks.Write(png, "IDAT"u8, packed.GetBuffer().AsSpan(0, (int)packed.Length));
        }

        PngChunks.Write(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static byte CommonestAtBorder(ReadOnlySpan<byte> pixels, int width, int height)
    {
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        for (var x = 0; x < width; x++)
        {
            counts[pixels[x]]++;
            counts[pixels[((height - 1) * width) + x]]++;
        }

        for (var y = 0; y < height; y++)
        {
            counts[pixels[y * width]]++;
            counts[pixels[(y * width) + width - 1]]++;
        }

        var most = 0;
        for (var value = 1; value < 256; value++)
            most = counts[value] > counts[most] ? value : most;
        return (byte)most;
    }
}
