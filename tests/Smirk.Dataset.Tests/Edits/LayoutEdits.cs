using Smirk.Imaging;
using Smirk.Imaging.Resizing;

namespace Smirk.Dataset.Tests.Edits;

/// <summary>Something round the picture, or written on it.</summary>
internal static class LayoutEdits
{
    private static readonly (byte R, byte G, byte B) White = (255, 255, 255);
    private static readonly (byte R, byte G, byte B) Black = (0, 0, 0);

    /// <summary>A frame of one colour, or bars on two sides.</summary>
    public static Picture Border(Picture picture, Random random)
    {
        var paper =
            random.Next(3) switch { 0 => Black, 1 => White, _ => ((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)) };
        var (across, down) = random.Next(3) switch { 0 => (0, 1), 1 => (1, 0), _ => (1, 1) };
        var left = (int)(picture.Width * random.Between(0.03, 0.18)) * across;
        var top = (int)(picture.Height * random.Between(0.03, 0.18)) * down;
        return new Sheet(picture.Width + (2 * left), picture.Height + (2 * top), paper).Put(picture, left, top).Picture;
    }

    /// <summary>Words in a bar above or below, or over the picture with a dark edge as memes have it.</summary>
    public static Picture Caption(Picture picture, Random random)
    {
        var dot = Math.Max(1, picture.Width / random.Next(70, 130));
        var line = dot * 10;
        if (random.Next(2) == 0)
        {
            var lines = random.Next(1, 3);
            var below = random.Next(2) == 0;
            var (paper, ink) = random.Next(3) == 0 ? (Black, White) : (White, Black);
            var sheet =
                new Sheet(picture.Width, picture.Height + (lines * line) + dot, paper).Put(picture, 0, below ? 0 : (lines * line) + dot);
            for (var i = 0; i < lines; i++)
                sheet.Text(dot * 2, (below ? picture.Height : 0) + dot + (i * line), picture.Width - dot, dot, ink, random);
            return sheet.Picture;
        }

        var over = new Sheet(picture.Width, picture.Height, Black).Put(picture, 0, 0);
        var y = random.Next(2) == 0 ? dot * 2 : picture.Height - line;
        var words = random.Next();
        foreach (var (shiftX, shiftY) in ((int, int)[])[(-1, 0), (1, 0), (0, -1), (0, 1)])
            over.Text((dot * 3) + shiftX, y + shiftY, picture.Width - dot, dot, Black, new Random(words));
        return over.Text(dot * 3, y, picture.Width - dot, dot, White, new Random(words)).Picture;
    }

    /// <summary>A post in an app: bars, an avatar, a name, lines of text, buttons; the picture scaled to the column.</summary>
    public static Picture Screenshot(Picture picture, Random random)
    {
        var dark = random.Next(2) == 0;
        (byte R, byte G, byte B) paper = dark ? ((byte)24, (byte)25, (byte)28) : ((byte)248, (byte)249, (byte)250);
        (byte R, byte G, byte B) ink = dark ? ((byte)215, (byte)218, (byte)220) : ((byte)30, (byte)30, (byte)35);
        (byte R, byte G, byte B) accent = ((byte)random.Next(40, 255), (byte)random.Next(40, 200), (byte)random.Next(40, 255));
        var column = (int)(picture.Width * random.Between(0.8, 1.5));
        var scaled = picture.Resize(column, Math.Max(1, picture.Height * column / picture.Width), ResizeKernel.Linear);
        var margin = random.Next(2) == 0 ? 0 : column / 16;
        var dot = Math.Max(1, column / 200);
        var (head, foot) = (column / random.Next(4, 7), column / random.Next(5, 9));
        var sheet = new Sheet(column + (2 * margin), scaled.Height + head + foot, paper).Put(scaled, margin, head);
        sheet.Box(0, 0, column + (2 * margin), dot * 9, accent);
        sheet.Box(margin + (dot * 4), dot * 13, dot * 14, dot * 14, accent);
        sheet.Text(margin + (dot * 22), dot * 13, column, dot, ink, random);
        if (head > dot * 36)
            sheet.Text(margin + (dot * 22), dot * 24, column * 2 / 3, dot, ink, random);
        for (var i = 0; i < 4; i++)
            sheet.Box(margin + (column * i / 4) + (dot * 6), head + scaled.Height + (dot * 6), dot * 10, dot * 8, ink);
        return sheet.Picture;
    }
}
