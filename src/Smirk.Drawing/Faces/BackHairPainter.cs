using Smirk.Drawing.Raster;

namespace Smirk.Drawing.Faces;

/// <summary>The hair behind head and body.</summary>
internal static class BackHairPainter
{
    public static void Paint(Canvas canvas, FaceTraits traits)
    {
        var colour = traits.Hair.Times(0.84, 0.80, 0.86);
        foreach (var shape in Shapes(traits))
        {
            canvas.Fill(shape, Raster.Paint.Along(0.5, 0.1, colour, 0.5, 1, traits.Hair.Times(0.70, 0.64, 0.74)));
            canvas.Line(shape, FacePainter.LineWidth, traits.Hair.Line());
        }
    }

    private static IEnumerable<Outline> Shapes(FaceTraits traits)
    {
        var uneven = traits.Strands;
        switch (traits.BackHair)
        {
            case BackHair.Bob:
                yield return Symmetric(
                    left: o => o.Curve(0.10, 0.62, 0.12, 0.74, 0.16 + (uneven[0] * 0.02), 0.84).Bend(0.26, 0.90, 0.40, 0.86));
                break;
            case BackHair.Long:
                yield return Symmetric(left: o => o.Curve(0.12, 0.62, 0.10 + (uneven[0] * 0.03), 0.85, 0.08, 1.1));
                break;
            case BackHair.Wavy:
                yield return Symmetric(left: o => o.Bend(0.08, 0.56, 0.14, 0.64).Bend(0.04, 0.70, 0.12, 0.80).Bend(0.02, 0.86, 0.10, 0.95)
                    .Bend(0.04, 1.0, 0.06, 1.1));
                break;
            case BackHair.TwinTails:
                yield return Tail(traits);
                yield return Tail(traits).Mirrored();
                yield return Cap();
                break;
            case BackHair.Ponytail:
                var tail = Outline.From(0.66, 0.14).Curve(0.84, 0.02, 1.02, 0.20, 0.95, 0.50)
                    .Curve(0.93, 0.66, 0.98, 0.74, 0.90 + (uneven[1] * 0.04), 0.90).Curve(0.84, 0.70, 0.86, 0.50, 0.78, 0.34);
                yield return traits.Side > 0 ? tail : tail.Mirrored();
                yield return Cap();
                break;
            case BackHair.Spiky:
                yield return Spikes(uneven);
                break;
            case BackHair.Buns:
                yield return Outline.Ellipse(0.23, 0.13, 0.105, 0.10);
                yield return Outline.Ellipse(0.77, 0.13, 0.105, 0.10);
                yield return Cap();
                break;
            default:
                yield return Cap();
                break;
        }
    }

    // Short hair: round the head and into the nape.
    private static Outline Cap() => Symmetric(left: o => o.Curve(0.15, 0.62, 0.20, 0.72, 0.30, 0.80).Bend(0.40, 0.86, 0.45, 0.84));

    // Over the top of the head from right to left, down the left side, and the same mirrored.
    private static Outline Symmetric(Func<Outline, Outline> left)
    {
        var half = left(Outline.From(0.5, 0.06).Curve(0.30, 0.06, 0.155, 0.20, 0.155, 0.46)).Points;
        var outline = Outline.From(half[0].X, half[0].Y);
        foreach (var point in half.Skip(1))
            outline.To(point.X, point.Y);
        foreach (var point in half.Reverse())
            outline.To(1 - point.X, point.Y);
        return outline;
    }

    private static Outline Tail(FaceTraits traits) =>
        Outline.From(0.24, 0.20).Curve(0.08, 0.16, -0.04, 0.34, 0.04, 0.58)
            .Curve(0.08, 0.74, 0.02, 0.86, 0.07 + (traits.Strands[2] * 0.03), 1.02)
            .Curve(0.16, 0.88, 0.17, 0.74, 0.165, 0.62).Curve(0.16, 0.46, 0.22, 0.40, 0.25, 0.34);

    private static Outline Spikes(IReadOnlyList<double> uneven)
    {
        const int count = 9;
        var outline = Outline.From(0.36, 0.84);
        for (var i = 0; i < count; i++)
        {
            // From the lower left clockwise to the lower right.
            var angle = (130 + (i * 280.0 / (count - 1)) + (uneven[i] * 5)) * Math.PI / 180;
            var next = (130 + ((i + 0.5) * 280.0 / (count - 1))) * Math.PI / 180;
            var reach = 0.455 + (0.03 * uneven[i]);
            outline.Bend(0.5 + (0.40 * Math.Cos(angle - 0.16)), 0.45 + (0.42 * Math.Sin(angle - 0.16)), 0.5 + (reach * Math.Cos(angle)),
                0.46 + (reach * Math.Sin(angle)));
            outline.Bend(0.5 + (0.39 * Math.Cos(angle + 0.10)), 0.45 + (0.41 * Math.Sin(angle + 0.10)), 0.5 + (0.345 * Math.Cos(next)),
                0.45 + (0.375 * Math.Sin(next)));
        }

        return outline;
    }
}
