namespace Smirk.Imaging.Reading;

/// <summary>The ground that a transparent picture is laid over. White is what is expected; black shows what is itself next to white. The
/// same choice as in native/vips/decode.cpp.</summary>
internal static class Ground
{
    /// <summary>White, as a channel's value.</summary>
    public const int White = 255;

    /// <summary>Black, as a channel's value.</summary>
    public const int Black = 0;

    // Twelve times as far from black as from white: lighter than 235 of 255 on average.
    private const long MostWhiteness = 12;

    /// <summary>Whether the picture is to be seen on black and hardly on white.</summary>
    /// <param name="onWhite">Its samples, laid over white.</param>
    /// <param name="onBlack">The same over black.</param>
    public static bool IsBlack(ReadOnlySpan<byte> onWhite, ReadOnlySpan<byte> onBlack)
    {
        var (seenOnWhite, seenOnBlack) = (0L, 0L);
        foreach (var value in onWhite)
            seenOnWhite += White - value;
        foreach (var value in onBlack)
            seenOnBlack += value;
        return seenOnWhite * MostWhiteness < seenOnBlack;
    }
}
