namespace Smirk.Files.Strip.Tiff;

/// <summary>How many bytes the strips or tiles of a picture take that is stored without compression.</summary>
/// <param name="Row">Bytes of a row of one.</param>
/// <param name="Rows">Rows of one.</param>
/// <param name="Height">Rows of the picture, where its last strip may have fewer.</param>
internal sealed record TiffSize(long Row, long Rows, long? Height)
{
    private const ushort Width = 256;
    private const ushort Length = 257;
    private const ushort BitsPerSample = 258;
    private const ushort Photometric = 262;
    private const ushort SamplesPerPixel = 277;
    private const ushort RowsPerStrip = 278;
    private const ushort Planar = 284;
    private const ushort TileWidth = 322;
    private const ushort TileLength = 323;
    private const long YCbCr = 6;

    /// <summary>Of strips; null where pixels are compressed, or their number of bytes isn't told this simply.</summary>
    public static TiffSize? OfStrip(TiffDirectory directory, TiffReader reader)
    {
        if (Bits(directory, reader) is not { } bits || First(directory, reader, Width) is not { } width
            || First(directory, reader, Length) is not { } height)
            return null;
        var rows = Math.Clamp(First(directory, reader, RowsPerStrip) ?? height, 1, Math.Max(1, height));
        return new TiffSize(((width * bits) + 7) / 8, rows, height);
    }

    /// <summary>Of tiles.</summary>
    public static TiffSize? OfTile(TiffDirectory directory, TiffReader reader) =>
        Bits(directory, reader) is { } bits && First(directory, reader, TileWidth) is { } width
            && First(directory, reader, TileLength) is { } height ? new TiffSize(((width * bits) + 7) / 8, height, null) : null;

    /// <summary>Of the strip or tile of this number.</summary>
    public long Of(int number)
    {
        if (Height is not { } height)
            return Row * Rows;
        var each = (height + Rows - 1) / Rows;
        var from = number % Math.Max(1, each) * Rows;
        return Row * Math.Min(Rows, height - from);
    }

    // Of a pixel in one strip; null where that isn't told for certain.
    private static long? Bits(TiffDirectory directory, TiffReader reader)
    {
        if ((First(directory, reader, TiffTags.Compression) ?? 1) != 1 || First(directory, reader, Photometric) == YCbCr)
            return null;
        var bits = First(directory, reader, BitsPerSample) ?? 1;
        return First(directory, reader, Planar) == 2 ? bits : bits * (First(directory, reader, SamplesPerPixel) ?? 1);
    }

    private static long? First(TiffDirectory directory, TiffReader reader, ushort tag) =>
        directory.Find(tag) is { Count: > 0 } entry ? reader.Values(entry)[0] : null;
}
