using Smirk.Drawing.Raster;

namespace Smirk.Drawing.Faces;

/// <summary>Glasses, bows, ears of cats: what makes two alike faces different people.</summary>
internal static class ExtrasPainter
{
    /// <summary>What the hair of the forehead covers.</summary>
    public static void PaintBehind(Canvas canvas, FaceTraits traits)
    {
        if (!traits.Has(Extras.CatEars))
            return;
        foreach (var mirror in (bool[])[false, true])
        {
            var ear = Outline.From(0.19, 0.30).Curve(0.16, 0.16, 0.17, 0.04, 0.20, -0.01).Curve(0.30, 0.02, 0.38, 0.07, 0.43, 0.14);
            var inner = Outline.From(0.225, 0.25).Curve(0.20, 0.16, 0.20, 0.08, 0.215, 0.045).Curve(0.28, 0.06, 0.33, 0.10, 0.37, 0.16);
            canvas.Fill(mirror ? ear.Mirrored() : ear, traits.Hair);
            canvas.Line(mirror ? ear.Mirrored() : ear, FacePainter.LineWidth, traits.Hair.Line());
            canvas.Fill(mirror ? inner.Mirrored() : inner, new Rgb(0.96f, 0.70f, 0.72f));
        }
    }

    /// <summary>What lies over everything.</summary>
    public static void PaintBefore(Canvas canvas, FaceTraits traits)
    {
        if (traits.Has(Extras.Headband))
            Headband(canvas, traits);
        if (traits.Has(Extras.Headphones))
            Headphones(canvas, traits);
        if (traits.Has(Extras.Clips))
            Clips(canvas, traits);
        if (traits.Has(Extras.Bow))
            Bow(canvas, traits);
        if (traits.Has(Extras.Flower))
            Flower(canvas, traits);
        if (traits.Has(Extras.Earrings))
            Earrings(canvas, traits);
        if (traits.Has(Extras.Glasses))
            Glasses(canvas, traits);
    }

    private static void Glasses(Canvas canvas, FaceTraits traits)
    {
        var frame = traits.Trim.Times(0.45, 0.45, 0.5);
        var middle = 0.5 + (traits.FeatureShift * 1.2);
        foreach (var side in (int[])[-1, 1])
        {
            var lens = Outline.Ellipse(middle + (side * 0.142), 0.578, 0.108, 0.088);
            canvas.Fill(lens, Rgb.White, opacity: 0.10);
            canvas.Line(lens, 0.012, frame);
            canvas.Line(Outline.From(middle + (side * 0.25), 0.565).To(0.5 + (side * 0.30), 0.55), 0.011, frame);
        }

        canvas.Line(Outline.From(middle - 0.036, 0.57).Bend(middle, 0.552, middle + 0.036, 0.57), 0.011, frame);
    }

    private static void Bow(Canvas canvas, FaceTraits traits)
    {
        var x = 0.5 - (traits.Side * 0.20);
        foreach (var side in (int[])[-1, 1])
        {
            var loop = Outline.From(x, 0.135).Curve(x + (side * 0.06), 0.03, x + (side * 0.15), 0.02, x + (side * 0.14), 0.12)
                .Curve(x + (side * 0.145), 0.22, x + (side * 0.06), 0.22, x, 0.145);
            canvas.Fill(loop, Raster.Paint.Along(x, 0.05, traits.Trim, x, 0.22, traits.Trim.Shade()));
            canvas.Line(loop, FacePainter.LineWidth, traits.Trim.Line());
        }

        var knot = Outline.Ellipse(x, 0.14, 0.030, 0.034);
        canvas.Fill(knot, traits.Trim);
        canvas.Line(knot, FacePainter.LineWidth, traits.Trim.Line());
    }

    private static void Flower(Canvas canvas, FaceTraits traits)
    {
        var (x, y) = (0.5 - (traits.Side * 0.255), 0.235);
        for (var i = 0; i < 5; i++)
        {
            var (sin, cos) = Math.SinCos((i * 2 * Math.PI / 5) + 0.3);
            var petal = Outline.Ellipse(x + (0.045 * cos), y + (0.045 * sin), 0.037, 0.037);
            canvas.Fill(petal, traits.Trim.Towards(Rgb.White, 0.35));
            canvas.Line(petal, 0.006, traits.Trim.Line());
        }

        canvas.Fill(Outline.Ellipse(x, y, 0.028, 0.028), new Rgb(0.98f, 0.82f, 0.35f));
    }

    private static void Clips(Canvas canvas, FaceTraits traits)
    {
        foreach (var offset in (double[])[0, 0.045])
        {
            var (x, y) = (0.5 + (traits.Side * 0.20), 0.33 + offset);
            var clip = Outline.From(x - 0.045, y + (traits.Side * 0.014)).To(x + 0.045, y - (traits.Side * 0.014));
            canvas.Line(clip, 0.026, traits.Trim.Line());
            canvas.Line(clip, 0.015, traits.Trim);
        }
    }

    private static void Headband(Canvas canvas, FaceTraits traits)
    {
        var band = Outline.From(0.155, 0.36).Curve(0.20, 0.09, 0.80, 0.09, 0.845, 0.36);
        canvas.Line(band, 0.052, traits.Trim.Line());
        canvas.Line(band, 0.038, traits.Trim);
    }

    private static void Headphones(Canvas canvas, FaceTraits traits)
    {
        var arc = Outline.From(0.145, 0.50).Curve(0.10, -0.06, 0.90, -0.06, 0.855, 0.50);
        canvas.Line(arc, 0.040, traits.Trim.Line());
        canvas.Line(arc, 0.026, traits.Trim.Towards(Rgb.White, 0.2));
        foreach (var x in (double[])[0.148, 0.852])
        {
            var cup = Outline.Ellipse(x, 0.54, 0.060, 0.088);
            canvas.Fill(cup, traits.Trim);
            canvas.Line(cup, FacePainter.LineWidth, traits.Trim.Line());
            canvas.Fill(Outline.Ellipse(x, 0.54, 0.032, 0.052), traits.Trim.Shade());
        }
    }

    private static void Earrings(Canvas canvas, FaceTraits traits)
    {
        foreach (var x in (double[])[0.213, 0.787])
        {
            var ring = Outline.Ellipse(x, 0.648, 0.016, 0.020);
            canvas.Fill(ring, new Rgb(0.96f, 0.82f, 0.42f));
            canvas.Line(ring, 0.005, new Rgb(0.45f, 0.33f, 0.10f));
        }
    }
}
