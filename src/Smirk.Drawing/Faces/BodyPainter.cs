using Smirk.Drawing.Raster;

namespace Smirk.Drawing.Faces;

/// <summary>Neck, shoulders, and what is worn.</summary>
internal static class BodyPainter
{
    public static void Paint(Canvas canvas, FaceTraits traits)
    {
        var neck = Outline.From(0.415, 0.70).Bend(0.425, 0.86, 0.40, 0.95).To(0.60, 0.95).Bend(0.575, 0.86, 0.585, 0.70);
        var skin = canvas.Fill(neck, traits.Skin);
        // The head's shadow.
        canvas.Fill(Outline.Ellipse(0.5, 0.76, 0.2, 0.125), traits.Skin.Shade(), skin);
        canvas.Line(neck, FacePainter.LineWidth, traits.Skin.Line());

        var shoulders = Outline.From(0.06, 1.6).Curve(0.06, 0.98, 0.20, 0.955, 0.395, 0.915).Bend(0.5, 0.985, 0.605, 0.915)
            .Curve(0.80, 0.955, 0.94, 0.98, 0.94, 1.6);
        var cloth = canvas.Fill(shoulders, Raster.Paint.Along(0.5, 0.9, traits.Cloth, 0.5, 1.1, traits.Cloth.Shade()));
        canvas.Line(shoulders, FacePainter.LineWidth, traits.Cloth.Line());
        Detail(canvas, traits, cloth);
    }

    private static void Detail(Canvas canvas, FaceTraits traits, Mask cloth)
    {
        switch (traits.Clothing)
        {
            case Clothing.Sailor:
                foreach (var collar in Both(
                    Outline.From(0.36, 0.90).To(0.24, 0.945).Bend(0.34, 1.0, 0.5, 1.06).Bend(0.42, 0.98, 0.40, 0.915)))
                {
                    canvas.Fill(collar, traits.Trim);
                    canvas.Line(collar, FacePainter.LineWidth * 0.8, traits.Trim.Line());
                }

                break;
            case Clothing.Hoodie:
                foreach (var hood in Both(Outline.From(0.41, 0.885).Curve(0.28, 0.87, 0.20, 0.92, 0.26, 0.97).Bend(0.36, 0.955, 0.47, 1.0)))
                {
                    canvas.Fill(hood, traits.Cloth.Times(0.9, 0.88, 0.92));
                    canvas.Line(hood, FacePainter.LineWidth, traits.Cloth.Line());
                }

                break;
            case Clothing.Shirt:
                foreach (var collar in Both(Outline.From(0.395, 0.875).To(0.325, 0.93).To(0.42, 0.995).To(0.5, 0.965)))
                {
                    canvas.Fill(collar, Rgb.White.Towards(traits.Cloth, 0.12));
                    canvas.Line(collar, FacePainter.LineWidth * 0.8, traits.Cloth.Line());
                }

                canvas.Fill(Outline.From(0.47, 0.965).To(0.53, 0.965).To(0.55, 1.1).To(0.45, 1.1), traits.Trim, cloth);
                break;
            case Clothing.Turtleneck:
                var roll = Outline.From(0.395, 0.865).Bend(0.5, 0.90, 0.605, 0.865).To(0.615, 0.93).Bend(0.5, 0.985, 0.385, 0.93);
                canvas.Fill(roll, traits.Cloth);
                canvas.Line(roll, FacePainter.LineWidth, traits.Cloth.Line());
                break;
            default:
                canvas.Line(Outline.From(0.385, 0.93).Bend(0.5, 1.01, 0.615, 0.93), 0.018, traits.Trim, cloth);
                break;
        }
    }

    private static Outline[] Both(Outline left) => [left, left.Mirrored()];
}
