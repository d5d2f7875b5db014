using Smirk.Imaging;

namespace Smirk.Dataset.Tests.Edits;

/// <summary>Something to lay pictures, boxes and blocky letters on.</summary>
internal sealed class Sheet(int width, int height, (byte R, byte G, byte B) paper)
{
    // 5 × 7 dots a letter, a row in five bits, the top row first.
    private static readonly Dictionary<char, byte[]> Letters = new()
    {
        ['S'] = [0x0F, 0x10, 0x10, 0x0E, 0x01, 0x01, 0x1E],
        ['M'] = [0x11, 0x1B, 0x15, 0x15, 0x11, 0x11, 0x11],
        ['U'] = [0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x0E],
        ['G'] = [0x0E, 0x11, 0x10, 0x17, 0x11, 0x11, 0x0F],
        ['W'] = [0x11, 0x11, 0x11, 0x15, 0x15, 0x1B, 0x11],
        ['H'] = [0x11, 0x11, 0x11, 0x1F, 0x11, 0x11, 0x11],
        ['E'] = [0x1F, 0x10, 0x10, 0x1E, 0x10, 0x10, 0x1F],
        ['N'] = [0x11, 0x19, 0x15, 0x13, 0x11, 0x11, 0x11],
        ['T'] = [0x1F, 0x04, 0x04, 0x04, 0x04, 0x04, 0x04],
        ['O'] = [0x0E, 0x11, 0x11, 0x11, 0x11, 0x11, 0x0E],
        ['R'] = [0x1E, 0x11, 0x11, 0x1E, 0x14, 0x12, 0x11],
        ['I'] = [0x0E, 0x04, 0x04, 0x04, 0x04, 0x04, 0x0E],
        ['K'] = [0x11, 0x12, 0x14, 0x18, 0x14, 0x12, 0x11],
        ['A'] = [0x0E, 0x11, 0x11, 0x1F, 0x11, 0x11, 0x11],
        ['L'] = [0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x1F],
        ['Y'] = [0x11, 0x11, 0x0A, 0x04, 0x04, 0x04, 0x04],
        ['D'] = [0x1E, 0x11, 0x11, 0x11, 0x11, 0x11, 0x1E],
    };

    private static readonly string[] Words =
        ["SMUG", "WHEN", "YOU", "KNOW", "THE", "ANSWER", "HEH", "SMIRK", "IT", "WAS", "ME", "ALL", "ALONG", "LOOK", "AT", "THIS", "REAL"];

    private readonly Picture _picture = new(width, height, paper.R, paper.G, paper.B);

    /// <summary>What lies on it.</summary>
    public Picture Picture => _picture;

    public Sheet Put(Picture picture, int x, int y)
    {
        for (var row = Math.Max(0, -y); row < picture.Height && y + row < height; row++)
        {
            var from = Math.Max(0, -x);
            var count = Math.Min(picture.Width, width - x) - from;
            if (count > 0)
                picture.Row(row).Slice(from * 3, count * 3).CopyTo(_picture.Row(y + row)[((x + from) * 3)..]);
        }

        return this;
    }

    public Sheet Box(int x, int y, int boxWidth, int boxHeight, (byte R, byte G, byte B) colour)
    {
        for (var row = Math.Max(0, y); row < Math.Min(height, y + boxHeight); row++)
        {
            for (var column = Math.Max(0, x); column < Math.Min(width, x + boxWidth); column++)
                (_picture.Row(row)[column * 3], _picture.Row(row)[(column * 3) + 1], _picture.Row(row)[(column * 3) + 2]) = colour;
        }

        return this;
    }

    /// <summary>A line of words from x to at most <paramref name="right"/>, with dots of <paramref name="dot"/> pixels.</summary>
    public Sheet Text(int x, int y, int right, int dot, (byte R, byte G, byte B) colour, Random random)
    {
        while (true)
        {
            var word = Words[random.Next(Words.Length)];
            if (x + (word.Length * 6 * dot) > right)
                return this;
            foreach (var letter in word)
            {
                for (var i = 0; i < 35; i++)
                {
                    if (((Letters[letter][i / 5] >> (4 - (i % 5))) & 1) != 0)
                        Box(x + (i % 5 * dot), y + (i / 5 * dot), dot, dot, colour);
                }

                x += 6 * dot;
            }

            x += 4 * dot;
        }
    }
}
