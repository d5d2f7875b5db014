using Smirk.Drawing.Raster;

namespace Smirk.Drawing.Faces;

/// <summary>Ears, the face's shape with its shadows, nose, blush.</summary>
internal static class HeadPainter
{
    /// <summary>Paints; returns what the face covers.</summary>
    public static Mask Paint(Canvas canvas, FaceTraits traits, Outline bangs)
    {
        Ears(canvas, traits);
        var outline = FaceOutline(traits);
        var face = canvas.Fill(outline, traits.Skin);
        // One light, from above: the bangs throw a shadow, and the cheek on the far side lies in one.
        canvas.Fill(bangs.Moved(0, 0.028), traits.Skin.Shade(), face, 0.75);
        var far = traits.Turn >= 0 ? -1 : 1;
        canvas.Fill(Outline.From(0.5 + (far * 0.30), 0.50).Curve(
            0.5 + (far * 0.245), 0.66, 0.5 + (far * 0.20), 0.76, 0.5 + (far * 0.02), 0.85).To(0.5 + (far * 0.4), 0.9), traits.Skin.Shade(),
            face, 0.6);
        Blush(canvas, traits, face);
        canvas.Line(outline, FacePainter.LineWidth, traits.Skin.Line());
        Nose(canvas, traits);
        return face;
    }

    private static Outline FaceOutline(FaceTraits traits)
    {
        var (jaw, chin) = (traits.JawWidth, traits.ChinY);
        var middle = 0.5 + (traits.FeatureShift * 0.6);
        return Outline.From(0.215, 0.44)
            .Curve(0.212, 0.60, 0.225, 0.655, 0.5 - jaw, 0.725).Curve(0.5 - (jaw * 0.72), 0.785, middle - 0.055, chin, middle, chin)
            .Curve(middle + 0.055, chin, 0.5 + (jaw * 0.72), 0.785, 0.5 + jaw, 0.725).Curve(0.775, 0.655, 0.788, 0.60, 0.785, 0.44)
            .Curve(0.77, 0.12, 0.23, 0.12, 0.215, 0.44);
    }

    private static void Ears(Canvas canvas, FaceTraits traits)
    {
        foreach (var x in (double[])[0.213, 0.787])
        {
            var ear = Outline.Ellipse(x, 0.565, 0.036, 0.058);
            canvas.Fill(ear, traits.Skin);
            canvas.Line(ear, FacePainter.LineWidth, traits.Skin.Line());
            canvas.Fill(Outline.Ellipse(x, 0.565, 0.017, 0.034), traits.Skin.Shade());
        }
    }

    private static void Blush(Canvas canvas, FaceTraits traits, Mask face)
    {
        var pink = traits.Skin.Times(1.0, 0.62, 0.60);
        foreach (var side in (int[])[-1, 1])
        {
            var x = 0.5 + (side * 0.175) + traits.FeatureShift;
            for (var ring = 1; ring <= 4; ring++)
                canvas.Fill(Outline.Ellipse(x, 0.668, 0.018 * ring, 0.0105 * ring), pink, face, traits.Blush * 0.36);
            if (traits.Has(Extras.Freckles))
            {
                for (var i = 0; i < 5; i++)
                    canvas.Fill(Outline.Ellipse(x + ((i - 2) * 0.018), 0.655 + (i % 2 * 0.016), 0.0055, 0.0055),
                        traits.Skin.Times(0.72, 0.55, 0.45), face);
            }
        }

        if (traits.Has(Extras.Mole))
            canvas.Fill(Outline.Ellipse(0.5 + (traits.Side * 0.13), 0.735, 0.0075, 0.0075), traits.Skin.Line(), face);
    }

    private static void Nose(Canvas canvas, FaceTraits traits)
    {
        var x = 0.5 + (traits.FeatureShift * 1.7);
        var towards = traits.Turn >= 0 ? 1 : -1;
        canvas.Pen(Outline.From(x + (towards * 0.004), 0.628).Bend(x + (towards * 0.016), 0.648, x - (towards * 0.004), 0.654), 0.009,
            traits.Skin.Line().Towards(traits.Skin, 0.35), ends: 0.4);
    }
}
