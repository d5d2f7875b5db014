using System.Globalization;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Errors;

namespace Smirk.Dataset.Crop.Stage;

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
            if (parts.Length != 4 || !int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]) || numbers[i] > 1_000_000 || (i >= 2 && numbers[i] == 0))
                throw new UsageException($"'{text}' is no box; expected x,y,w,h in pixels, such as 120,40,96,96.");
        }

        return new PersonsBox(numbers[0], numbers[1], numbers[2], numbers[3]);
    }
}

/// <summary>Puts a person's boxes in the place of what was found in a picture. They stay when the faces are searched again.</summary>
/// <param name="workspace">The workspace, open to write.</param>
public sealed class PersonsBoxes(SmirkWorkspace workspace)
{
    /// <summary>Makes <paramref name="boxes"/> the only crops of the picture.</summary>
    /// <exception cref="UsageException">One of them doesn't lie in the picture.</exception>
    public void Set(StoredPicture picture, IReadOnlyList<PersonsBox> boxes)
    {
        Check(picture, boxes);
        workspace.Catalog.InTransaction(() =>
        {
            workspace.Catalog.Crops.ClearPerson(picture.Id);
            foreach (var box in boxes)
                workspace.Catalog.Crops.Add(new CropRow(0, picture.Id, box.X, box.Y, box.Width, box.Height, null, "face", "person") { Margin = new CropOptions().Margin });
        });
    }

    // Before anything is written.
    private static void Check(StoredPicture picture, IReadOnlyList<PersonsBox> boxes)
    {
        foreach (var box in boxes)
        {
            if (box.X + box.Width > picture.Width || box.Y + box.Height > picture.Height)
                throw new UsageException($"--box {box.X},{box.Y},{box.Width},{box.Height} doesn't lie in the picture, which has {picture.Width} × {picture.Height} pixels.");
        }
    }
}
