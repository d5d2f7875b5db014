using System.Text.Json.Serialization;
using Smirk.Imaging;
using Smirk.Imaging.Faces;
using Smirk.Imaging.Vision;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Crop.Recipes;

/// <summary>A square to cut, as a recipe: another margin needs no new search.</summary>
/// <param name="X">Left edge of the bare face, pixels of the upright picture.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Angle">The face leans so many degrees clockwise; the crop is turned back by as much.</param>
/// <param name="Margin">Room around the face, in faces, half of it on each side: 0.6 makes a square of 1.6 faces.</param>
public sealed record CropRecipe(double X, double Y, double Width, double Height, double Angle, double Margin)
{
    // The detector's angle is good to about 5°: turning by less than that costs sharpness for nothing.
    private const double LevelFrom = 7;

    // Hair above takes more room than the chin below: the square's middle lies above the face's by this much of the margin.
    private const double Up = 0.1;

    /// <summary>The recipe for a face.</summary>
    public static CropRecipe For(Face face, double margin) =>
        new(face.X, face.Y, face.Width, face.Height, Math.Abs(face.Angle) < LevelFrom ? 0 : face.Angle, margin);

    /// <summary>The recipe that the catalog keeps.</summary>
    public static CropRecipe Of(CropRow crop)
    {
        ArgumentNullException.ThrowIfNull(crop);
        return new(crop.X, crop.Y, crop.Width, crop.Height, crop.Angle, crop.Margin);
    }

    /// <summary>The largest square in the middle of a picture.</summary>
    public static CropRecipe Middle(int width, int height)
    {
        var side = Math.Min(width, height);
        return new CropRecipe((width - side) / 2.0, (height - side) / 2.0, side, side, 0, 0);
    }

    /// <summary>The crop's side, pixels of the picture.</summary>
    [JsonIgnore]
    public double Side => Math.Max(Width, Height) * (1 + Margin);

    /// <summary>The crop's middle, pixels of the picture.</summary>
    [JsonIgnore]
    public (double X, double Y) Centre
    {
        get
        {
            var up = Up * Margin * Math.Max(Width, Height);
            var (sine, cosine) = Math.SinCos(Angle * Math.PI / 180);
            return (X + (Width / 2) + (sine * up), Y + (Height / 2) - (cosine * up));
        }
    }

    /// <summary>The crop before it is turned: x, y, width, height, in whole pixels of the picture; may reach beyond it.</summary>
    [JsonIgnore]
    public int[] Square
    {
        get
        {
            var (x, y) = Centre;
            var side = (int)Math.Round(Side);
            return [(int)Math.Round(x - (Side / 2)), (int)Math.Round(y - (Side / 2)), side, side];
        }
    }

    /// <summary>The same crop of the same picture in another size.</summary>
    public CropRecipe Scaled(double across, double down) =>
        this with { X = X * across, Y = Y * down, Width = Width * across, Height = Height * down };

    /// <summary>How much of the crop lies outside a picture of that size, and so is its reflection: 0 to 1.</summary>
    public double OutsideShare(int width, int height)
    {
        const int Grid = 32;
        var window = Window(Grid);
        var outside = 0;
        for (var i = 0; i < Grid * Grid; i++)
        {
            var (x, y) = window.ToPicture((i % Grid) + 0.5, (i / Grid) + 0.5);
            if (x < 0 || y < 0 || x > width || y > height)
                outside++;
        }

        return outside / (double)(Grid * Grid);
    }

    /// <summary>The square out of <paramref name="picture"/>, <paramref name="size"/> pixels a side; beyond the edges the picture is
    /// reflected.</summary>
    public Picture Cut(Picture picture, int size) => Window(size).Of(picture);

    private PictureWindow Window(int size)
    {
        var (x, y) = Centre;
        return PictureWindow.Square(x, y, Side, size, Angle);
    }
}
