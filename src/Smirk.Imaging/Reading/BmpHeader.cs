using System.Buffers.Binary;
using System.Numerics;

namespace Smirk.Imaging.Reading;

/// <summary>A BMP file's two headers, checked.</summary>
/// <param name="Width">1 to 65,535.</param>
/// <param name="Height">1 to 65,535.</param>
/// <param name="TopDown">Whether the first row stored is the top one; BMP's habit is the bottom one.</param>
/// <param name="BitsPerPixel">1, 2, 4, 8, 16, 24 or 32.</param>
/// <param name="Compression">One of the constants of <see cref="BmpHeader"/>.</param>
/// <param name="Palette">Red, green, blue a colour; empty above 8 bits.</param>
/// <param name="Masks">Bits of red, green, blue, alpha, for 16 and 32 bits.</param>
/// <param name="PixelsAt">Where the pixels begin in the file.</param>
internal sealed record BmpHeader(
    int Width, int Height, bool TopDown, int BitsPerPixel, int Compression, byte[] Palette, uint[] Masks, int PixelsAt)
{
    public const int Plain = 0;
    public const int RunLength8 = 1;
    public const int RunLength4 = 2;
    public const int BitFields = 3;
    public const int AlphaBitFields = 6;

    private const int FileHeaderLength = 14;

    /// <summary>Reads and checks.</summary>
    /// <exception cref="UnusablePictureException">Cut short, or not a BMP that any program writes.</exception>
    public static BmpHeader Read(ReadOnlySpan<byte> bytes)
    {
        var size = Int32(bytes, FileHeaderLength);
        var core = size == 12;
        var (width, height) = core ? (Int16(bytes, 18), Int16(bytes, 20)) : (Int32(bytes, 18), Int32(bytes, 22));
        var bits = Int16(bytes, core ? 24 : 28);
        var compression = core || size == 16 ? Plain : Int32(bytes, 30);
        var topDown = height < 0;
        height = Math.Abs(Math.Max(height, -int.MaxValue));
        if (width is <= 0 or > 65_535 || height is 0 or > 65_535)
            throw new UnusablePictureException(PictureFault.Damaged, $"damaged BMP: its header says {width} × {height} pixels");
        if (!Fits(bits, compression))
            throw new UnusablePictureException(
                PictureFault.Unsupported, $"a BMP of {bits} bits a pixel and compression {compression}, which isn't read");

        var masks = Masks16Or32(bytes, bits, compression, size);
        var colours = bits > 8 ? 0 : PaletteLength(bytes, bits, core || size == 16);
        var paletteAt =
            FileHeaderLength + size + (size == 40 && compression is BitFields or AlphaBitFields ? (compression == BitFields ? 12 : 16) : 0);
        return new BmpHeader(
            width, height, topDown, bits, compression, ReadPalette(bytes, paletteAt, colours, core ? 3 : 4), masks, Int32(bytes, 10));
    }

    private static bool Fits(int bits, int compression) => compression switch
    {
        Plain => bits is 1 or 2 or 4 or 8 or 16 or 24 or 32,
        RunLength8 => bits == 8,
        RunLength4 => bits == 4,
        BitFields or AlphaBitFields => bits is 16 or 32,
        _ => false,
    };

    private static uint[] Masks16Or32(ReadOnlySpan<byte> bytes, int bits, int compression, int size)
    {
        if (bits is not (16 or 32))
            return [];
        if (compression == Plain)
            return bits == 16 ? [0x7C00, 0x03E0, 0x001F, 0] : [0xFF0000, 0xFF00, 0xFF, 0];
        var masks = new uint[4];
        var count = size >= 56 || compression == AlphaBitFields ? 4 : 3;
        for (var i = 0; i < count; i++)
        {
            masks[i] = (uint)Int32(bytes, 54 + (i * 4));
            var run = masks[i] >> BitOperations.TrailingZeroCount(masks[i]);
            if (masks[i] != 0 && (run & (run + 1)) != 0)
                throw new UnusablePictureException(
                    PictureFault.Damaged, $"damaged BMP: the bits of a colour ({masks[i]:X8}) aren't side by side");
        }

        return masks;
    }

    private static int PaletteLength(ReadOnlySpan<byte> bytes, int bits, bool small)
    {
        var all = 1 << bits;
        var told = small ? 0 : Int32(bytes, 46);
        return told <= 0 || told > all ? all : told;
    }

    // Colours that the file doesn't reach are black, as other programs have it.
    private static byte[] ReadPalette(ReadOnlySpan<byte> bytes, int at, int colours, int stride)
    {
        var palette = new byte[colours * 3];
        for (var i = 0; i < colours && at + (i * stride) + 3 <= bytes.Length; i++)
        {
            var entry = bytes.Slice(at + (i * stride), 3);
            (palette[i * 3], palette[(i * 3) + 1], palette[(i * 3) + 2]) = (entry[2], entry[1], entry[0]);
        }

        return palette;
    }

    private static int Int32(ReadOnlySpan<byte> bytes, int at) =>
        at + 4 <= bytes.Length ? BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]) : throw CutShort();

    private static int Int16(ReadOnlySpan<byte> bytes, int at) =>
        at + 2 <= bytes.Length ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]) : throw CutShort();

    /// <summary>The error for data that ends too early.</summary>
    internal static UnusablePictureException CutShort() =>
        new(PictureFault.CutShort, "cut short: the BMP data ends before the picture does");
}
