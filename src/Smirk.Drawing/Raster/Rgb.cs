namespace Smirk.Drawing.Raster;

/// <summary>A colour; components from 0 to 1 as sRGB has them.</summary>
internal readonly record struct Rgb(float Red, float Green, float Blue)
{
    public static readonly Rgb White = new(1, 1, 1);

    /// <summary>From hue in degrees, saturation and lightness from 0 to 1.</summary>
    public static Rgb FromHsl(double hue, double saturation, double lightness)
    {
        var amplitude = saturation * Math.Min(lightness, 1 - lightness);
        return new Rgb(Component(0), Component(8), Component(4));

        float Component(int offset)
        {
            var k = (offset + (hue / 30)) % 12;
            k = k < 0 ? k + 12 : k;
            return (float)Math.Clamp(lightness - (amplitude * Math.Max(-1, Math.Min(Math.Min(k - 3, 9 - k), 1))), 0, 1);
        }
    }

    /// <summary>The colour <paramref name="share"/> (0 to 1) of the way to <paramref name="other"/>.</summary>
    public Rgb Towards(Rgb other, double share)
    {
        var s = (float)share;
        return new Rgb(Red + ((other.Red - Red) * s), Green + ((other.Green - Green) * s), Blue + ((other.Blue - Blue) * s));
    }

    /// <summary>Each component multiplied; for shadows, which are colder than the light.</summary>
    public Rgb Times(double red, double green, double blue) => new((float)(Red * red), (float)(Green * green), (float)(Blue * blue));

    /// <summary>A flat cartoon shadow of this colour.</summary>
    public Rgb Shade() => Times(0.80, 0.72, 0.80);

    /// <summary>The dark line drawn around something of this colour.</summary>
    public Rgb Line() => Times(0.36, 0.28, 0.36);
}
