using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Resizing;
using Smirk.Imaging.Writing;

namespace Smirk.Dataset.Tests.Edits;

/// <summary>A phone's photo of a screen: seen at an angle, a little dark, a cast, a reflection, stripes, noise, soft.</summary>
internal static class PhonePhoto
{
    public static Picture Take(Picture picture, Random random)
    {
        var seen = Perspective(picture, random);
        var soft = random.Next(2) == 0
            ? seen.Resize(Math.Max(16, seen.Width * 3 / 4), Math.Max(16, seen.Height * 3 / 4), ResizeKernel.Linear)
            .Resize(seen.Width, seen.Height, ResizeKernel.Linear) : seen;
        return PictureReader.Decode(PictureWriter.Jpeg(Light(soft, random), random.Next(60, 90)));
    }

    // Each corner of the picture lands somewhere in the outer tenth of the photo; what is beyond is the dark room.
    private static Picture Perspective(Picture picture, Random random)
    {
        var (width, height) = ((int)(picture.Width * random.Between(0.9, 1.3)), (int)(picture.Height * random.Between(0.9, 1.3)));
        double[] x = [0, 1, 1, 0], y = [0, 0, 1, 1];
        var corners = Enumerable.Range(0, 4).Select(i => (
            X: (x[i] + ((1 - (2 * x[i])) * random.Between(0.01, 0.11))) * width,
            Y: (y[i] + ((1 - (2 * y[i])) * random.Between(0.01, 0.11))) * height)).ToArray();
        var map = FromQuad(corners);
        var room = (byte)random.Next(10, 60);
        return Warp.Apply(picture, width, height, (px, py) =>
        {
            var w = (map[6] * px) + (map[7] * py) + 1;
            return (((map[0] * px) + (map[1] * py) + map[2]) / w * picture.Width,
                ((map[3] * px) + (map[4] * py) + map[5]) / w * picture.Height);
        }, (room, room, room));
    }

    // The homography that takes the four points to the unit square's corners: eight equations, solved by elimination.
    private static double[] FromQuad((double X, double Y)[] from)
    {
        double[] u = [0, 1, 1, 0], v = [0, 0, 1, 1];
        var m = new double[8, 9];
        for (var i = 0; i < 4; i++)
        {
            var (x, y) = from[i];
            double[] first = [x, y, 1, 0, 0, 0, -u[i] * x, -u[i] * y, u[i]];
            double[] second = [0, 0, 0, x, y, 1, -v[i] * x, -v[i] * y, v[i]];
            for (var c = 0; c < 9; c++)
                (m[i * 2, c], m[(i * 2) + 1, c]) = (first[c], second[c]);
        }

        for (var column = 0; column < 8; column++)
        {
            var pivot = Enumerable.Range(column, 8 - column).MaxBy(r => Math.Abs(m[r, column]));
            for (var c = 0; c < 9; c++)
                (m[column, c], m[pivot, c]) = (m[pivot, c], m[column, c]);
            for (var row = 0; row < 8; row++)
            {
                var factor = row == column ? 0 : m[row, column] / m[column, column];
                for (var c = column; c < 9; c++)
                    m[row, c] -= factor * m[column, c];
            }
        }

        return [.. Enumerable.Range(0, 8).Select(i => m[i, 8] / m[i, i])];
    }

    private static Picture Light(Picture picture, Random random)
    {
        var (warm, bright) = (random.Between(-0.09, 0.09), random.Between(0.75, 1.05));
        var (glareX, glareY, glare) = (random.NextDouble(), random.NextDouble(), random.Between(0, 0.30));
        var (stripes, period, angle) = (random.Between(0, 0.05), random.Between(2.5, 9), random.Between(0, Math.PI));
        var (sin, cos) = Math.SinCos(angle);
        var at = 0;
        return ToneEdits.Map(picture, (r, g, b) =>
        {
            var (x, y) = (at % picture.Width, at / picture.Width);
            at++;
            var far = Math.Pow(((double)x / picture.Width) - glareX, 2) + Math.Pow(((double)y / picture.Height) - glareY, 2);
            var add = (glare * Math.Exp(-far * 9)) + (stripes * Math.Sin(((x * cos) + (y * sin)) * 2 * Math.PI / period)) + random.Between(
                -0.025, 0.025);
            return ((r * bright * (1 + warm)) + add, (g * bright) + add, (b * bright * (1 - warm)) + add);
        });
    }
}
