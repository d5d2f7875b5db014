using Smirk.Imaging;

namespace Smirk.Dataset.Tests.Edits;

/// <summary>Filters of photo programs.</summary>
internal static class ToneEdits
{
    /// <summary>One of: brightness with contrast, gamma, saturation, sepia, grey, colour cast.</summary>
    public static Picture Tone(Picture picture, Random random)
    {
        var (a, b) = (random.NextDouble(), random.NextDouble());
        return random.Next(6) switch
        {
            0 => Map(picture, (r, g, bl) => (Contrast(r, a, b), Contrast(g, a, b), Contrast(bl, a, b))),
            1 => Map(picture, (r, g, bl) => (Gamma(r, a), Gamma(g, a), Gamma(bl, a))),
            2 => Map(picture, (r, g, bl) => Saturate(r, g, bl, 0.3 + (1.4 * a))),
            3 => Map(picture, (r, g, bl) => Sepia(r, g, bl, 0.4 + (0.6 * a))),
            4 => Map(picture, (r, g, bl) => Saturate(r, g, bl, 0)),
            _ => Map(picture, (r, g, bl) => (r * (0.8 + (0.3 * a)), g, bl * (0.8 + (0.3 * b)))),
        };
    }

    private static double Contrast(double value, double brightness, double contrast) =>
        0.5 + ((value - 0.5) * (0.7 + (0.7 * contrast))) + (0.24 * (brightness - 0.5));

    private static double Gamma(double value, double share) => Math.Pow(value, 0.65 + (0.85 * share));

    private static (double R, double G, double B) Saturate(double r, double g, double b, double amount)
    {
        var grey = (0.299 * r) + (0.587 * g) + (0.114 * b);
        return (grey + ((r - grey) * amount), grey + ((g - grey) * amount), grey + ((b - grey) * amount));
    }

    private static (double R, double G, double B) Sepia(double r, double g, double b, double amount)
    {
        var grey = (0.299 * r) + (0.587 * g) + (0.114 * b);
        return (r + (((grey * 1.08) - r) * amount), g + (((grey * 0.90) - g) * amount), b + (((grey * 0.68) - b) * amount));
    }

    /// <summary>Each pixel, components 0 to 1, through <paramref name="map"/>.</summary>
    internal static Picture Map(Picture picture, Func<double, double, double, (double R, double G, double B)> map)
    {
        var pixels = new byte[picture.Pixels.Length];
        for (var i = 0; i < pixels.Length; i += 3)
        {
            var (r, g, b) = map(picture.Pixels[i] / 255.0, picture.Pixels[i + 1] / 255.0, picture.Pixels[i + 2] / 255.0);
            (pixels[i], pixels[i + 1], pixels[i + 2]) = (Byte(r), Byte(g), Byte(b));
        }

        return new Picture(picture.Width, picture.Height, pixels);
    }

    private static byte Byte(double value) => (byte)Math.Clamp((value * 255) + 0.5, 0, 255);
}
