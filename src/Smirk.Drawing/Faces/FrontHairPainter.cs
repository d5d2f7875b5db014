using Smirk.Drawing.Raster;

namespace Smirk.Drawing.Faces;

/// <summary>Side locks and bangs, with strands and the shine on top.</summary>
internal static class FrontHairPainter
{
    public static void Paint(Canvas canvas, FaceTraits traits, Outline bangs)
    {
        var line = traits.Hair.Line();
        if (traits.SideLocks > 0)
        {
            foreach (var side in (int[])[-1, 1])
            {
                var lockShape = SideLock(traits, side);
                canvas.Fill(lockShape, Raster.Paint.Along(0.5, 0.4, traits.Hair, 0.5, 0.95, traits.Hair.Shade()));
                canvas.Line(lockShape, FacePainter.LineWidth, line);
            }
        }

        var hair = canvas.Fill(bangs, Raster.Paint.Along(0.5, 0.08, traits.Hair.Towards(Rgb.White, 0.06), 0.5, 0.52,
            traits.Hair.Times(0.93, 0.90, 0.94)));
        Shine(canvas, traits, hair);
        Strands(canvas, traits, hair);
        canvas.Line(bangs, FacePainter.LineWidth, line);
    }

    private static Outline SideLock(FaceTraits traits, int side)
    {
        var length = traits.SideLocks + (0.03 * traits.Strands[side + 1]);
        var lean = 0.03 * traits.Strands[side + 5];
        var shape = Outline.From(0.158, 0.36).Curve(0.140, 0.52, 0.150, length - 0.14, 0.205 + lean, length)
            .Curve(0.225, length - 0.14, 0.250, 0.54, 0.258, 0.38);
        return side < 0 ? shape : shape.Mirrored();
    }

    // A band across the crown, wavy below.
    private static void Shine(Canvas canvas, FaceTraits traits, Mask hair)
    {
        var shine = Outline.From(0.20, 0.335).Curve(0.30, 0.205, 0.70, 0.205, 0.80, 0.335);
        const int waves = 7;
        for (var i = 0; i < waves; i++)
        {
            var (from, to) = (0.80 - (i * 0.60 / waves), 0.80 - ((i + 1) * 0.60 / waves));
            shine.Bend((from + to) / 2, Arc((from + to) / 2) + 0.055 + (0.014 * traits.Strands[i]), to, Arc(to) + 0.005);
        }

        canvas.Fill(shine, traits.Hair.Towards(Rgb.White, 0.55), hair, 0.55);

        static double Arc(double x) => 0.237 + (1.05 * (x - 0.5) * (x - 0.5));
    }

    private static void Strands(Canvas canvas, FaceTraits traits, Mask hair)
    {
        var crown = 0.5 + (traits.PartAt * 0.7);
        for (var i = 0; i < 6; i++)
        {
            var x = 0.22 + (i * 0.56 / 5) + (traits.Strands[i + 12] * 0.02);
            var bottom = 0.40 + (0.03 * traits.Strands[i + 6]);
            canvas.Pen(Outline.From(crown + ((x - crown) * 0.35), 0.12)
                .Curve(crown + ((x - crown) * 0.8), 0.16, x, 0.26, x + (traits.BangsSweep * 0.02), bottom), 0.007, traits.Hair.Line(), hair,
                0.55);
        }
    }
}
