using Smirk.Dataset.Memory;
using Smirk.Dataset.Near.Candidates;
using Smirk.Dataset.Near.Cluster;
using Smirk.Dataset.Near.Index;
using Smirk.Dataset.Near.Keeper;
using Smirk.Dataset.Near.Prepare;
using Smirk.Dataset.Near.Verify;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Near;

/// <summary>The state of one search.</summary>
internal sealed class Search
{
    private readonly NearMemory _memory;
    private readonly MemoryBudget _decoding;
    private readonly NumberedInputs _numbers;
    private readonly HashSet<int> _fresh = [];
    private bool _isWhole;
    private readonly Dictionary<int, List<(int Other, Placement Placement)>> _links = [];
    private readonly Twins _twins;
    private readonly Lazy<DisjointSets> _sets;
    private readonly ILookup<int, NearGroup> _known;

    public Search(IReadOnlyList<NearInput> inputs, NearOptions options, NearMemory memory, CancellationToken cancel)
    {
        _decoding = new() { MostPixels = options.MaxPixels };
        (Inputs, _memory) = (inputs, memory);
        _numbers = new(inputs, memory, cancel);
        Judge = new(_numbers, memory, options, _decoding, cancel);
        _twins = new(inputs, memory);
        _sets = new(JoinKnown);
        _known = memory.Groups.ToLookup(g => g.Keeper);
        foreach (var (input, descriptor) in memory.Descriptors.OrderBy(p => p.Key))
            File(input, descriptor);
        Candidates = [.. memory.Candidates.Select(c => c with { Self = _numbers.NumberOf(c.Self), Other = _numbers.NumberOf(c.Other) })];
    }

    public IReadOnlyList<NearInput> Inputs { get; }

    /// <summary>Names those that a picture might be a copy of.</summary>
    public CandidateFinder Finder { get; } = new();

    /// <summary>Says which numbers are copies of which.</summary>
    public PairJudge Judge { get; }

    public List<Candidate> Candidates { get; }

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
        catch (Exception error) when (NumberedInputs.IsAboutOneFile(error))
        {
            _numbers.Refuse(input, error.Message);
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
            Judge.Put(input, picture);
        return number;
    }

    /// <summary>Makes all that were added known to those that ask.</summary>
    /// <param name="threads">Threads to use.</param>
    public void FileAll(int threads)
    {
        if (!_isWhole && _memory.Whole is { } whole)
        {
            var descriptors = whole();
            foreach (var (input, descriptor) in descriptors.Where(d => _numbers[_numbers.NumberOf(d.Key)][0] == d.Key))
                Finder.Complete(_numbers.NumberOf(input), descriptor);
        }

        _isWhole = true;
        Finder.File(threads);
    }

    /// <summary>Takes in what a batch of new numbers might be copies of: each of the batch has been asked.</summary>
    public void AddCandidates(IEnumerable<Candidate> found)
    {
        var before = Candidates.Count;
        Candidates.AddRange(found);
        _memory.Facts?.Remember(Candidates.Skip(before).Select(c =>
            new FoundCandidate(_numbers.DescriptorOf(c.Self).Pixels, _numbers.DescriptorOf(c.Other).Pixels, c.Evidence, c.Mirrored)));
    }

    /// <summary>The group found earlier, when nothing new came to these numbers.</summary>
    public NearGroup? KnownGroup(IReadOnlyCollection<int> numbers)
    {
        if (numbers.Any(_fresh.Contains))
            return null;
        var inputs = numbers.SelectMany(n => _numbers[n]).ToHashSet();
        var known = inputs.SelectMany(i => _known[i]).ToList();
        if (known.Count != 1 || !known[0].Members.All(m => inputs.Contains(m.Index)))
            return null;
        var keeper = _numbers.NumberOf(known[0].Keeper);
        return known[0] with
        {
            Keeper = keeper,
            Members = [.. known[0].Members.Where(m => _numbers.NumberOf(m.Index) != keeper)
                .Select(m => m with { Index = _numbers.NumberOf(m.Index) }).DistinctBy(m => m.Index)],
        };
    }

    private int? File(int input, NearDescriptor descriptor)
    {
        if (_numbers.File(input, descriptor) is not { } number)
            return null;
        Finder.Add(descriptor);
        return number;
    }

    private DisjointSets JoinKnown()
    {
        var sets = new DisjointSets(_numbers.Count);
        foreach (var group in _memory.Groups)
        {
            foreach (var member in group.Members.Where(
                m => _memory.Descriptors.ContainsKey(m.Index) && _memory.Descriptors.ContainsKey(group.Keeper)))
                sets.Join(_numbers.NumberOf(group.Keeper), _numbers.NumberOf(member.Index));
        }

        return sets;
    }

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
        _numbers.OfAny(number, _ =>
        {
            var input = _twins.Best(_numbers[number].Where(i => !_numbers.Refused.ContainsKey(i)));
            Originality Look() => Originality.Measure(Inputs[input].Read(), Inputs[input].Modified, _decoding);
            return _memory.Facts is { } facts ? facts.Measure(input, Look) with { Modified = Inputs[input].Modified } : Look();
        });

    /// <summary>Whether a file with these pixels stays whatever is found.</summary>
    public bool IsProtected(int number) => _numbers[number].Any(_twins.Stays);

    /// <summary>Why one that stays is the keeper.</summary>
    public Reason WhyProtected(int number) => _twins.WhyItStays(_numbers[number].First(_twins.Stays));

    /// <summary>Turns numbers back into inputs and puts the same pixels beside each other.</summary>
    public NearFindings Findings(IReadOnlyList<NearGroup> groups, IReadOnlyList<(int A, int B, PairMatch Match)> related)
    {
        var lost = _numbers.ForgetRefused();
        var all =
            groups.Where(g => !lost.Contains(g.Keeper)).Select(g => g with { Members = [.. g.Members.Where(m => !lost.Contains(m.Index))] })
            .Select(g => InputsOf(g, withTwins: true)).Where(g => g.Members.Count > 0).ToList();
        var grouped = groups.SelectMany(g => g.Members.Select(m => m.Index).Append(g.Keeper)).ToHashSet();
        all.AddRange(Enumerable.Range(0, _numbers.Count).Where(number => _numbers[number].Count > 1 && !grouped.Contains(number))
            .Select(number => _twins.Group(_numbers[number])));
        var keeperOf = groups.SelectMany(g => g.Members.Select(m => (m.Index, g.Keeper))).ToDictionary(p => p.Index, p => p.Keeper);
        var alternates = related.Select(r => (A: keeperOf.GetValueOrDefault(r.A, r.A), B: keeperOf.GetValueOrDefault(r.B, r.B), r.Match))
            .Where(r => r.A != r.B && !lost.Contains(r.A) && !lost.Contains(r.B) && !_memory.AreApart(_numbers[r.A][0], _numbers[r.B][0]))
            .DistinctBy(r => (Math.Min(r.A, r.B), Math.Max(r.A, r.B)))
            .GroupBy(r => r.B)
            .Select(g => InputsOf(new NearGroup(g.Key, [Reason.Of(KeeperReason.FirstOfTemplate)],
                [.. g.Select(r => new NearMember(r.A, r.Match.Kind, r.Match.Similarity, r.Match))]), withTwins: false));
        return new NearFindings
        {
            Groups = [.. all.OrderByDescending(g => g.Doubt).ThenBy(g => g.Keeper)],
            Alternates = [.. alternates.Concat(_memory.Alternates).OrderByDescending(g => g.Doubt).ThenBy(g => g.Keeper)],
            Refused = _numbers.Refused.OrderBy(p => p.Key).ToDictionary(),
            WithoutFeatures = _numbers.WithoutFeatures,
        };
    }

    private NearGroup InputsOf(NearGroup group, bool withTwins)
    {
        var keeper = _twins.Best(_numbers[group.Keeper]);
        var members = new List<NearMember>();
        if (withTwins)
            members.AddRange(_twins.Of(_numbers[group.Keeper], keeper));
        foreach (var member in group.Members)
        {
            foreach (var input in withTwins ? _numbers[member.Index] : [_twins.Best(_numbers[member.Index])])
                members.Add(member with { Index = input });
        }

        return group with { Keeper = keeper, Members = members };
    }
}
