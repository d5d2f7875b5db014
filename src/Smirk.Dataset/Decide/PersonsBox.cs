using System.Globalization;
using Smirk.Workspace.Errors;

namespace Smirk.Dataset.Decide;

/// <summary>A bare face that a person drew a box around, in pixels of the upright picture.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public readonly record struct PersonsBox(int X, int Y, int Width, int Height)
{
    /// <summary>Reads <c>x,y,w,h</c>.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static PersonsBox Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var numbers = new int[4];
        for (var i = 0; i < 4; i++)
        {
            var isNumber = parts.Length == 4 && int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]);
            if (!isNumber || numbers[i] > 1_000_000 || (i >= 2 && numbers[i] == 0))
                throw new UsageException($"'{text}' is not a box; expected x,y,w,h in pixels, such as 120,40,96,96.");
        }

        return new PersonsBox(numbers[0], numbers[1], numbers[2], numbers[3]);
    }
}
