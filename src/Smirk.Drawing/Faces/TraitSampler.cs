using Smirk.Drawing.Raster;

namespace Smirk.Drawing.Faces;

/// <summary>Makes up faces: what is common among cartoon faces is common here, and every number has room to vary.</summary>
internal static class TraitSampler
{
    // Hue, saturation, lightness of hair as cartoons have it.
    private static readonly (double Hue, double Saturation, double Lightness)[] HairColours =
    [
        (225, 0.28, 0.20), (20, 0.45, 0.26), (25, 0.55, 0.38), (44, 0.75, 0.64), (48, 0.55, 0.76), (345, 0.62, 0.70), (275, 0.42, 0.60),
        (180, 0.42, 0.50), (215, 0.55, 0.48), (205, 0.22, 0.78), (12, 0.72, 0.50), (120, 0.32, 0.45), (300, 0.30, 0.40), (355, 0.62, 0.42),
            (0, 0.02, 0.88),
    ];

    private static readonly (double Hue, double Saturation, double Lightness)[] SkinColours =
    [
        (24, 0.85, 0.90), (22, 0.80, 0.87), (26, 0.72, 0.84), (24, 0.62, 0.77), (24, 0.50, 0.64), (22, 0.45, 0.50), (20, 0.42, 0.38),
    ];

    private static readonly double[] EyeHues = [200, 215, 150, 120, 35, 15, 350, 280, 310, 180, 45];

    /// <summary>A face from <paramref name="random"/>.</summary>
    public static FaceTraits Sample(Random random)
    {
        var hair = Jitter(random, random.Pick(HairColours), 8, 0.08, 0.05);
        var backgroundHue = random.Between(0, 360);
        var light = random.Between(0.66, 0.92);
        var clothHue = random.Between(0, 360);
        var side = random.Pick(-1, 1);
        var turn = Math.Clamp((random.Between(-1, 1) * 0.7) + (side * 0.15), -1, 1);
        var eyes = EyeStyleOf(random);
        return new FaceTraits
        {
            // Fair skin is the likelier in what people collect; every tone occurs.
            Skin = Jitter(random, SkinColours[(int)(SkinColours.Length * Math.Pow(random.NextDouble(), 1.6))], 3, 0.05, 0.015),
            Hair = hair,
            Eyes = Rgb.FromHsl(random.Pick(EyeHues) + random.Between(-10, 10), random.Between(0.5, 0.85), random.Between(0.40, 0.55)),
            Cloth = Rgb.FromHsl(clothHue, random.Between(0.1, 0.6), random.Between(0.25, 0.85)),
            Trim = Rgb.FromHsl(clothHue + random.Between(90, 270), random.Between(0.4, 0.8), random.Between(0.4, 0.7)),
            BackgroundFrom = Rgb.FromHsl(backgroundHue, random.Between(0.2, 0.55), light),
            BackgroundTo =
                Rgb.FromHsl(backgroundHue + random.Between(-50, 50), random.Between(0.15, 0.45), light - random.Between(0.08, 0.25)),
            Backdrop = random.PickAny<Backdrop>(),
            BackHair = random.PickAny<BackHair>(),
            Bangs = random.PickAny<Bangs>(),
            Mouth = random.Pick(MouthStyle.Line, MouthStyle.Line, MouthStyle.Line, MouthStyle.Open, MouthStyle.Open, MouthStyle.Grin,
                MouthStyle.Cat, MouthStyle.Fang),
            EyeStyle = eyes,
            Clothing = random.PickAny<Clothing>(),
            Extras = ExtrasOf(random),
            Turn = turn,
            Tilt = random.Between(-6, 6),
            Scale = random.Between(0.98, 1.07),
            ShiftX = random.Between(-0.02, 0.02),
            ShiftY = random.Between(-0.015, 0.015),
            JawWidth = random.Between(0.17, 0.215),
            ChinY = random.Between(0.815, 0.845),
            EyeOpen = eyes switch
            {
                EyeStyle.Round => random.Between(0.72, 0.9),
                EyeStyle.Sharp => random.Between(0.45, 0.65),
                _ =>
                random.Between(0.26, 0.48)
            },
            EyeSize = random.Between(1.02, 1.2),
            EyeSlant = random.Between(-0.1, 0.3),
            Gaze = Math.Clamp((turn * 0.5) + random.Between(-0.7, 0.7), -1, 1),
            Side = side,
            MouthWidth = random.Between(0.074, 0.104),
            MouthLift = random.Between(0.036, 0.060),
            BrowRaise = random.Between(0.2, 1),
            BrowWidth = random.Between(0.012, 0.022),
            Blush = random.Chance(0.75) ? random.Between(0.25, 0.6) : 0,
            BangsLength = random.Between(0.405, 0.475),
            BangsDepth = random.Between(0.05, 0.13),
            BangsSweep = random.Between(-1, 1),
            BangsCount = random.Next(4, 8),
            PartAt = random.Between(-0.14, 0.14),
            SideLocks = random.Chance(0.75) ? random.Between(0.62, 0.98) : 0,
            Strands = [.. Enumerable.Range(0, 24).Select(_ => random.Between(-1, 1))],
        };
    }

    private static EyeStyle EyeStyleOf(Random random) => random.NextDouble() switch
    {
        < 0.55 => EyeStyle.HalfClosed,
        < 0.75 => EyeStyle.Sharp,
        < 0.88 => EyeStyle.Round,
        < 0.96 => EyeStyle.Winking,
        _ => EyeStyle.Closed,
    };

    private static Extras ExtrasOf(Random random)
    {
        var extras = Extras.None;
        foreach (var (extra, probability) in ((Extras, double)[])[(Extras.Glasses, 0.12), (Extras.Clips, 0.13), (Extras.Earrings, 0.15),
            (Extras.Freckles, 0.08), (Extras.Mole, 0.10)])
            extras |= random.Chance(probability) ? extra : Extras.None;
        // On the head there is room for one.
        return extras | (random.Chance(0.38)
            ? random.Pick(Extras.Bow, Extras.CatEars, Extras.CatEars, Extras.Headphones, Extras.Flower, Extras.Headband) : Extras.None);
    }

    private static Rgb Jitter(
        Random random, (double Hue, double Saturation, double Lightness) colour, double hue, double saturation, double lightness) =>
        Rgb.FromHsl(
        colour.Hue + random.Between(-hue, hue),
        Math.Clamp(colour.Saturation + random.Between(-saturation, saturation), 0, 1),
        Math.Clamp(colour.Lightness + random.Between(-lightness, lightness), 0.05, 0.95));
}
