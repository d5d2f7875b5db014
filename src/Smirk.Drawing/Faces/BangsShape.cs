using Smirk.Drawing.Raster;

namespace Smirk.Drawing.Faces;

/// <summary>The hair over the forehead: the top of the head above, locks below.</summary>
internal static class BangsShape
{
    private const double Left = 0.165;
    private const double Right = 0.835;

    /// <summary>The closed outline.</summary>
    public static Outline Of(FaceTraits traits)
    {
        var outline = Outline.From(Left, 0.56).Curve(0.135, 0.20, 0.30, 0.06, 0.5, 0.06).Curve(0.70, 0.06, 0.865, 0.20, Right, 0.56);
        var count = traits.Bangs switch
        {
            Bangs.Blunt => traits.BangsCount + 2,
            Bangs.Tufts => Math.Min(5, traits.BangsCount),
            _ =>
            traits.BangsCount
        };
        var sweep = traits.Bangs is Bangs.Blunt or Bangs.Parted ? 0.2 * traits.BangsSweep : traits.BangsSweep;
        var from = (X: Right, Y: 0.56);
        for (var i = 0; i < count; i++)
        {
            // Between two notches hangs a lock; both sides of it bulge, more on the side that it is combed away from.
            var x = Right - 0.045 - ((i + 0.5) * (Right - Left - 0.09) / count);
            var edge = Right - 0.045 - ((i + 1) * (Right - Left - 0.09) / count);
            var tip = (X: x + (sweep * 0.045), Y: TipAt(traits, x, i));
            var notch = i == count - 1 ? (X: Left + 0.03, Y: 0.40) : (X: edge, Y: NotchAt(traits, edge, i));
            var start = i == 0 ? (X: Right - 0.03, Y: 0.40) : from;
            if (i == 0)
                outline.Bend(Right - 0.02, 0.48, start.X, start.Y);
            outline.Bend(((start.X + tip.X) / 2) + 0.012 - (sweep * 0.020), ((start.Y + tip.Y) / 2) + 0.022, tip.X, tip.Y);
            outline.Bend(((notch.X + tip.X) / 2) - 0.012 - (sweep * 0.020), ((notch.Y + tip.Y) / 2) + 0.022, notch.X, notch.Y);
            from = notch;
        }

        return outline.Bend(Left + 0.02, 0.48, Left, 0.56);
    }

    private static double TipAt(FaceTraits traits, double x, int lock_)
    {
        var uneven = traits.Strands[lock_];
        var beside = Math.Abs(x - 0.5 - traits.PartAt);
        return traits.Bangs switch
        {
            Bangs.Blunt => traits.BangsLength + 0.02 + (0.006 * uneven),
            Bangs.Parted => 0.36 + (0.55 * beside) + (0.02 * uneven),
            Bangs.Swept => traits.BangsLength - 0.03 + (0.16 * (x - 0.5) * Math.Sign(traits.BangsSweep)) + (0.02 * uneven),
            Bangs.OverOneEye when Math.Abs(x - 0.5 + (traits.Side * 0.16)) < 0.10 => 0.60 + (0.02 * uneven),
            Bangs.Wispy => traits.BangsLength + (0.045 * uneven),
            _ => traits.BangsLength + (0.10 * beside) + (0.03 * uneven),
        };
    }

    private static double NotchAt(FaceTraits traits, double x, int lock_)
    {
        var depth = traits.BangsDepth * (1 + (0.3 * traits.Strands[lock_ + 8]));
        return traits.Bangs switch
        {
            Bangs.Blunt => traits.BangsLength - 0.015,
            Bangs.Parted => 0.24 + (0.75 * Math.Abs(x - 0.5 - traits.PartAt)),
            Bangs.Tufts => traits.BangsLength - 0.05 - depth,
            _ => traits.BangsLength - 0.03 - depth,
        };
    }
}
