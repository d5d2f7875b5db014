using Smirk.Dataset.Near.Prepare;
using Smirk.Dataset.Near.Verify;
using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Candidates;

/// <summary>Knows the descriptors of all pictures so far, and names those few that a picture might be a copy of.</summary>
/// <remarks>Adding, filing and asking must not overlap in time; asking may run on all cores.</remarks>
internal sealed class CandidateFinder
{
    // A right partner is among the first five nearly always; the rest is for groups of many copies.
    private const int MostByKeypoints = 16;
    private const int MostByHash = 16;
    private const float LeastVotes = 2;

    // Keypoints that have to agree on one turn, scale and shift before two pictures are compared. Strangers rarely reach the first number;
    // below it the likeliest few are compared all the same: a photo of a crop has no more.
    private const int Agreeing = 14;
    private const int LeastAgreeing = 9;
    private const int MostWeak = 2;

    private readonly List<NearDescriptor> _descriptors = [];
    private readonly FeatureIndex _features = new();
    private readonly HashIndex _hashes = new();
    private readonly List<int> _hashOwners = [];
    private readonly ThreadLocal<Ballot> _ballots = new(() => new Ballot());

    /// <summary>How many pictures are known.</summary>
    public int Count => _descriptors.Count;

    /// <summary>Makes a picture known under the next number, <see cref="Count"/>; <see cref="File"/> has to be called before it is
    /// found.</summary>
    public void Add(NearDescriptor descriptor) => _descriptors.Add(descriptor);

    /// <summary>Gives a picture that isn't filed yet its keypoints.</summary>
    public void Complete(int number, NearDescriptor descriptor) => _descriptors[number] = descriptor;

    /// <summary>Files what was added since the last time: many at once are much cheaper than one by one.</summary>
    /// <param name="threads">Threads to use.</param>
    public void File(int threads)
    {
        var filed = _features.Count;
        for (var id = filed; id < Count; id++)
        {
            if (_descriptors[id].HasNoFeatures)
                continue;
            AddHash(_descriptors[id].Whole, id);
            if (_descriptors[id].Trimmed != _descriptors[id].Whole)
                AddHash(_descriptors[id].Trimmed, id);
        }

        _features.Add(Count - filed, i => _descriptors[filed + i].HasNoFeatures ? [] : _descriptors[filed + i].Descriptors, threads);
    }

    /// <summary>The filed pictures that the one that <paramref name="picture"/> asks about, known as <paramref name="self"/>, might be a
    /// copy of.</summary>
    public IReadOnlyList<Candidate> Find(CopyQuestion picture, int self)
    {
        if (_descriptors[self].HasNoFeatures)
            return [];
        var found = new Dictionary<int, Candidate>();
        ByKeypoints(picture.Features, self, mirrored: false, found);
        ByKeypoints(picture.MirroredFeatures, self, mirrored: true, found);
        ByHash(picture, self, found);
        var weak = found.Values.Where(c => c.Mirrored is not null && c.Evidence < Agreeing).OrderByDescending(c => c.Evidence)
            .ThenBy(c => c.Other).Skip(MostWeak).ToHashSet();
        return [.. found.Values.Where(c => !weak.Contains(c))];
    }

    private void AddHash(in Hashes.Hash256 hash, int id)
    {
        _hashes.Add(hash);
        _hashOwners.Add(id);
    }

    private void ByHash(CopyQuestion picture, int self, Dictionary<int, Candidate> found)
    {
        var hits = new List<int>();
        foreach (var hashes in picture.IsTrimmed ? new[] { picture.Whole, picture.Trimmed } : [picture.Whole])
        {
            foreach (var hash in hashes)
                _hashes.Search(hash, HashIndex.LargestRadius, hits);
        }

        var nearest = hits.Select(hit => _hashOwners[hit]).Where(owner => owner != self)
            .Distinct()
            .OrderBy(owner => _descriptors[owner].Trimmed.Distance(picture.Trimmed[0])).ThenBy(owner => owner).Take(MostByHash);
        foreach (var owner in nearest)
            found.TryAdd(owner, new Candidate(self, owner, LeastAgreeing, Mirrored: null));
    }

    private void ByKeypoints(LocalFeatures features, int self, bool mirrored, Dictionary<int, Candidate> found)
    {
        var ballot = _ballots.Value!;
        ballot.Clear(Count);
        _features.Vote(features.Descriptors, ballot);
        foreach (var (other, _) in ballot.Top(MostByKeypoints + 1, LeastVotes))
        {
            if (other == self)
                continue;
            var (from, to) = FeatureMatcher.Match(features, _descriptors[other].Features());
            if (from.Length / 2 < LeastAgreeing || ModelFit.Similarity(from, to, 6) is not { } fit || fit.Count < LeastAgreeing)
                continue;
            if (!found.TryGetValue(other, out var known) || known.Evidence < fit.Count)
                found[other] = new Candidate(self, other, fit.Count, mirrored);
        }
    }
}

/// <summary>Two pictures to be compared.</summary>
/// <param name="Self">Number of the one that was asked about.</param>
/// <param name="Other">Number of the other.</param>
/// <param name="Evidence">Keypoints that agree, or what stands for them; the surest pairs are compared first.</param>
/// <param name="Mirrored">Whether they agree with <paramref name="Self"/> mirrored; null when hashes found the pair.</param>
internal readonly record struct Candidate(int Self, int Other, int Evidence, bool? Mirrored);
