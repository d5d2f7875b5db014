using System.Globalization;
using Smirk.Workspace.Errors;

namespace Smirk.Dataset.Decide;

/// <summary>A bare face that a person drew a box around, in pixels of the upright picture.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Angle">The box leans so many degrees clockwise, −180…180; the crop is turned upright by as much.</param>
public readonly record struct PersonsBox(int X, int Y, int Width, int Height, double Angle = 0)
{
    /// <summary>Reads <c>x,y,w,h</c> or <c>x,y,w,h,angle</c>.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static PersonsBox Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var numbers = new int[4];
        var angle = 0.0;
        var isBox = parts.Length == 4
            || (parts.Length == 5 && double.TryParse(parts[4], NumberStyles.Float, CultureInfo.InvariantCulture, out angle)
                && Math.Abs(angle) <= 180);
        for (var i = 0; i < 4; i++)
        {
            isBox = isBox && int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])
                && numbers[i] <= 1_000_000 && (i < 2 || numbers[i] > 0);
        }

        if (!isBox)
            throw new UsageException(
                $"'{text}' is not a box; expected x,y,w,h in pixels, such as 120,40,96,96, or x,y,w,h,degrees for a face that leans.");
        return new PersonsBox(numbers[0], numbers[1], numbers[2], numbers[3], angle);
    }
}
