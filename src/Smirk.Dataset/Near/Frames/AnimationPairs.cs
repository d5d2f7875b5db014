using Smirk.Dataset.Near.Detail;
using Smirk.Dataset.Near.Prepare;
using Smirk.Dataset.Near.Verify;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Reading.Frames;
using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Frames;

/// <summary>Decides whether two animations whose first frames match show the same to their end: all frames small, and of those that differ
/// the most, and some from everywhere, the details.</summary>
/// <param name="read">Reads a file by its number; null when it can't be read any more.</param>
/// <param name="cancel">Stops it.</param>
internal sealed class AnimationPairs(Func<int, byte[]?> read, CancellationToken cancel)
{
    private const long CacheBytes = 64L << 20;

    // One of two copies may leave frames out that are like their neighbours; fewer than half is another animation.
    private const int MostFewer = 2;

    // Frames that are looked at in detail: from everywhere, and those that differ most when small.
    private const int Spread = 12;
    private const int Farthest = 12;

    // Blocks that have to be there for correlation to tell; mean difference of luminance, in levels, where there are fewer.
    private const int LeastBlocks = 4;
    private const double Plain = 12;

    // How much brighter or darker one of two copies may be in one frame than in the others: less is rounding.
    private const double Flicker = 16;

    private readonly DecodedCache<AnimationOutline> _outlines = new(
        number => AnimationOutline.Of(read(number) ?? throw Gone(), cancel)
            ?? throw new UnusablePictureException(PictureFault.Unsupported, "a single frame"),
        outline => outline.Bytes, CacheBytes);

    /// <summary>Whether all frames of the member show what the keeper's do, in the same order. What can't be decoded to its end isn't the
    /// same.</summary>
    /// <param name="member">Number of the first file.</param>
    /// <param name="keeper">Number of the second.</param>
    /// <param name="match">How their first frames lie on each other.</param>
    public bool AreSame(int member, int keeper, PairMatch match)
    {
        try
        {
            var (one, other) = (_outlines.Get(member), _outlines.Get(keeper));
            if (Math.Min(one.Frames.Count, other.Frames.Count) * MostFewer < Math.Max(one.Frames.Count, other.Frames.Count))
                return false;
            var pairs = new List<FramePair>();
            return Pair(one, other, match, pairs, turned: false) && Pair(other, one, match, pairs, turned: true)
                && AreSteady(pairs) && AgreeInDetail(read(member), read(keeper), match, Chosen(pairs));
        }
        catch (UnusablePictureException)
        {
            return false;
        }
    }

    // Finds a frame of the other animation, at the same time give or take one frame, for each frame of the first.
    private bool Pair(AnimationOutline one, AnimationOutline other, PairMatch match, List<FramePair> pairs, bool turned)
    {
        for (var i = 0; i < one.Frames.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var at = one.Frames.Count == other.Frames.Count ? i : other.At(one.MiddleOf(i));
            FramePair? found = null;
            foreach (var place in new[] { at, at - 1, at + 1 }.Where(p => p >= 0 && p < other.Frames.Count))
            {
                found = turned ? Compare(other.Frames[place], one.Frames[i], match) : Compare(one.Frames[i], other.Frames[place], match);
                if (found is not null)
                    break;
            }

            if (found is null)
                return false;
            if (!turned)
                pairs.Add(found);
        }

        return true;
    }

    private static FramePair? Compare(OutlinedFrame member, OutlinedFrame keeper, PairMatch match)
    {
        var map = DetailCheck.MapOf(member.Picture, keeper.Picture, match);
        var (a, b) = (Luminance(match.Mirrored ? member.Picture.Mirror() : member.Picture), Luminance(keeper.Picture));
        if (AlignedPair.Lay(a, b, map) is not { } pair)
            return null;
        var (brighter, apart, count) = (0.0, 0.0, 0);
        for (var i = 0; i < pair.A.Pixels.Length; i++)
        {
            if (pair.A.Pixels[i] == 0 || pair.B.Pixels[i] == 0)
                continue;
            brighter += pair.A.Pixels[i] - pair.B.Pixels[i];
            apart += Math.Abs(pair.A.Pixels[i] - pair.B.Pixels[i]);
            count++;
        }

        if (count == 0)
            return null;
        var summary = BlockSummary.Of(BlockComparison.Compare(pair));
        var fits = summary.Textured >= LeastBlocks ? summary.Agreement >= PairLimits.Normal.LeastAgreement : apart / count <= Plain;
        return fits && DetailCheck.Find(member.Picture, keeper.Picture, match) is null
            ? new FramePair(member.Number, keeper.Number, brighter / count, apart / count) : null;
    }

    // A copy may be brighter all along. What gets brighter only here and there is another animation.
    private static bool AreSteady(List<FramePair> pairs)
    {
        var usual = pairs.Select(p => p.Brighter).Order().ElementAt(pairs.Count / 2);
        return pairs.TrueForAll(p => Math.Abs(p.Brighter - usual) <= Flicker);
    }

    private static List<FramePair> Chosen(List<FramePair> pairs) =>
    [
        .. pairs.Where((_, i) => i % Math.Max(1, pairs.Count / Spread) == 0)
            .Concat(pairs.OrderByDescending(p => p.Apart).Take(Farthest)).Distinct(),
    ];

    private static bool AgreeInDetail(byte[]? member, byte[]? keeper, PairMatch match, List<FramePair> pairs)
    {
        if (member is null || keeper is null)
            return false;
        var ones = Read(member, [.. pairs.Select(p => p.Member)]);
        var others = Read(keeper, [.. pairs.Select(p => p.Keeper)]);
        return pairs.TrueForAll(p => DetailCheck.Find(ones[p.Member], others[p.Keeper], match) is null);
    }

    private static Dictionary<int, DetailPicture> Read(byte[] bytes, HashSet<int> wanted)
    {
        var read = new Dictionary<int, DetailPicture>();
        using var frames = PictureFrames.Open(bytes) ?? throw new UnusablePictureException(PictureFault.Unsupported, "a single frame");
        for (var i = 0; read.Count < wanted.Count; i++)
        {
            var frame = frames.Next();
            if (wanted.Contains(i))
                read[i] = DetailPicture.OfFrame(frame, DetailPicture.LongestSide);
        }

        return read;
    }

    private static GreyPicture Luminance(DetailPicture picture)
    {
        var luma = new byte[picture.Width * picture.Height];
        for (var i = 0; i < luma.Length; i++)
            luma[i] = picture.Planes.Pixels[3 * i];
        return new GreyPicture(picture.Width, picture.Height, luma);
    }

    private static UnusablePictureException Gone() => new(PictureFault.NoPicture, "it can't be read any more");

    // Numbers of two frames in their files, and how far their luminance is apart, in levels.
    private sealed record FramePair(int Member, int Keeper, double Brighter, double Apart);
}
