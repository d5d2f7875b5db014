namespace Smirk.Files.Exact.Compare;

/// <summary>How files are cut into blocks to be compared: small ones first, since what differs mostly does so early; larger ones later, for
/// few calls.</summary>
internal static class BlockSizes
{
    private const long Small = 64 * 1024;
    private const int SmallBlocks = 4;

    /// <summary>Two blocks of this size stay in a core's own cache while they are compared.</summary>
    public const int Largest = 512 * 1024;

    /// <summary>Where block <paramref name="number"/> begins.</summary>
    public static long Start(long number) =>
        number <= SmallBlocks ? number * Small : (SmallBlocks * Small) + ((number - SmallBlocks) * Largest);

    /// <summary>Bytes of block <paramref name="number"/> in a file of <paramref name="size"/> bytes; not positive behind its end.</summary>
    public static long Length(long number, long size) => Math.Min(size, Start(number + 1)) - Start(number);
}
