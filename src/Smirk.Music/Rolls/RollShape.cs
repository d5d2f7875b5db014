namespace Smirk.Music.Rolls;

/// <summary>How much of a tune a window shows: so many bars, from a lowest pitch on, as a square picture.</summary>
public sealed class RollShape
{
    // Three steps of time a column: its red, green and blue.
    private const int Thirds = 3;
    private const int Octave = 12;

    private RollShape(int bars, int lowestPitch) => (Bars, LowestPitch) = (bars, lowestPitch);

    /// <summary>Four bars, and the 64 pitches from two octaves below middle C up: 64 × 64 pixels.</summary>
    public static RollShape FourBars { get; } = new(4, lowestPitch: 36);

    /// <summary>Eight bars, and all 128 pitches that MIDI has: 128 × 128 pixels.</summary>
    public static RollShape EightBars { get; } = new(8, lowestPitch: 0);

    /// <summary>All there are.</summary>
    public static IReadOnlyList<RollShape> All { get; } = [FourBars, EightBars];

    /// <summary>Bars of a window.</summary>
    public int Bars { get; }

    /// <summary>Its length in steps.</summary>
    public int Steps => Bars * Roll.BarSteps;

    /// <summary>Edge of its picture in pixels, and how many pitches it has.</summary>
    public int Size => Steps / Thirds;

    /// <summary>The pitch of its picture's last row.</summary>
    public int LowestPitch { get; }

    /// <summary>The pitch of its picture's first row.</summary>
    public int HighestPitch => LowestPitch + Size - 1;

    /// <summary>The shape with so many bars; null where there is none.</summary>
    public static RollShape? OfBars(int bars) => All.FirstOrDefault(shape => shape.Bars == bars);

    /// <summary>The shape whose pictures have that edge, in pixels; null where there is none.</summary>
    public static RollShape? OfSize(int size) => All.FirstOrDefault(shape => shape.Size == size);

    /// <summary>The pitch, or the nearest one whole octaves away that a window has.</summary>
    public int Fold(int pitch)
    {
        while (pitch < LowestPitch)
            pitch += Octave;
        while (pitch > HighestPitch)
            pitch -= Octave;
        return pitch;
    }
}
