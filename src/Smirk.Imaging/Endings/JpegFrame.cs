using System.Buffers.Binary;

namespace Smirk.Imaging.Endings;

/// <summary>One colour channel of a JPEG's frame.</summary>
/// <param name="Id">Its number in the file.</param>
/// <param name="Across">Its sampling factor, 1 to 4.</param>
/// <param name="Down">The same from top to bottom.</param>
internal sealed record JpegComponent(byte Id, int Across, int Down);

/// <summary>What a JPEG's frame header says (ITU-T T.81, B.2.2 and A.1.1).</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Components">The colour channels.</param>
internal sealed record JpegFrame(int Width, int Height, IReadOnlyList<JpegComponent> Components)
{
    private const int BlockSide = 8;

    /// <summary>Reads the parameters; null where they make no sense.</summary>
    public static JpegFrame? Read(ReadOnlySpan<byte> parameters)
    {
        if (parameters.Length < 6 || parameters[5] is 0 or > 4 || parameters.Length != 6 + (3 * parameters[5]))
            return null;
        var components = new List<JpegComponent>();
        for (var at = 6; at < parameters.Length; at += 3)
            components.Add(new JpegComponent(parameters[at], parameters[at + 1] >> 4, parameters[at + 1] & 15));
        var height = BinaryPrimitives.ReadUInt16BigEndian(parameters[1..]);
        var width = BinaryPrimitives.ReadUInt16BigEndian(parameters[3..]);
        return width > 0 && height > 0 && components.TrueForAll(c => c is { Across: >= 1 and <= 4, Down: >= 1 and <= 4 })
            ? new JpegFrame(width, height, components) : null;
    }

    /// <summary>The first frame header of a JPEG; null where there is none.</summary>
    public static JpegFrame? Find(ReadOnlySpan<byte> bytes)
    {
        for (var at = 2; at + 4 <= bytes.Length && bytes[at] == 0xFF;)
        {
            var (marker, length) = (bytes[at + 1], BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]));
            if (marker == 0xDA || length < 2 || at + 2 + length > bytes.Length)
                return null;
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return Read(bytes.Slice(at + 4, length - 2));
            at += 2 + length;
        }

        return null;
    }

    /// <summary>How many units a scan of these channels has, and blocks of each channel in one.</summary>
    public (long Units, int[] Blocks) UnitsOf(IReadOnlyList<JpegComponent> scanned)
    {
        var (across, down) = (Components.Max(c => c.Across), Components.Max(c => c.Down));
        if (scanned is [var only])
        {
            return ((long)Blocks(CeilingOf(Width * only.Across, across)) * Blocks(CeilingOf(Height * only.Down, down)), [1]);
        }

        return ((long)CeilingOf(Width, BlockSide * across) * CeilingOf(Height, BlockSide * down),
            [.. scanned.Select(c => c.Across * c.Down)]);
    }

    private static int Blocks(int pixels) => CeilingOf(pixels, BlockSide);

    private static int CeilingOf(int value, int divisor) => (value + divisor - 1) / divisor;
}
