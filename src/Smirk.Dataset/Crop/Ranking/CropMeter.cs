using Smirk.Dataset.Crop.Finding;
using Smirk.Dataset.Crop.Recipes;
using Smirk.Imaging;

namespace Smirk.Dataset.Crop.Ranking;

/// <summary>Measures crops.</summary>
internal static class CropMeter
{
    private const int LargestSide = 128;

    /// <summary>Measures the crop <paramref name="view"/>, which <paramref name="recipe"/> cut from <paramref name="picture"/>.</summary>
    public static CropMeasures Measure(SeenPicture picture, CropRecipe recipe, Picture view, double? score)
    {
        var grey = Luminance(view);
        var mean = grey.Average();
        var contrast = Math.Sqrt(grey.Average(v => (v - mean) * (v - mean)));
        return new CropMeasures
        {
            Face = Math.Max(recipe.Width, recipe.Height),
            Side = recipe.Side,
            Sharpness = LossOfHalving(grey, view.Width, view.Height) / (contrast + 4),
            Contrast = contrast,
            Brightness = mean,
            Blown = grey.Count(v => v >= 254) / (double)grey.Length,
            Crushed = grey.Count(v => v <= 2) / (double)grey.Length,
            Colour = MeanColour(view),
            Blocks = BlockSteps.Of(picture.Pixels, picture.ToSeen(recipe)),
            Text = Lettering.Share(grey, view.Width, view.Height),
            Outside = recipe.OutsideShare(picture.Width, picture.Height),
            Score = score,
        };
    }

    /// <summary>The size at which a crop is measured, pixels.</summary>
    public static int SizeFor(CropRecipe recipe) => Math.Clamp((int)Math.Round(recipe.Side), 16, LargestSide);

    private static float[] Luminance(Picture view)
    {
        var grey = new float[view.Width * view.Height];
        for (var i = 0; i < grey.Length; i++)
            grey[i] = (0.299f * view.Pixels[3 * i]) + (0.587f * view.Pixels[(3 * i) + 1]) + (0.114f * view.Pixels[(3 * i) + 2]);
        return grey;
    }

    // Mean difference between the picture and its 2×2 means, spread out bilinearly again.
    private static double LossOfHalving(float[] grey, int width, int height)
    {
        double sum = 0;
        var count = 0;
        for (var y = 2; y < height - 3; y++)
        {
            for (var x = 2; x < width - 3; x++)
            {
                float Block(int bx, int by) =>
                    (grey[(by * width) + bx] + grey[(by * width) + bx + 1] + grey[((by + 1) * width) + bx] + grey[((by + 1)
                        * width) + bx + 1]) / 4;
                var (bx, by) = (x & ~1, y & ~1);
                var (nx, ny) = ((x & 1) == 0 ? bx - 2 : bx + 2, (y & 1) == 0 ? by - 2 : by + 2);
                if (nx + 1 >= width || ny + 1 >= height)
                    continue;
                var soft = (0.5625f * Block(bx, by)) + (0.1875f * (Block(nx, by) + Block(bx, ny))) + (0.0625f * Block(nx, ny));
                sum += Math.Abs(grey[(y * width) + x] - soft);
                count++;
            }
        }

        return count == 0 ? 0 : sum / count;
    }

    private static double MeanColour(Picture view)
    {
        long sum = 0;
        for (var i = 0; i < view.Pixels.Length; i += 3)
        {
            var (red, green, blue) = (view.Pixels[i], view.Pixels[i + 1], view.Pixels[i + 2]);
            sum += Math.Max(red, Math.Max(green, blue)) - Math.Min(red, Math.Min(green, blue));
        }

        return sum / (view.Pixels.Length / 3.0);
    }
}
