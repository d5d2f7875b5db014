using Smirk.Imaging;
using Smirk.Imaging.Writing;

namespace Smirk.Dataset.Tests;

/// <summary>Small pictures for tests, each number another one.</summary>
internal static class DrawnPictures
{
    /// <summary>A gradient with a square in it.</summary>
    public static Picture Draw(int number, int width = 96, int height = 96)
    {
        var picture = new Picture(width, height, new byte[width * height * 3]);
        for (var y = 0; y < height; y++)
        {
            var row = picture.Row(y);
            for (var x = 0; x < width; x++)
            {
                var inside = Math.Abs(x - (width / 2)) < width / 4 && Math.Abs(y - (height / 2)) < height / 4;
                row[x * 3] = (byte)(x * 255 / width);
                row[(x * 3) + 1] = (byte)(y * 255 / height);
                row[(x * 3) + 2] = (byte)(inside ? number * 37 : 255 - (number * 11));
            }
        }

        return picture;
    }

    /// <summary>The same as PNG.</summary>
    public static byte[] Png(int number, int width = 96, int height = 96) => PictureWriter.Png(Draw(number, width, height));
}
