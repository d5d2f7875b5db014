using Smirk.Dataset.Crop.Recipes;
using Smirk.Imaging;
using Smirk.Imaging.Faces;

namespace Smirk.Dataset.Crop.Finding;

/// <summary>A picture as it was decoded, which for large ones is smaller than it is stored. Faces and recipes are told in pixels of the
/// stored one.</summary>
/// <param name="Pixels">The decoded picture.</param>
/// <param name="Width">Pixels across of the stored picture, upright.</param>
/// <param name="Height">Pixels down.</param>
internal sealed record SeenPicture(Picture Pixels, int Width, int Height)
{
    private double Across => Pixels.Width / (double)Width;

    private double Down => Pixels.Height / (double)Height;

    /// <summary>A recipe for the stored picture, as it applies to the decoded one.</summary>
    public CropRecipe ToSeen(CropRecipe recipe) => Pixels.Width == Width && Pixels.Height == Height ? recipe : recipe.Scaled(Across, Down);

    /// <summary>A face of the decoded picture, in pixels of the stored one.</summary>
    public Face ToStored(Face face) =>
        face with { X = face.X / Across, Y = face.Y / Down, Width = face.Width / Across, Height = face.Height / Down };
}
