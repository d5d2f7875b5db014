namespace Smirk.Music.Rolls;

/// <summary>A window as a square picture, as large as its shape says: the highest pitch is on top, a column is a sixteenth, and its red,
/// green and blue are the sixteenth's thirds. 255 sounds, 0 is silent.</summary>
public static class RollPixels
{
    private const int Thirds = 3;
    private const byte Threshold = 128;

    /// <summary>The picture: interleaved RGB, row by row from the top.</summary>
    /// <param name="window">As long as the shape says, and with no pitch that it doesn't have.</param>
    /// <param name="shape">What it is a window of.</param>
    public static byte[] ToRgb(Roll window, RollShape shape)
    {
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(shape);
        if (window.Steps != shape.Steps)
            throw new ArgumentException($"A window of {shape.Bars} bars has {shape.Steps} steps; this has {window.Steps}.", nameof(window));
        var rgb = new byte[shape.Size * shape.Steps];
        foreach (var note in window.Notes())
        {
            var row = rgb.AsSpan((shape.HighestPitch - note.Pitch) * shape.Steps, shape.Steps);
            row[note.Start..note.End].Fill(255);
        }

        return rgb;
    }

    /// <summary>The roll of a picture as <see cref="ToRgb"/> makes them.</summary>
    /// <param name="rgb">Interleaved RGB of the shape's size.</param>
    /// <param name="shape">What it is a window of.</param>
    public static Roll FromRgb(ReadOnlySpan<byte> rgb, RollShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (rgb.Length != shape.Size * shape.Steps)
            throw new ArgumentException($"A roll has {shape.Size * shape.Steps} values; these are {rgb.Length}.", nameof(rgb));
        var roll = new Roll(shape.Steps);
        for (var at = 0; at < rgb.Length; at++)
        {
            if (rgb[at] >= Threshold)
                roll[at % shape.Steps, shape.HighestPitch - (at / shape.Steps)] = true;
        }

        return roll;
    }

    /// <summary>What a picture holds; the lighter half of all values sounds.</summary>
    /// <param name="planes">[channels, S, S] of the shape's size: three planes, or one where red, green and blue are the same.</param>
    /// <param name="shape">What it is a window of.</param>
    public static Roll FromPlanes(ReadOnlySpan<byte> planes, RollShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var (size, plane) = (shape.Size, shape.Size * shape.Size);
        var channels = planes.Length / plane;
        if (planes.Length != channels * plane || channels is not (1 or Thirds))
            throw new ArgumentException($"A roll has 1 or 3 planes of {plane} values; these are {planes.Length} values.", nameof(planes));
        var roll = new Roll(shape.Steps);
        for (var at = 0; at < plane; at++)
        {
            for (var third = 0; third < Thirds; third++)
            {
                if (planes[(third % channels * plane) + at] >= Threshold)
                    roll[(at % size * Thirds) + third, shape.HighestPitch - (at / size)] = true;
            }
        }

        return roll;
    }
}
