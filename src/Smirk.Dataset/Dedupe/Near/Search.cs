using System.Collections.Concurrent;
using Smirk.Dataset.Dedupe.Near.Candidates;
using Smirk.Dataset.Dedupe.Near.Cluster;
using Smirk.Dataset.Dedupe.Near.Keeper;
using Smirk.Dataset.Dedupe.Near.Prepare;
using Smirk.Dataset.Dedupe.Near.Verify;
using Smirk.Imaging;

namespace Smirk.Dataset.Dedupe.Near;

/// <summary>The state of one search. Pictures with the same pixels share one number; numbers are given in the order of the inputs.</summary>
internal sealed class Search
{
    private readonly PreparedCache _cache;
    private readonly Func<int, int, bool?> _overrule;
    private readonly ConcurrentDictionary<int, string> _refused = new();
    private readonly Dictionary<string, int> _numberByPixels = [];
    private readonly List<List<int>> _inputsOf = [];
    private readonly List<int> _withoutFeatures = [];
    private readonly Lazy<DisjointSets> _sets;

    public Search(IReadOnlyList<NearInput> inputs, long cacheBytes, Func<int, int, bool?> overrule)
    {
        (Inputs, _overrule) = (inputs, overrule);
        _cache = new PreparedCache(inputs, cacheBytes);
        _sets = new(() => new DisjointSets(_inputsOf.Count));
    }

    public IReadOnlyList<NearInput> Inputs { get; }

    public CandidateFinder Finder { get; } = new();

    public List<Candidate> Candidates { get; } = [];

    public DisjointSets Sets => _sets.Value;

    /// <summary>Decodes one input; null when it is refused.</summary>
    public (PreparedPicture Picture, NearDescriptor Descriptor, string Pixels)? Prepare(int input)
    {
        try
        {
            var picture = PreparedPicture.Decode(Inputs[input].Read(), out var pixels);
            return (picture, NearDescriptor.Of(picture), pixels);
        }
        catch (Exception error) when (error is UnusablePictureException or IOException or UnauthorizedAccessException)
        {
            _refused[input] = error.Message;
            return null;
        }
    }

    /// <summary>Takes an input in; its number when its pixels are new.</summary>
    public int? Add(int input, PreparedPicture picture, NearDescriptor descriptor, string pixels)
    {
        if (_numberByPixels.TryGetValue(pixels, out var known))
        {
            _inputsOf[known].Add(input);
            return null;
        }

        var number = _numberByPixels[pixels] = _inputsOf.Count;
        _inputsOf.Add([input]);
        if (descriptor.HasNoFeatures)
            _withoutFeatures.Add(input);
        Finder.Add(descriptor);
        _cache.Put(input, picture);
        return number;
    }

    /// <summary>Compares two numbers; a person's word goes before.</summary>
    public PairMatch? Verify(PairVerifier verifier, int member, int keeper, bool? mirrored = null)
    {
        var (memberInput, keeperInput) = (_inputsOf[member][0], _inputsOf[keeper][0]);
        if (_overrule(memberInput, keeperInput) == false)
            return null;
        try
        {
            return verifier.Verify(_cache.Get(memberInput), _cache.Get(keeperInput), mirrored);
        }
        catch (Exception error) when (error is UnusablePictureException or IOException)
        {
            // Gone or changed since it was read first: it matches nothing now.
            return null;
        }
    }

    /// <summary>How original a number looks.</summary>
    public Originality Measure(int number)
    {
        var input = Inputs[_inputsOf[number][0]];
        return Originality.Measure(input.Read(), input.Modified);
    }

    /// <summary>Turns numbers back into inputs and puts the same pixels beside each other.</summary>
    public NearFindings Findings(IReadOnlyList<NearGroup> groups, IReadOnlyList<(int A, int B, PairMatch Match)> related)
    {
        var all = groups.Select(g => InputsOf(g, withTwins: true)).ToList();
        var grouped = groups.SelectMany(g => g.Members.Select(m => m.Index).Append(g.Keeper)).ToHashSet();
        all.AddRange(_inputsOf.Where((inputs, number) => inputs.Count > 1 && !grouped.Contains(number))
            .Select(inputs => new NearGroup(Oldest(inputs), ["the same pixels; the oldest"], Twins(inputs, Oldest(inputs)))));
        var keeperOf = groups.SelectMany(g => g.Members.Select(m => (m.Index, g.Keeper))).ToDictionary(p => p.Index, p => p.Keeper);
        var alternates = related.Select(r => (A: keeperOf.GetValueOrDefault(r.A, r.A), B: keeperOf.GetValueOrDefault(r.B, r.B), r.Match))
            .Where(r => r.A != r.B).DistinctBy(r => (Math.Min(r.A, r.B), Math.Max(r.A, r.B)))
            .GroupBy(r => r.B)
            .Select(g => InputsOf(new NearGroup(g.Key, ["first of the template"], [.. g.Select(r => new NearMember(r.A, NearKind.Alternate, r.Match.Similarity, r.Match))]), withTwins: false));
        return new NearFindings
        {
            Groups = [.. all.OrderByDescending(g => g.Doubt).ThenBy(g => g.Keeper)],
            Alternates = [.. alternates.OrderByDescending(g => g.Doubt).ThenBy(g => g.Keeper)],
            Refused = _refused.OrderBy(p => p.Key).ToDictionary(),
            WithoutFeatures = _withoutFeatures,
        };
    }

    private NearGroup InputsOf(NearGroup group, bool withTwins)
    {
        var keeper = Oldest(_inputsOf[group.Keeper]);
        var members = new List<NearMember>();
        if (withTwins)
            members.AddRange(Twins(_inputsOf[group.Keeper], keeper));
        foreach (var member in group.Members)
        {
            foreach (var input in withTwins ? _inputsOf[member.Index] : [Oldest(_inputsOf[member.Index])])
                members.Add(member with { Index = input });
        }

        return group with { Keeper = keeper, Members = members };
    }

    private static List<NearMember> Twins(List<int> inputs, int keeper) =>
        [.. inputs.Where(i => i != keeper).Select(i => new NearMember(i, NearKind.Exact, 1, null))];

    // MinBy keeps the first of equals.
    private int Oldest(List<int> inputs) => inputs.MinBy(i => Inputs[i].Modified ?? DateTime.MaxValue);
}
