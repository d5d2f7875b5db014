using Smirk.Imaging;

namespace Smirk.Drawing.Styles;

/// <summary>Paints one picture of any style but faces.</summary>
internal static class StylePainter
{
    /// <summary>A square picture; the same <paramref name="random"/> gives the same one.</summary>
    public static Picture Paint(DrawStyle style, Random random, int side) => style switch
    {
        DrawStyle.Sprites => SpritePainter.Paint(random, side),
        DrawStyle.Lines => LinePainter.Paint(random, side),
        DrawStyle.Gradients => GradientPainter.Paint(random, side),
        DrawStyle.Glyphs => GlyphPainter.Paint(random, side),
        DrawStyle.Rolls => RollPainter.Paint(random, side),
        _ => throw new ArgumentOutOfRangeException(nameof(style), style, "Faces have a painter of their own."),
    };
}
