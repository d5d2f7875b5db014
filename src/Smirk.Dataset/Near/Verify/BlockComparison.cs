using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Verify;

/// <summary>Compares two pictures laid over each other block by block, each block by normalised correlation at its best small shift, so
/// that brightness, contrast,
/// a soft copy and a homography that is a pixel off don't count, but other content does.</summary>
internal sealed class BlockComparison
{
    /// <summary>Pixels across a block.</summary>
    public const int Block = 16;

    // How far a block may be off, in pixels of the frame: keypoints locate to about a pixel, and lenses bend.
    private const int Reach = 3;

    // Standard deviation of luminance under which a block holds nothing to compare; JPEG noise stays below.
    private const double Flat = 5;

    // One of two blocks has to vary by this much to count against a flat one: a screen's moiré and a sensor's noise on one colour stay
    // below.
    private const double Plain = 16;

    // Correlation from which on no better place is looked for; and what a search has to start from to be worth it.
    private const float Fits = 0.9f;
    private const float Some = 0.3f;
    private const double Hope = 0.2;

    private BlockComparison(int columns, int rows, float[] similarity, (int X, int Y)[] shifts, bool[] valid, bool[] textured) =>
        (Columns, Rows, Similarity, Shifts, Valid, Textured) = (columns, rows, similarity, shifts, valid, textured);

    /// <summary>Blocks across.</summary>
    public int Columns { get; }

    /// <summary>Blocks down.</summary>
    public int Rows { get; }

    /// <summary>Normalised correlation a block, −1–1; 1 where both are flat.</summary>
    public float[] Similarity { get; }

    /// <summary>How far a block's best place in the second picture is from where the map put it, in frame pixels.</summary>
    public (int X, int Y)[] Shifts { get; }

    /// <summary>Whether both pictures cover the block.</summary>
    public bool[] Valid { get; }

    /// <summary>Whether there is something to compare in the block.</summary>
    public bool[] Textured { get; }

    /// <summary>The left and upper edge of a block in the frame of <paramref name="pair"/>; what is left over of the frame is shared out on
    /// both sides.</summary>
    public static (int X, int Y) Place(AlignedPair pair, int block) => Place(pair.A, block);

    /// <summary>Compares the two pictures of <paramref name="pair"/>.</summary>
    public static BlockComparison Compare(AlignedPair pair)
    {
        var (a, b) = (Soften(pair.A), Soften(pair.B));
        var (columns, rows) = (a.Width / Block, a.Height / Block);
        var (similarity, shifts, valid, textured) =
            (new float[columns * rows], new (int X, int Y)[columns * rows], new bool[columns * rows], new bool[columns * rows]);
        for (var at = 0; at < columns * rows; at++)
        {
            var (x, y) = Place(a, at);
            if (!Covered(pair.A, x, y) || !Covered(pair.B, x, y))
                continue;
            valid[at] = true;
            var (deviationA, deviationB) = (Deviation(a, x, y), Deviation(b, x, y));
            textured[at] = Math.Min(deviationA, deviationB) >= Flat || Math.Max(deviationA, deviationB) >= Plain;
            similarity[at] = textured[at] ? BlockCorrelation.Of(a, x, y, b, x, y) : 1;
        }

        if (!IsHopeless(similarity, textured))
            Search(a, b, pair.B, similarity, shifts, textured);
        return new BlockComparison(columns, rows, similarity, shifts, valid, textured);
    }

    // What is left over of the frame is shared out on both sides.
    private static (int X, int Y) Place(GreyPicture frame, int block)
    {
        var (columns, rows) = (frame.Width / Block, frame.Height / Block);
        return (((frame.Width - (columns * Block)) / 2) + (block % columns * Block),
            ((frame.Height - (rows * Block)) / 2) + (block / columns * Block));
    }

    // Nearly all right pairs fit where they are; only a doubtful block is worth a search.
    private static void Search(
        GreyPicture a, GreyPicture b, GreyPicture cover, float[] similarity, (int X, int Y)[] shifts, bool[] textured)
    {
        for (var i = 0; i < similarity.Length; i++)
        {
            var (x, y) = Place(a, i);
            if (textured[i] && similarity[i] < Fits)
                (similarity[i], shifts[i]) = Best(a, b, cover, x, y, similarity[i]);
        }
    }

    // Blocks of pictures that belong together fit a little even where the map is some pixels off.
    private static bool IsHopeless(float[] similarity, bool[] textured)
    {
        var (some, all) = (0, 0);
        for (var i = 0; i < similarity.Length; i++)
        {
            all += textured[i] ? 1 : 0;
            some += textured[i] && similarity[i] > Some ? 1 : 0;
        }

        return some < Hope * all;
    }

    private static bool Covered(GreyPicture picture, int x, int y)
    {
        var outside = 0;
        for (var row = 0; row < Block; row++)
        {
            foreach (var pixel in picture.Pixels.AsSpan(((y + row) * picture.Width) + x, Block))
                outside += pixel == 0 ? 1 : 0;
        }

        return outside == 0;
    }

    private static double Deviation(GreyPicture picture, int x, int y)
    {
        var (sum, squares) = (0, 0);
        for (var row = 0; row < Block; row++)
        {
            foreach (var pixel in picture.Pixels.AsSpan(((y + row) * picture.Width) + x, Block))
            {
                sum += pixel;
                squares += pixel * pixel;
            }
        }

        const double count = Block * Block;
        return Math.Sqrt(Math.Max(0, (squares / count) - (sum / count * (sum / count))));
    }

    private static (float Similarity, (int X, int Y) Shift) Best(GreyPicture a, GreyPicture b, GreyPicture cover, int x, int y, float start)
    {
        var (best, shift) = (start, (X: 0, Y: 0));
        for (var reach = 1; reach <= Reach && best < Fits; reach++)
        {
            for (var dy = -reach; dy <= reach; dy++)
            {
                var step = Math.Abs(dy) == reach ? 1 : 2 * reach;
                for (var dx = -reach; dx <= reach; dx += step)
                {
                    if (x + dx < 0 || y + dy < 0 || x + dx + Block > b.Width || y + dy + Block > b.Height
                        || !Covered(cover, x + dx, y + dy))
                        continue;
                    var similarity = BlockCorrelation.Of(a, x, y, b, x + dx, y + dy);
                    if (similarity > best)
                        (best, shift) = (similarity, (dx, dy));
                }
            }
        }

        return (best, shift);
    }

    // Three pixels each way: a copy that lost its finest detail is still a copy.
    private static GreyPicture Soften(GreyPicture picture)
    {
        var (width, height) = (picture.Width, picture.Height);
        var (along, soft) = (new byte[picture.Pixels.Length], new byte[picture.Pixels.Length]);
        var from = picture.Pixels;
        for (var y = 0; y < height; y++)
        {
            var line = y * width;
            for (var x = 0; x < width; x++)
                along[line + x] =
                    (byte)((from[line + Math.Max(0, x - 1)] + (2 * from[line + x]) + from[line + Math.Min(width - 1, x + 1)] + 2) >> 2);
        }

        for (var y = 0; y < height; y++)
        {
            var (above, line, below) = (Math.Max(0, y - 1) * width, y * width, Math.Min(height - 1, y + 1) * width);
            for (var x = 0; x < width; x++)
                soft[line + x] = (byte)((along[above + x] + (2 * along[line + x]) + along[below + x] + 2) >> 2);
        }

        return new GreyPicture(width, height, soft);
    }
}
