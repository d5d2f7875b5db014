using Smirk.Dataset.Near.Verify;
using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Detail;

/// <summary>Decides whether a pair that matches all over differs in something small: another mouth, eyes of another colour, other numbers
/// on the same form.</summary>
internal static class DetailCheck
{
    // Evidence, in levels summed over pixels, that a pair without any noise may show; and what noise, and differences that grow with
    // contrast, add.
    // On the pile's 902 true pairs and 60 sets of drawn variants: docs/near-duplicates.md.
    private const double Least = 800;
    private const double ForFloor = 1500;
    private const double ForSlope = 25_000;
    private const double ForChromaFloor = 300;

    // More noise, and more difference for each level of contrast, than any of these true pairs shows; the most is 11.9 in photographs, 6.9
    // in others, and 0.10. What differs by more all over isn't noisy: it is another drawing of the same hand.
    private const double MostFloor = 8;
    private const double MostFloorOfPhoto = 12.5;
    private const double MostSlope = 0.12;

    /// <summary>Where the two pictures differ by more than what was done to one of them explains; null where nothing does.</summary>
    public static PictureRegion? Find(DetailPicture member, DetailPicture keeper, PairMatch match)
    {
        if (DetailPair.Lay(match.Mirrored ? member.Mirror() : member, keeper, MapOf(member, keeper, match)) is not { } pair)
            return null;
        // Turned pictures lose their corners, photographed ones have glare and a screen's stripes.
        var isTurned = match.Kind is NearKind.Photo or NearKind.Rotate;
        var difference = DetailDifference.Find(pair, isTurned ? 3 : 1, !pair.AreFlat && match.Kind == NearKind.Photo);
        if (difference.Slope > MostSlope || difference.Floor > (match.Kind == NearKind.Photo ? MostFloorOfPhoto : MostFloor))
            return InKeeper(pair, keeper, 0, 0, pair.Width, pair.Height);
        var tolerance = !pair.AreFlat && (isTurned || difference.IsToned) ? 4 : 1;
        var lumaLimit = tolerance * (Least + (ForFloor * difference.Floor) + (ForSlope * difference.Slope));
        // JPEG and WebP keep colours at half of the picture's own detail.
        var enlarged = Math.Max(member.Enlarged, keeper.Enlarged);
        var chromaLimit = enlarged * enlarged * tolerance * (Least + (ForChromaFloor * difference.ChromaFloor));
        var found = Boxes(difference.Luma, lumaLimit, DetailDifference.LumaCell)
            .Concat(Boxes(difference.Chroma, chromaLimit, DetailDifference.ChromaCell)).ToList();
        var letters =
            Rows(found).Where(row => OverlaidLetters.Explain(pair, difference.Residual, row.Left, row.Top, row.Right, row.Bottom)).ToList();
        foreach (var box in found)
        {
            if (!letters.Exists(row => row.WithTails().Holds(box)))
                return InKeeper(pair, keeper, box.Left, box.Top, box.Right, box.Bottom);
        }

        return null;
    }

    /// <summary>From the member's pixels at this scale, mirrored first where the match says so, to the keeper's.</summary>
    public static Homography MapOf(DetailPicture member, DetailPicture keeper, PairMatch match)
    {
        var toWork = Scale((double)match.MemberSize.Width / member.Width, (double)match.MemberSize.Height / member.Height);
        var fromWork = Scale((double)keeper.Width / match.KeeperSize.Width, (double)keeper.Height / match.KeeperSize.Height);
        return toWork.Then(match.Map).Then(fromWork);
    }

    private static IEnumerable<Box> Boxes(IReadOnlyList<Clump> clumps, double limit, int cell) => clumps.Where(c => c.Evidence > limit)
        .Select(c => new Box(c.Left * cell, c.Top * cell, (c.Right + 1) * cell, (c.Bottom + 1) * cell));

    // Letters of one line don't hang together: boxes whose rows overlap are one.
    private static List<Box> Rows(List<Box> boxes)
    {
        var rows = new List<Box>();
        foreach (var box in boxes.OrderBy(b => b.Top))
        {
            if (rows.Count > 0 && box.Top < rows[^1].Bottom)
                rows[^1] = rows[^1].With(box);
            else
                rows.Add(box);
        }

        return rows;
    }

    /// <summary>A box of the frame as a region of the keeper.</summary>
    public static PictureRegion InKeeper(DetailPair pair, DetailPicture keeper, int boxLeft, int boxTop, int boxRight, int boxBottom)
    {
        var back = pair.ToFrameB.Inverse();
        (double X, double Y)[] corners =
            [back.Map(boxLeft, boxTop), back.Map(boxRight, boxTop), back.Map(boxLeft, boxBottom), back.Map(boxRight, boxBottom)];
        var (left, top) = (Math.Clamp(corners.Min(c => c.X) / keeper.Width, 0, 1), Math.Clamp(corners.Min(c => c.Y) / keeper.Height, 0, 1));
        var (right, bottom) =
            (Math.Clamp(corners.Max(c => c.X) / keeper.Width, 0, 1), Math.Clamp(corners.Max(c => c.Y) / keeper.Height, 0, 1));
        return new PictureRegion(left, top, right - left, bottom - top);
    }

    private static Homography Scale(double x, double y) => Homography.ScaleShift(x, y, (x - 1) / 2, (y - 1) / 2);

    private readonly record struct Box(int Left, int Top, int Right, int Bottom)
    {
        public Box With(Box other) =>
            new(Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));

        // Tails and shadows of letters lie beside their line.
        public Box WithTails() =>
            new(Left - ((Bottom - Top) / 2), Top - ((Bottom - Top) / 2), Right + ((Bottom - Top) / 2), Bottom + ((Bottom - Top) / 2));

        public bool Holds(Box other) => other.Left >= Left && other.Top >= Top && other.Right <= Right && other.Bottom <= Bottom;
    }
}
