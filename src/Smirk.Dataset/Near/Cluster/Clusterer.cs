using Smirk.Dataset.Near.Keeper;
using Smirk.Dataset.Near.Verify;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Near.Cluster;

/// <summary>Makes groups of pictures that hang together by verified pairs: each has one keeper that every member matches itself, so that
/// A~B~C joins no strangers.</summary>
/// <param name="search">The pictures, and the pairs verified so far.</param>
/// <param name="working">Called for each picture that is looked at: a group of thousands takes minutes.</param>
internal sealed class Clusterer(Search search, Action working)
{
    // How often a keeper may give way to a member that turns out to be what it was made from.
    private const int Rounds = 3;

    /// <summary>The groups among pictures that hang together.</summary>
    public List<NearGroup> Split(IReadOnlyCollection<int> connected)
    {
        var groups = new List<NearGroup>();
        var measures = new Dictionary<int, Originality>();
        foreach (var picture in connected)
        {
            working();
            if (search.Measure(picture) is { } measure)
                measures.Add(picture, measure);
        }

        var left = measures.Keys.Order().ToList();
        while (left.Count > 1)
        {
            var (keeper, matches) = Settle(left, measures);
            var members =
                matches.Select(m => new NearMember(m.Key, m.Value.Kind, m.Value.Similarity, m.Value)).OrderBy(m => m.Index).ToList();
            if (members.Count > 0)
                groups.Add(new NearGroup(keeper, WhyKept(keeper, members, measures), members));
            left.RemoveAll(i => i == keeper || matches.ContainsKey(i));
        }

        return groups;
    }

    // The best by its own measures is only a guess: seen beside it, another may be the one without the border, or the whole of a crop.
    private (int Keeper, Dictionary<int, PairMatch> Matches) Settle(List<int> pictures, Dictionary<int, Originality> measures)
    {
        // A protected picture stays in any case: whatever is better than it, the others are its copies.
        var stays = pictures.Exists(search.IsProtected) ? pictures.FindAll(search.IsProtected) : pictures;
        var keeper = stays.Aggregate((best, next) => measures[next].CompareTo(measures[best]) > 0 ? next : best);
        var tried = new HashSet<int>();
        var matches = MatchAll(keeper, pictures);
        for (var round = 0; round < Rounds && tried.Add(keeper); round++)
        {
            var better = matches.Where(m => stays.Contains(m.Key)
                    && OriginalityOrder.IsMoreOriginal(measures[m.Key], measures[keeper], m.Value))
                .Select(m => (int?)m.Key)
                .Aggregate((int?)null, (best, next) => best is null || measures[next!.Value].CompareTo(measures[best.Value]) > 0 ? next
                    : best);
            if (better is not { } other || tried.Contains(other))
                break;
            var others = MatchAll(other, pictures);
            // A part that not all match would break the group up: it can't be what they were made from.
            if (others.Count < matches.Count)
                break;
            (keeper, matches) = (other, others);
        }

        return (keeper, matches);
    }

    private Reasons WhyKept(int keeper, List<NearMember> members, Dictionary<int, Originality> measures) =>
        search.IsProtected(keeper) ? [search.WhyProtected(keeper)] : KeeperReasons.Of(measures[keeper], members, measures);

    private Dictionary<int, PairMatch> MatchAll(int keeper, List<int> pictures)
    {
        var matches = new Dictionary<int, PairMatch>();
        foreach (var picture in pictures)
        {
            working();
            if (picture != keeper && search.Judge.Verify(picture, keeper) is { IsAlternate: false } match)
                matches[picture] = match;
        }

        // A photo of a crop may share too few keypoints with the keeper; laid on it by way of a copy between them, its pixels still tell.
        for (var found = true; found;)
        {
            found = false;
            foreach (var picture in pictures.Where(p => p != keeper && !matches.ContainsKey(p)))
            {
                if (ByWayOfAnother(picture, keeper, matches) is not { } match)
                    continue;
                matches[picture] = match;
                found = true;
                break;
            }
        }

        return matches;
    }

    private PairMatch? ByWayOfAnother(int picture, int keeper, Dictionary<int, PairMatch> matches)
    {
        foreach (var (other, placement) in search.LinksOf(picture))
        {
            if (matches.TryGetValue(other, out var onward)
                && search.Judge.VerifyAlong(picture, keeper, placement.Then(onward.Placement)) is { IsAlternate: false } match)
            {
                return match;
            }
        }

        return null;
    }
}
