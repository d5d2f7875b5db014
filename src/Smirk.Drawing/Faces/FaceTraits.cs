using Smirk.Drawing.Raster;

namespace Smirk.Drawing.Faces;

internal enum BackHair { Short, Bob, Long, Wavy, TwinTails, Ponytail, Spiky, Buns }

internal enum Bangs { Blunt, Swept, Parted, Tufts, OverOneEye, Wispy }

internal enum MouthStyle { Line, Open, Grin, Cat, Fang }

internal enum EyeStyle { HalfClosed, Sharp, Round, Winking, Closed }

internal enum Clothing { Crew, Sailor, Hoodie, Shirt, Turtleneck }

internal enum Backdrop { Gradient, Glow, Split, Dots }

[Flags]
internal enum Extras
{
    None = 0,
    Glasses = 1,
    Bow = 2,
    Clips = 4,
    CatEars = 8,
    Headphones = 16,
    Flower = 32,
    Earrings = 64,
    Headband = 128,
    Freckles = 256,
    Mole = 512,
}

/// <summary>Everything that makes one face: lengths in shares of the picture's side, angles in degrees.</summary>
internal sealed record FaceTraits
{
    public required Rgb Skin { get; init; }
    public required Rgb Hair { get; init; }
    public required Rgb Eyes { get; init; }
    public required Rgb Cloth { get; init; }
    public required Rgb Trim { get; init; }
    public required Rgb BackgroundFrom { get; init; }
    public required Rgb BackgroundTo { get; init; }
    public required Backdrop Backdrop { get; init; }
    public required BackHair BackHair { get; init; }
    public required Bangs Bangs { get; init; }
    public required MouthStyle Mouth { get; init; }
    public required EyeStyle EyeStyle { get; init; }
    public required Clothing Clothing { get; init; }
    public required Extras Extras { get; init; }

    /// <summary>−1 (looks to our left) to 1: features shift, as on a head that turns a little.</summary>
    public required double Turn { get; init; }

    /// <summary>The head leans by so many degrees.</summary>
    public required double Tilt { get; init; }

    public required double Scale { get; init; }
    public required double ShiftX { get; init; }
    public required double ShiftY { get; init; }
    public required double JawWidth { get; init; }
    public required double ChinY { get; init; }

    /// <summary>How far the lids are open, 0 to 1.</summary>
    public required double EyeOpen { get; init; }

    public required double EyeSize { get; init; }
    public required double EyeSlant { get; init; }
    public required double Gaze { get; init; }

    /// <summary>−1 or 1: the corner of the mouth, and the brow, that are raised.</summary>
    public required int Side { get; init; }

    public required double MouthWidth { get; init; }
    public required double MouthLift { get; init; }
    public required double BrowRaise { get; init; }
    public required double BrowWidth { get; init; }
    public required double Blush { get; init; }
    public required double BangsLength { get; init; }
    public required double BangsDepth { get; init; }
    public required double BangsSweep { get; init; }
    public required int BangsCount { get; init; }
    public required double PartAt { get; init; }
    public required double SideLocks { get; init; }

    /// <summary>Unevenness of the strands; −1 to 1 each.</summary>
    public required IReadOnlyList<double> Strands { get; init; }

    /// <summary>How far features lie beside the middle.</summary>
    public double FeatureShift => Turn * 0.022;

    public bool Has(Extras extra) => Extras.HasFlag(extra);
}
