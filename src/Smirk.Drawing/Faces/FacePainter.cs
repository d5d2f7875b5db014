using System.Numerics;
using Smirk.Drawing.Raster;
using Smirk.Imaging;

namespace Smirk.Drawing.Faces;

/// <summary>Paints a face from its traits, back to front: backdrop, hair behind, body, head, features, hair before, extras.</summary>
internal static class FacePainter
{
    /// <summary>The width of outlines, in shares of the side.</summary>
    internal const double LineWidth = 0.0085;

    /// <summary>A picture of <paramref name="width"/> × <paramref name="height"/>; the face fills its central square.</summary>
    public static Picture Paint(FaceTraits traits, int width, int height)
    {
        var side = Math.Min(width, height);
        var upright = Matrix3x2.CreateScale(side) * Matrix3x2.CreateTranslation((width - side) / 2f, (height - side) / 2f);
        var canvas = new Canvas(width, height, upright);
        BackdropPainter.Paint(canvas, traits);

        // The body stays put; the head leans and shifts.
        var middle = new Vector2(0.5f, 0.55f);
        var pose =
            Matrix3x2.CreateScale((float)traits.Scale, middle) * Matrix3x2.CreateRotation((float)(traits.Tilt * Math.PI / 180), middle)
            * Matrix3x2.CreateTranslation((float)traits.ShiftX, (float)traits.ShiftY);
        canvas.ToPixels = pose * upright;
        BackHairPainter.Paint(canvas, traits);
        canvas.ToPixels = upright;
        BodyPainter.Paint(canvas, traits);
        canvas.ToPixels = pose * upright;

        ExtrasPainter.PaintBehind(canvas, traits);
        var bangs = BangsShape.Of(traits);
        var face = HeadPainter.Paint(canvas, traits, bangs);
        MouthPainter.Paint(canvas, traits);
        EyePainter.Paint(canvas, traits, side: -1, face);
        EyePainter.Paint(canvas, traits, side: 1, face);
        FrontHairPainter.Paint(canvas, traits, bangs);
        BrowPainter.Paint(canvas, traits);
        ExtrasPainter.PaintBefore(canvas, traits);
        return canvas.ToPicture();
    }
}
