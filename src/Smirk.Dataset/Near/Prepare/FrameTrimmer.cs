using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Prepare;

/// <summary>Finds the picture inside uniform borders and caption bands: lines of one colour at the edge, with or without text in
/// them.</summary>
internal static class FrameTrimmer
{
    // Luminance that counts as the same colour: JPEG's ringing beside text stays within.
    private const int Tolerance = 14;

    // A border line is nearly all of one colour; a line of a caption at least this much, the rest is text.
    private const double Uniform = 0.97;
    private const double Written = 0.3;

    // A band deeper than this share of the picture is more likely its content.
    private const double Deepest = 0.45;

    /// <summary>The picture's own rectangle; the whole when nothing is to be cut.</summary>
    public static PictureBox Trim(GreyPicture picture)
    {
        var (left, top, right, bottom) = (0, 0, picture.Width, picture.Height);
        // Twice: a caption inside a border, or a border around a captioned picture.
        for (var round = 0; round < 2; round++)
        {
            top += Band(i => Row(picture, top + i, left, right), bottom - top);
            bottom -= Band(i => Row(picture, bottom - 1 - i, left, right), bottom - top);
            left += Band(i => Column(picture, left + i, top, bottom), right - left);
            right -= Band(i => Column(picture, right - 1 - i, top, bottom), right - left);
        }

        return new PictureBox(left, top, right - left, bottom - top);
    }

    // How many lines from the edge are band: up to the last uniform line of the edge's colour that only written lines lie before.
    private static int Band(Func<int, byte[]> line, int lines)
    {
        if (lines < 16)
            return 0;
        var colour = Mode(line(0));
        var depth = 0;
        for (var i = 0; i < lines * Deepest; i++)
        {
            var share = Share(line(i), colour);
            if (share >= Uniform)
                depth = i + 1;
            else if (share < Written)
                break;
        }

        return depth;
    }

    private static byte[] Row(GreyPicture picture, int y, int left, int right) =>
        picture.Pixels.AsSpan((y * picture.Width) + left, right - left).ToArray();

    private static byte[] Column(GreyPicture picture, int x, int top, int bottom)
    {
        var line = new byte[bottom - top];
        for (var i = 0; i < line.Length; i++)
            line[i] = picture.Pixels[((top + i) * picture.Width) + x];
        return line;
    }

    private static int Mode(byte[] line)
    {
        Span<int> histogram = stackalloc int[256];
        foreach (var pixel in line)
            histogram[pixel]++;
        var (best, bestAt) = (-1, 0);
        for (var i = 0; i < 256; i++)
        {
            var around = 0;
            for (var j = Math.Max(0, i - 4); j <= Math.Min(255, i + 4); j++)
                around += histogram[j];
            if (around > best)
                (best, bestAt) = (around, i);
        }

        return bestAt;
    }

    private static double Share(byte[] line, int colour)
    {
        var same = 0;
        foreach (var pixel in line)
            same += Math.Abs(pixel - colour) <= Tolerance ? 1 : 0;
        return (double)same / line.Length;
    }
}
