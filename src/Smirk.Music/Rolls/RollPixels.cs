namespace Smirk.Music.Rolls;

/// <summary>A window as a picture of 64 × 64 pixels: the highest pitch is on top, a column is a sixteenth, and its red, green and blue are
/// the sixteenth's thirds. 255 sounds, 0 is silent.</summary>
public static class RollPixels
{
    /// <summary>Edge of the picture.</summary>
    public const int Size = 64;

    private const int Thirds = 3;
    private const byte Threshold = 128;

    /// <summary>The picture: interleaved RGB, row by row from the top.</summary>
    public static byte[] ToRgb(Roll window)
    {
        ArgumentNullException.ThrowIfNull(window);
        var rgb = new byte[Size * Size * Thirds];
        foreach (var note in window.Notes())
        {
            var row = rgb.AsSpan((Roll.HighestPitch - note.Pitch) * Size * Thirds, Size * Thirds);
            row[note.Start..note.End].Fill(255);
        }

        return rgb;
    }

    /// <summary>The roll of a picture as <see cref="ToRgb"/> makes them.</summary>
    /// <param name="rgb">Interleaved RGB, 64 × 64 pixels.</param>
    public static Roll FromRgb(ReadOnlySpan<byte> rgb)
    {
        if (rgb.Length != Size * Size * Thirds)
            throw new ArgumentException($"A roll has {Size * Size * Thirds} values; these are {rgb.Length}.", nameof(rgb));
        var roll = new Roll();
        for (var at = 0; at < rgb.Length; at++)
        {
            if (rgb[at] >= Threshold)
                roll[at % (Size * Thirds), Roll.HighestPitch - (at / (Size * Thirds))] = true;
        }

        return roll;
    }

    /// <summary>What a picture holds; the lighter half of all values sounds.</summary>
    /// <param name="planes">[channels, 64, 64]: three planes, or one where red, green and blue are the same.</param>
    public static Roll FromPlanes(ReadOnlySpan<byte> planes)
    {
        const int Plane = Size * Size;
        var channels = planes.Length / Plane;
        if (planes.Length != channels * Plane || channels is not (1 or Thirds))
            throw new ArgumentException($"A roll has 1 or 3 planes of {Plane} values; these are {planes.Length} values.", nameof(planes));
        var roll = new Roll();
        for (var at = 0; at < Plane; at++)
        {
            for (var third = 0; third < Thirds; third++)
            {
                if (planes[(third % channels * Plane) + at] >= Threshold)
                    roll[(at % Size * Thirds) + third, Roll.HighestPitch - (at / Size)] = true;
            }
        }

        return roll;
    }
}
