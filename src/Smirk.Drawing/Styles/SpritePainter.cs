using Smirk.Drawing.Faces;
using Smirk.Imaging;

namespace Smirk.Drawing.Styles;

/// <summary>A creature of 16 × 16 large pixels: symmetric, outlined, with eyes, in one of eight palettes.</summary>
internal static class SpritePainter
{
    private const int Cells = 16;
    private const int Middle = Cells / 2;

    // Body, belly, shade below, ground.
    private static readonly (int Body, int Belly, int Shade, int Ground)[] Palettes =
    [
        (0xE04040, 0xF8B878, 0x982038, 0xF8F8F8), (0x40A048, 0xD0E878, 0x206040, 0x98D8F8), (0x4868D8, 0xA8D8F8, 0x283890, 0xF8E8A8), (0xE8A030, 0xF8F0C0, 0xA06018, 0x8878C8),
        (0x9048B8, 0xE8A8E0, 0x582078, 0x78C878), (0x787888, 0xD8D8E0, 0x404050, 0xF8B0B0), (0xF080A8, 0xF8E0E8, 0xB04070, 0x303048), (0x28A8A8, 0xB8F0D8, 0x106068, 0xE8D8B8),
    ];

    public static Picture Paint(Random random, int side)
    {
        var palette = random.Pick<(int Body, int Belly, int Shade, int Ground)>(Palettes);
        var body = Body(random);
        var (eyeRow, eyeColumn) = (random.Next(4, 7), random.Next(1, 3));
        var belly = random.Chance(0.6);
        return PixelGrid.Enlarge(Cells, side, (x, y) => Bytes(Colour(x, y)));

        int Colour(int x, int y)
        {
            var column = x < Middle ? Middle - 1 - x : x - Middle; // from the middle outwards
            if (!Inside(column, y))
                return Inside(column - 1, y) || Inside(column + 1, y) || Inside(column, y - 1) || Inside(column, y + 1) ? 0x101018 : palette.Ground;
            if (y == eyeRow && column == eyeColumn)
                return 0x101018;
            if (y == eyeRow - 1 && column == eyeColumn)
                return 0xF8F8F8;
            if (belly && column < 2 && y > eyeRow + 1)
                return palette.Belly;
            return Inside(column, y + 1) ? palette.Body : palette.Shade;
        }

        bool Inside(int column, int y) => y is >= 1 and < Cells - 1 && body[y] > (column < 0 ? -column - 1 : column);
    }

    // Half of the width in every row: a head, a body, perhaps ears, arms and feet.
    private static int[] Body(Random random)
    {
        var half = new int[Cells];
        var (head, neck, trunk) = (random.Next(3, 6), random.Next(2, 5), random.Next(3, 7));
        var (top, shoulders, bottom) = (random.Next(2, 4), random.Next(8, 10), random.Next(12, 15));
        for (var y = top; y < bottom; y++)
            half[y] = y < shoulders - 1 ? head - (y == top ? 1 : 0) : y == shoulders - 1 ? neck : trunk - (y == bottom - 1 ? 1 : 0);
        if (random.Chance(0.4))
            half[shoulders] = Math.Min(7, trunk + 2); // arms
        if (random.Chance(0.4))
            half[bottom - 1] = Math.Min(7, trunk + 1); // feet
        if (random.Chance(0.3))
            half[top + 1] = Math.Min(7, head + 1); // ears
        return half;
    }

    private static (byte, byte, byte) Bytes(int colour) => ((byte)(colour >> 16), (byte)(colour >> 8), (byte)colour);
}
