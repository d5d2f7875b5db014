using Smirk.Drawing.Raster;

namespace Smirk.Drawing.Faces;

/// <summary>One eye: big iris under a heavy lid.</summary>
internal static class EyePainter
{
    private const double EyeY = 0.565;
    private const double HalfWidth = 0.082;
    private const double HalfHeight = 0.088;
    private static readonly Rgb Ink = new(0.13f, 0.09f, 0.13f);

    /// <summary>How far the eyes lie beside the middle of the face.</summary>
    internal const double Apart = 0.145;

    public static void Paint(Canvas canvas, FaceTraits traits, int side, Mask face)
    {
        var eye = new Frame(0.5 + (side * Apart) + (traits.FeatureShift * 1.1), EyeY, side * HalfWidth * traits.EyeSize
            * (1 - (0.07 * side * traits.Turn)), HalfHeight * traits.EyeSize);
        var ink = Ink.Towards(traits.Hair.Line(), 0.35);
        if (traits.EyeStyle == EyeStyle.Closed || (traits.EyeStyle == EyeStyle.Winking && side == traits.Side))
            Closed(canvas, eye, ink);
        else
            Opened(canvas, traits, eye, ink, face);
    }

    private static void Opened(Canvas canvas, FaceTraits traits, Frame eye, Rgb ink, Mask face)
    {
        var (open, slant) = (traits.EyeOpen, traits.EyeSlant);
        // Heavy lids are flat in the middle; open ones are round.
        var upper = Outline.From(eye.X(-0.98), eye.Y(0.12))
            .Curve(eye.X(-0.70), eye.Y(-1.25 * open), eye.X(0.45), eye.Y((-1.22 * open) - (0.2 * slant)), eye.X(1.0), eye.Y(-0.05 - slant));
        var shape = Outline.From(eye.X(-0.98), eye.Y(0.12))
            .Curve(eye.X(-0.70), eye.Y(-1.25 * open), eye.X(0.45), eye.Y((-1.22 * open) - (0.2 * slant)), eye.X(1.0), eye.Y(-0.05 - slant))
            .Curve(eye.X(0.80), eye.Y(0.86), eye.X(-0.52), eye.Y(1.0), eye.X(-0.98), eye.Y(0.12));
        var inside = canvas.Fill(shape, new Rgb(0.985f, 0.98f, 1f), face);
        Iris(canvas, traits, eye, inside, lid: -0.92 * open);

        // The lid's shadow, the lashes thick towards the temple, the fold above, a hint of the lower lid.
        canvas.Line(upper.Moved(0, 0.008), 0.024, new Rgb(0.35f, 0.30f, 0.45f), inside, 0.35);
        canvas.Stroke(upper, t => (float)(0.009 + (0.015 * t)), ink);
        canvas.Pen(Outline.From(eye.X(0.94), eye.Y(-0.06 - slant))
            .Bend(eye.X(1.14), eye.Y(-0.10 - slant), eye.X(1.24), eye.Y(-0.30 - slant)), 0.013, ink, ends: 0.3);
        canvas.Pen(Outline.From(eye.X(-0.75), eye.Y((-1.02 * open) - 0.20))
            .Bend(eye.X(0.1), eye.Y((-1.10 * open) - 0.36), eye.X(0.88), eye.Y((-0.62 * open) - 0.20 - slant)), 0.0075, traits.Skin.Line(),
            face, 0.8);
        canvas.Pen(Outline.From(eye.X(0.92), eye.Y(0.18 - (slant * 0.5))).Bend(eye.X(0.66), eye.Y(0.72), eye.X(-0.15), eye.Y(0.76)), 0.0085,
            ink, opacity: 0.8);
    }

    private static void Iris(Canvas canvas, FaceTraits traits, Frame eye, Mask inside, double lid)
    {
        var size = traits.EyeSize;
        var (x, y) = (eye.X(0) + (traits.Gaze * 0.020), eye.Y(0.04));
        var (radiusX, radiusY) = (0.053 * size, 0.076 * size);
        var (dark, bright) = (traits.Eyes.Times(0.36, 0.32, 0.40), traits.Eyes.Towards(Rgb.White, 0.38));
        canvas.Fill(Outline.Ellipse(x, y, radiusX, radiusY), dark, inside);
        canvas.Fill(Outline.Ellipse(x, y, radiusX - 0.009, radiusY - 0.009),
            Raster.Paint.Along(x, y - radiusY, dark, x, y + radiusY, bright), inside);
        canvas.Fill(Outline.Ellipse(x, y + (0.002 * size), radiusX * 0.42, radiusY * 0.46), dark.Times(0.5, 0.5, 0.5), inside);
        // Highlights sit just under the lid, or nobody would see them.
        var top = Math.Max(y - (radiusY * 0.5), eye.Y(lid) + 0.030);
        canvas.Fill(Outline.Ellipse(x - (0.021 * size), top, 0.0165 * size, 0.0185 * size), Rgb.White, inside);
        canvas.Fill(Outline.Ellipse(x + (0.024 * size), y + (radiusY * 0.50), 0.009 * size, 0.010 * size), Rgb.White, inside, 0.85);
    }

    private static void Closed(Canvas canvas, Frame eye, Rgb ink)
    {
        var lid =
            Outline.From(eye.X(-0.95), eye.Y(0.38)).Curve(eye.X(-0.45), eye.Y(-0.25), eye.X(0.5), eye.Y(-0.30), eye.X(1.05), eye.Y(0.30));
        canvas.Stroke(lid, t => (float)(0.010 + (0.010 * t)), ink);
        canvas.Pen(Outline.From(eye.X(0.86), eye.Y(0.10)).To(eye.X(1.20), eye.Y(0.0)), 0.012, ink, ends: 0.3);
        canvas.Pen(Outline.From(eye.X(0.96), eye.Y(0.26)).To(eye.X(1.24), eye.Y(0.26)), 0.011, ink, ends: 0.3);
    }

    // Across from −1 at the nose to 1 at the temple, down from −1 to 1.
    private readonly record struct Frame(double CentreX, double CentreY, double Width, double Height)
    {
        public double X(double u) => CentreX + (u * Width);

        public double Y(double v) => CentreY + (v * Height);
    }
}
