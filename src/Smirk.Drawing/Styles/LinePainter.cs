using System.Numerics;
using Smirk.Drawing.Faces;
using Smirk.Drawing.Raster;
using Smirk.Imaging;

namespace Smirk.Drawing.Styles;

/// <summary>A fish, a flower, a house or a cup in black lines on white.</summary>
internal static class LinePainter
{
    private const double Width = 0.022;

    private static readonly Rgb Black = new(0, 0, 0);

    public static Picture Paint(Random random, int side)
    {
        var canvas = new Canvas(side, side, Matrix3x2.CreateScale(side));
        canvas.Clear(Rgb.White);
        var subject = random.Next(4);
        if (subject == 0)
            Fish(canvas, random);
        else if (subject == 1)
            Flower(canvas, random);
        else if (subject == 2)
            House(canvas, random);
        else
            Cup(canvas, random);
        return canvas.ToPicture();
    }

    private static void Fish(Canvas canvas, Random random)
    {
        var (length, height, tail) = (random.Between(0.24, 0.34), random.Between(0.12, 0.24), random.Between(0.08, 0.18));
        var (x, y) = (random.Between(0.42, 0.5), random.Between(0.42, 0.58));
        var left = random.Chance(0.5);
        Draw(Outline.Ellipse(x, y, length, height));
        Draw(Outline.From(x + length * 0.96, y).To(x + length + tail, y - tail).To(x + length + tail, y + tail).To(x + length * 0.96, y));
        Draw(Outline.Ellipse(x - length * 0.55, y - height * 0.25, 0.025, 0.025));
        Draw(Outline.From(x - length * 0.2, y - height * 0.8).Bend(x, y, x - length * 0.2, y + height * 0.8));
        for (var i = 0; i < random.Next(0, 3); i++)
            Draw(Outline.From(x + 0.1 * i, y - height * 0.4).Bend(x + 0.06 + 0.1 * i, y, x + 0.1 * i, y + height * 0.4));

        void Draw(Outline outline) => canvas.Line(left ? outline : outline.Mirrored(), Width, Black);
    }

    private static void Flower(Canvas canvas, Random random)
    {
        var (x, y, heart, petal) = (random.Between(0.4, 0.6), random.Between(0.3, 0.4), random.Between(0.05, 0.09), random.Between(0.06, 0.11));
        var petals = random.Next(5, 9);
        for (var i = 0; i < petals; i++)
        {
            var (sin, cos) = Math.SinCos(Math.Tau * i / petals);
            canvas.Line(Outline.Ellipse(x + (heart + petal) * cos, y + (heart + petal) * sin, petal * 0.9, petal * 0.9), Width, Black);
        }

        canvas.Fill(Outline.Ellipse(x, y, heart, heart), Black);
        var bend = random.Between(-0.15, 0.15);
        canvas.Line(Outline.From(x, y + heart + petal * 2).Bend(x + bend, 0.7, x, 0.96), Width, Black);
        foreach (var way in (int[])[-1, 1])
        {
            var (up, reach) = (random.Between(0.7, 0.85), random.Between(0.12, 0.22) * way);
            canvas.Line(Outline.From(x, up + 0.08).Bend(x + reach * 0.4, up - 0.08, x + reach, up).Bend(x + reach * 0.6, up + 0.1, x, up + 0.08), Width, Black);
        }
    }

    private static void House(Canvas canvas, Random random)
    {
        var (half, wall, roof) = (random.Between(0.22, 0.36), random.Between(0.45, 0.58), random.Between(0.12, 0.28));
        canvas.Line(Outline.From(0.5 - half, 0.9).To(0.5 - half, wall).To(0.5 + half, wall).To(0.5 + half, 0.9).To(0.5 - half, 0.9), Width, Black);
        canvas.Line(Outline.From(0.5 - half - 0.06, wall).To(0.5, wall - roof).To(0.5 + half + 0.06, wall), Width, Black);
        var door = random.Between(-0.6, 0.6) * half;
        canvas.Line(Outline.From(0.46 + door, 0.9).To(0.46 + door, 0.74).To(0.54 + door, 0.74).To(0.54 + door, 0.9), Width, Black);
        foreach (var at in (double[])[-0.55, 0.55])
        {
            if (Math.Abs(at * half - door) < 0.12)
                continue;
            var x = 0.5 + at * half;
            canvas.Line(Outline.From(x - 0.05, wall + 0.07).To(x + 0.05, wall + 0.07).To(x + 0.05, wall + 0.17).To(x - 0.05, wall + 0.17).To(x - 0.05, wall + 0.07), Width, Black);
        }

        if (random.Chance(0.5))
            canvas.Line(Outline.From(0.5 + half * 0.5, wall - roof * 0.5).To(0.5 + half * 0.5, wall - roof - 0.04).To(0.5 + half * 0.75, wall - roof - 0.04).To(0.5 + half * 0.75, wall - roof * 0.25), Width, Black);
    }

    private static void Cup(Canvas canvas, Random random)
    {
        var (top, bottom, half, foot) = (random.Between(0.3, 0.42), random.Between(0.75, 0.85), random.Between(0.18, 0.26), random.Between(0.1, 0.2));
        var x = random.Between(0.42, 0.5);
        canvas.Line(Outline.From(x - half, top).Bend(x - half, bottom, x - foot, bottom).To(x + foot, bottom).Bend(x + half, bottom, x + half, top), Width, Black);
        canvas.Line(Outline.Ellipse(x, top, half, random.Between(0.03, 0.07)), Width, Black);
        var handle = random.Between(0.1, 0.2);
        canvas.Line(Outline.From(x + half, top + 0.08).Bend(x + half + handle * 2, top + 0.15, x + half * 0.85, bottom - 0.12), Width, Black);
        for (var i = 0; i < random.Next(0, 4); i++)
            canvas.Line(Outline.From(x - 0.1 + 0.1 * i, top - 0.07).Curve(x - 0.06 + 0.1 * i, top - 0.12, x - 0.14 + 0.1 * i, top - 0.16, x - 0.1 + 0.1 * i, top - 0.21), Width, Black);
    }
}
