using Smirk.Drawing.Raster;

namespace Smirk.Drawing.Faces;

/// <summary>The smirk: one corner of the mouth goes up, the other doesn't.</summary>
internal static class MouthPainter
{
    private static readonly Rgb Inside = new(0.45f, 0.10f, 0.13f);
    private static readonly Rgb Tongue = new(0.88f, 0.42f, 0.42f);

    public static void Paint(Canvas canvas, FaceTraits traits)
    {
        var (side, width, lift) = (traits.Side, traits.MouthWidth, traits.MouthLift);
        var (x, y) = (0.5 + (traits.FeatureShift * 1.35) + (side * 0.016), 0.728);
        var line = traits.Skin.Line().Times(0.85, 0.7, 0.75);
        var smirk = Outline.From(x - (side * width), y + 0.010)
            .Curve(x - (side * width * 0.3), y + 0.026, x + (side * width * 0.5), y + 0.018, x + (side * width), y - lift);
        switch (traits.Mouth)
        {
            case MouthStyle.Open:
                Open(canvas, smirk, x, y, side, width, lift, line);
                break;
            case MouthStyle.Grin:
                Grin(canvas, smirk, x, y, side, width, lift, line);
                break;
            case MouthStyle.Cat:
                canvas.Pen(Outline.From(x - (side * width), y - 0.004).Bend(x - (side * width * 0.6), y + 0.034, x, y + 0.002)
                    .Bend(x + (side * width * 0.65), y + 0.046, x + (side * width * 1.05), y - lift), 0.0125, line, ends: 0.55);
                break;
            default:
                canvas.Pen(smirk, 0.0135, line, ends: 0.5);
                break;
        }

        if (traits.Mouth == MouthStyle.Fang)
        {
            var (fangX, fangY) = (x + (side * width * 0.40), y + 0.004);
            var fang = Outline.From(fangX - 0.021, fangY + (side * 0.004)).To(fangX + 0.021, fangY - (side * 0.006))
                .To(fangX + (side * 0.004), fangY + 0.036).To(fangX - 0.021, fangY + (side * 0.004));
            canvas.Fill(fang, Rgb.White);
            canvas.Line(fang, 0.0065, line);
            canvas.Pen(smirk, 0.0135, line, ends: 0.5);
        }

        // The dimple at the raised corner makes it smug.
        canvas.Pen(Outline.From(x + (side * (width - 0.004)), y - lift - 0.016)
            .Bend(x + (side * (width + 0.012)), y - lift, x + (side * (width + 0.002)), y - lift + 0.014), 0.010, line, ends: 0.4);
    }

    private static void Open(Canvas canvas, Outline smirk, double x, double y, int side, double width, double lift, Rgb line)
    {
        var low = x - (side * width);
        var shape = Copy(smirk).Curve(x + (side * width * 0.95), y + 0.045, x + (side * width * 0.1), y + 0.062, low, y + 0.010);
        var inside = canvas.Fill(shape, Inside);
        canvas.Fill(Outline.Ellipse(x + (side * width * 0.35), y + 0.052, width * 0.5, 0.022), Tongue, inside);
        canvas.Stroke(smirk, t => (float)(0.020 * Math.Sin(Math.PI * Math.Min(1, t * 1.2))), Rgb.White, inside);
        canvas.Line(shape, 0.009, line);
        canvas.Pen(smirk, 0.0125, line, ends: 0.5);
    }

    private static void Grin(Canvas canvas, Outline smirk, double x, double y, int side, double width, double lift, Rgb line)
    {
        var low = x - (side * width * 0.8);
        var shape = Copy(smirk).Curve(x + (side * width * 0.9), y + 0.020, x + (side * width * 0.3), y + 0.046, low, y + 0.016);
        var teeth = canvas.Fill(shape, Rgb.White);
        for (var i = 0; i < 3; i++)
        {
            var at = x + (side * width * (0.05 + (i * 0.27)));
            canvas.Line(Outline.From(at, y - 0.03).To(at + (side * 0.003), y + 0.05), 0.004, line, teeth, 0.45);
        }

        canvas.Line(shape, 0.0095, line);
        canvas.Pen(smirk, 0.0125, line, ends: 0.5);
    }

    private static Outline Copy(Outline outline) => outline.Moved(0, 0);
}
