using Smirk.Dataset.Crop.Recipes;
using Smirk.Imaging;

namespace Smirk.Dataset.Crop.Ranking;

/// <summary>Looks for JPEG's 8 × 8 blocks.</summary>
internal static class BlockSteps
{
    /// <summary>Mean step over block edges by the mean step elsewhere, in the part of the picture under the crop; 1 where there are no
    /// blocks.</summary>
    public static double Of(Picture picture, CropRecipe recipe)
    {
        var (centreX, centreY) = recipe.Centre;
        var half = Math.Min(recipe.Side / 2, 128);
        var left = Math.Max(1, (int)(centreX - half));
        var right = Math.Min(picture.Width, (int)(centreX + half));
        var top = Math.Max(1, (int)(centreY - half));
        var bottom = Math.Min(picture.Height, (int)(centreY + half));
        double onEdges = 0, elsewhere = 0;
        long edgeCount = 0, otherCount = 0;
        for (var y = top; y < bottom; y++)
        {
            var row = picture.Row(y);
            var above = picture.Row(y - 1);
            for (var x = left; x < right; x++)
            {
                // Green stands for the luminance: it has most of it.
                var green = row[(3 * x) + 1];
                Add(x, Math.Abs(green - row[(3 * x) - 2]));
                Add(y, Math.Abs(green - above[(3 * x) + 1]));
            }
        }

        return edgeCount == 0 || otherCount == 0 ? 1 : ((onEdges / edgeCount) + 0.5) / ((elsewhere / otherCount) + 0.5);

        void Add(int position, int step)
        {
            // Contours are no blocks: long steps count as if they were short.
            var counted = Math.Min(step, 12);
            if ((position & 7) == 0)
                (onEdges, edgeCount) = (onEdges + counted, edgeCount + 1);
            else
                (elsewhere, otherCount) = (elsewhere + counted, otherCount + 1);
        }
    }
}
