using Smirk.Drawing.Raster;

namespace Smirk.Drawing.Faces;

/// <summary>Brows: one up, one down. Drawn over the bangs, as cartoons do, so that they can always be read.</summary>
internal static class BrowPainter
{
    public static void Paint(Canvas canvas, FaceTraits traits)
    {
        foreach (var side in (int[])[-1, 1])
        {
            var raised = side == traits.Side ? traits.BrowRaise : -0.35 * traits.BrowRaise;
            var (x, y) = (0.5 + (side * EyePainter.Apart) + traits.FeatureShift, 0.447 - (raised * 0.030));
            var arch = 0.020 + (0.020 * Math.Max(0, raised));
            var inner = raised > 0 ? 0.004 : 0.020;
            var brow = Outline.From(x - (side * 0.072), y + inner)
                .Curve(x - (side * 0.02), y - arch, x + (side * 0.04), y - arch, x + (side * 0.088), y + 0.012);
            canvas.Stroke(brow, t => (float)(traits.BrowWidth * Math.Min(1, (1.25 * (1 - t)) + 0.15)), traits.Hair.Line());
        }
    }
}
