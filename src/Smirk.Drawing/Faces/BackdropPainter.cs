using Smirk.Drawing.Raster;

namespace Smirk.Drawing.Faces;

/// <summary>What is behind the person: soft, so that it never competes with the face.</summary>
internal static class BackdropPainter
{
    public static void Paint(Canvas canvas, FaceTraits traits)
    {
        var (from, to) = (traits.BackgroundFrom, traits.BackgroundTo);
        canvas.Clear(traits.Backdrop == Backdrop.Glow ? Raster.Paint.Around(0.5, 0.45, 0.75, from.Towards(Rgb.White, 0.35), to)
            : Raster.Paint.Along(0.2, 0, from, 0.8, 1, to));
        switch (traits.Backdrop)
        {
            case Backdrop.Split:
                var slope = 0.25 * traits.Strands[0];
                canvas.Fill(Outline.From(-1, 0.55 + slope).To(2, 0.55 - slope).To(2, 2).To(-1, 2), to.Times(0.9, 0.9, 0.95), opacity: 0.5);
                break;
            case Backdrop.Dots:
                for (var i = 0; i < 9; i++)
                {
                    var (x, y) =
                        ((((i % 3) + 0.5) / 3) + (traits.Strands[i] * 0.14), (((i / 3) + 0.4) / 3) + (traits.Strands[i + 9] * 0.14));
                    var radius = 0.045 + (0.03 * traits.Strands[i + 5]);
                    canvas.Fill(Outline.Ellipse(x, y, radius, radius), Rgb.White, opacity: 0.28);
                }

                break;
        }
    }
}
