namespace Smirk.Dataset.Near.Prepare;

/// <summary>Tells line art, sprites, icons and scores from what a lens or a brush made. Such pictures are empty for the most part, and what
/// is in them is made of a few strokes that are alike: two of them fit each other as soon as much is allowed for. Nothing need be, since no
/// flat picture has been photographed.</summary>
internal static class Flatness
{
    // As the recipes have it (docs/recipes.md): photographs are below a fifth, shaded drawings at about a third.
    private const double Flat = 0.5;

    /// <summary>Whether half of the pixels or more are as their left neighbour is.</summary>
    /// <param name="pixels">Rows of pixels.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="bytes">Bytes of a pixel.</param>
    public static bool Of(ReadOnlySpan<byte> pixels, int width, int bytes = 1)
    {
        var (same, all) = (0L, 0L);
        for (var row = 0; row < pixels.Length; row += width * bytes)
        {
            for (var at = row + bytes; at < row + (width * bytes); at += bytes)
                same += pixels.Slice(at, bytes).SequenceEqual(pixels.Slice(at - bytes, bytes)) ? 1 : 0;
            all += width - 1;
        }

        return same >= Flat * all;
    }
}
