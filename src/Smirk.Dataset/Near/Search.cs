using System.Collections.Concurrent;
using Smirk.Dataset.Memory;
using Smirk.Dataset.Near.Candidates;
using Smirk.Dataset.Near.Cluster;
using Smirk.Dataset.Near.Detail;
using Smirk.Dataset.Near.Frames;
using Smirk.Dataset.Near.Keeper;
using Smirk.Dataset.Near.Prepare;
using Smirk.Dataset.Near.Verify;
using Smirk.Imaging.Reading;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Errors;

namespace Smirk.Dataset.Near;

/// <summary>The state of one search. Pictures with the same pixels share one number; numbers are given in the order of the
/// inputs.</summary>
internal sealed class Search
{
    private readonly DecodedCache<PreparedPicture> _cache;
    private readonly DecodedCache<DetailPicture> _details;
    private readonly NearMemory _memory;
    private readonly CancellationToken _cancel;
    private readonly MemoryBudget _decoding;
    private readonly ConcurrentDictionary<int, string> _refused = new();
    private readonly Dictionary<UInt128, int> _numberByPixels = [];
    private readonly HashSet<int> _fresh = [];
    private readonly Dictionary<int, List<(int Other, Placement Placement)>> _links = [];
    private readonly ConcurrentDictionary<(int Member, int Keeper), PairMatch> _straight = new();
    private readonly List<List<int>> _inputsOf = [];
    private readonly Dictionary<int, int> _numberOf = [];
    private readonly List<int> _withoutFeatures = [];
    private readonly HashSet<int> _several = [];
    private readonly HashSet<int> _transparent = [];
    private readonly AnimationPairs _frames;
    private readonly Twins _twins;
    private readonly Lazy<DisjointSets> _sets;
    private readonly ILookup<int, NearGroup> _known;

    public Search(IReadOnlyList<NearInput> inputs, NearOptions options, NearMemory memory, CancellationToken cancel)
    {
        _decoding = new() { MostPixels = options.MaxPixels };
        (Inputs, _memory, _cancel) = (inputs, memory, cancel);
        _cache = new(i => PreparedPicture.Decode(inputs[i].Read(), _decoding), picture => picture.Bytes, options.CacheBytes);
        _details = new(i => DetailPicture.Decode(inputs[i].Read(), _decoding), picture => picture.Bytes, options.CacheBytes / 2);
        _frames = new(ReadAny, cancel);
        _twins = new(inputs);
        _sets = new(JoinKnown);
        _known = memory.Groups.ToLookup(g => g.Keeper);
        foreach (var (input, descriptor) in memory.Descriptors.OrderBy(p => p.Key))
            File(input, descriptor);
    }

    public IReadOnlyList<NearInput> Inputs { get; }

    public CandidateFinder Finder { get; } = new();

    public List<Candidate> Candidates { get; } = [];

    public DisjointSets Sets => _sets.Value;

    /// <summary>Inputs that no earlier search prepared.</summary>
    public IEnumerable<int> NewInputs => Enumerable.Range(0, Inputs.Count).Where(i => !_memory.Descriptors.ContainsKey(i));

    /// <summary>Decodes one input, unless what it asks was kept; null when it is refused.</summary>
    public Preparation? Prepare(int input)
    {
        try
        {
            return _memory.Kept(input) ?? Preparation.Of(Inputs[input].Read(), _decoding);
        }
        catch (Exception error) when (IsAboutOneFile(error))
        {
            _refused[input] = error.Message;
            return null;
        }
    }

    /// <summary>Takes a new input in; its number when its pixels are new.</summary>
    public int? Add(int input, Preparation prepared)
    {
        _memory.Remember(input, prepared.Descriptor);
        if (File(input, prepared.Descriptor) is not { } number)
            return null;
        _fresh.Add(number);
        if (prepared.Picture is { } picture)
            _cache.Put(input, picture);
        return number;
    }

    /// <summary>The group found earlier, when nothing new came to these numbers.</summary>
    public NearGroup? KnownGroup(IReadOnlyCollection<int> numbers)
    {
        if (numbers.Any(_fresh.Contains))
            return null;
        var inputs = numbers.SelectMany(n => _inputsOf[n]).ToHashSet();
        var known = inputs.SelectMany(i => _known[i]).ToList();
        if (known.Count != 1 || !known[0].Members.All(m => inputs.Contains(m.Index)))
            return null;
        return known[0] with
        {
            Keeper = _numberOf[known[0].Keeper],
            Members = [.. known[0].Members.Where(m => _numberOf[m.Index] != _numberOf[known[0].Keeper])
                .Select(m => m with { Index = _numberOf[m.Index] }).DistinctBy(m => m.Index)],
        };
    }

    private int? File(int input, NearDescriptor descriptor)
    {
        if (_numberByPixels.TryGetValue(descriptor.Pixels, out var known))
        {
            _inputsOf[known].Add(input);
            _numberOf[input] = known;
            return null;
        }

        var number = _numberOf[input] = _numberByPixels[descriptor.Pixels] = _inputsOf.Count;
        _inputsOf.Add([input]);
        if (descriptor.HasNoFeatures)
            _withoutFeatures.Add(input);
        if (descriptor.Animated)
            _several.Add(number);
        if (descriptor.HasAlpha)
            _transparent.Add(number);
        Finder.Add(descriptor);
        return number;
    }

    private DisjointSets JoinKnown()
    {
        var sets = new DisjointSets(_inputsOf.Count);
        foreach (var group in _memory.Groups)
        {
            foreach (var member in group.Members.Where(
                m => _memory.Descriptors.ContainsKey(m.Index) && _memory.Descriptors.ContainsKey(group.Keeper)))
                sets.Join(_numberOf[group.Keeper], _numberOf[member.Index]);
        }

        return sets;
    }

    /// <summary>Compares two numbers; a person's word goes before.</summary>
    public PairMatch? Verify(PairVerifier verifier, int member, int keeper, bool? mirrored = null)
    {
        if (AreApart(member, keeper) || Prepared(member) is not { } one || Prepared(keeper) is not { } other)
            return null;

        // What matches the straight way round is tried first, so it is known when a keeper is chosen among pictures that were joined.
        if (mirrored is null && _straight.TryGetValue((member, keeper), out var known))
            return known;
        var match = InDetail(member, keeper, verifier.Verify(one, other, mirrored));
        if (mirrored == false && match is { IsAlternate: false })
            _straight[(member, keeper)] = match;

        // A face is nearly its own mirror image: what differs the one way round may be the same the other way.
        return match is { Difference: not null }
            && InDetail(member, keeper, verifier.Verify(one, other, !match.Mirrored)) is { IsAlternate: false } turned
            ? turned
            : match;
    }

    /// <summary>The same where it is known how the two ought to lie on each other.</summary>
    public PairMatch? VerifyAlong(PairVerifier verifier, int member, int keeper, in Placement placement) =>
        AreApart(member, keeper) || Prepared(member) is not { } one || Prepared(keeper) is not { } other
            ? null
            : InDetail(member, keeper, verifier.VerifyAlong(one, other, placement));

    // What matches at the working size is looked at once more in detail before anything is called a duplicate.
    private PairMatch? InDetail(int member, int keeper, PairMatch? match)
    {
        if (match is null || OfAny(member, _details.Get) is not { } one || OfAny(keeper, _details.Get) is not { } other)
            return null;
        if (DetailCheck.Find(one, other, match) is { } region)
            return match with { Kind = NearKind.Alternate, Difference = region };
        if (match.IsAlternate)
            return match;
        if (_several.Contains(member) != _several.Contains(keeper))
            return match with { Kind = NearKind.Still };
        if (_several.Contains(member) && !_frames.AreSame(member, keeper, match))
            return match with { Kind = NearKind.Alternate };

        // Over one ground the two look the same; what is clear in one of them and not in the other shows on any other ground.
        return _transparent.Contains(member) && _transparent.Contains(keeper) && ClearElsewhere(member, keeper, match) is { } clear
            ? match with { Kind = NearKind.Alternate, Difference = clear }
            : match;
    }

    private PictureRegion? ClearElsewhere(int member, int keeper, PairMatch match) =>
        OfAny(member, AlphaOf) is { Planes: { } one } && OfAny(keeper, AlphaOf) is { Planes: { } other }
            ? OpacityCheck.Find(one, other, match) : null;

    private Opacity AlphaOf(int input) => new(DetailPicture.DecodeAlpha(Inputs[input].Read(), _decoding));

    /// <summary>Joins two numbers that match.</summary>
    public void Join(int member, int keeper, PairMatch match)
    {
        Sets.Join(member, keeper);
        AddLink(member, keeper, match.Placement);
        AddLink(keeper, member, match.Placement.Inverse());
    }

    /// <summary>The numbers that one was joined with, and how it lies on them.</summary>
    public IReadOnlyList<(int Other, Placement Placement)> LinksOf(int number) => _links.GetValueOrDefault(number) ?? [];

    private void AddLink(int from, int to, in Placement placement)
    {
        if (!_links.TryGetValue(from, out var links))
            _links[from] = links = [];
        links.Add((to, placement));
    }

    /// <summary>How original a number looks; null when it can't be read any more.</summary>
    public Originality? Measure(int number) =>
        OfAny(number, _ =>
        {
            var input = _twins.Best(_inputsOf[number].Where(i => !_refused.ContainsKey(i)));
            return Originality.Measure(Inputs[input].Read(), Inputs[input].Modified, _decoding);
        });

    /// <summary>Whether a file with these pixels stays whatever is found.</summary>
    public bool IsProtected(int number) => _inputsOf[number].Exists(input => Inputs[input].IsProtected);

    private static bool IsAboutOneFile(Exception error) =>
        error is UnusablePictureException or UnusableInputException or IOException or UnauthorizedAccessException;

    private bool AreApart(int one, int other) => _memory.AreApart(_inputsOf[one][0], _inputsOf[other][0]);

    private PreparedPicture? Prepared(int number) => OfAny(number, _cache.Get);

    // What is gone or has changed since it was first read is refused by name; a file with the same pixels stands in for it.
    private T? OfAny<T>(int number, Func<int, T> use)
        where T : class
    {
        _cancel.ThrowIfCancellationRequested();
        foreach (var input in _inputsOf[number].Where(input => !_refused.ContainsKey(input)))
        {
            try
            {
                return use(input);
            }
            catch (Exception error) when (IsAboutOneFile(error))
            {
                _refused[input] = error.Message;
            }
        }

        return null;
    }

    /// <summary>Turns numbers back into inputs and puts the same pixels beside each other.</summary>
    public NearFindings Findings(IReadOnlyList<NearGroup> groups, IReadOnlyList<(int A, int B, PairMatch Match)> related)
    {
        var lost = ForgetRefused();
        var all =
            groups.Where(g => !lost.Contains(g.Keeper)).Select(g => g with { Members = [.. g.Members.Where(m => !lost.Contains(m.Index))] })
            .Select(g => InputsOf(g, withTwins: true)).Where(g => g.Members.Count > 0).ToList();
        var grouped = groups.SelectMany(g => g.Members.Select(m => m.Index).Append(g.Keeper)).ToHashSet();
        all.AddRange(_inputsOf.Where((inputs, number) => inputs.Count > 1 && !grouped.Contains(number)).Select(_twins.Group));
        var keeperOf = groups.SelectMany(g => g.Members.Select(m => (m.Index, g.Keeper))).ToDictionary(p => p.Index, p => p.Keeper);
        var alternates = related.Select(r => (A: keeperOf.GetValueOrDefault(r.A, r.A), B: keeperOf.GetValueOrDefault(r.B, r.B), r.Match))
            .Where(r => r.A != r.B && !lost.Contains(r.A) && !lost.Contains(r.B)).DistinctBy(r => (Math.Min(r.A, r.B), Math.Max(r.A, r.B)))
            .GroupBy(r => r.B)
            .Select(g => InputsOf(new NearGroup(g.Key, [Reason.Of(KeeperReason.FirstOfTemplate)],
                [.. g.Select(r => new NearMember(r.A, r.Match.Kind, r.Match.Similarity, r.Match))]), withTwins: false));
        return new NearFindings
        {
            Groups = [.. all.OrderByDescending(g => g.Doubt).ThenBy(g => g.Keeper)],
            Alternates = [.. alternates.Concat(_memory.Alternates).OrderByDescending(g => g.Doubt).ThenBy(g => g.Keeper)],
            Refused = _refused.OrderBy(p => p.Key).ToDictionary(),
            WithoutFeatures = [.. _withoutFeatures.Where(input => !_refused.ContainsKey(input))],
        };
    }

    // The numbers of which no input is left.
    private HashSet<int> ForgetRefused()
    {
        foreach (var inputs in _inputsOf)
            inputs.RemoveAll(_refused.ContainsKey);
        return [.. Enumerable.Range(0, _inputsOf.Count).Where(number => _inputsOf[number].Count == 0)];
    }

    private NearGroup InputsOf(NearGroup group, bool withTwins)
    {
        var keeper = _twins.Best(_inputsOf[group.Keeper]);
        var members = new List<NearMember>();
        if (withTwins)
            members.AddRange(_twins.Of(_inputsOf[group.Keeper], keeper));
        foreach (var member in group.Members)
        {
            foreach (var input in withTwins ? _inputsOf[member.Index] : [_twins.Best(_inputsOf[member.Index])])
                members.Add(member with { Index = input });
        }

        return group with { Keeper = keeper, Members = members };
    }

    private byte[]? ReadAny(int number) => OfAny(number, input => Inputs[input].Read());

    private sealed record Opacity(DetailPicture? Planes);
}
