using Smirk.Dataset.Near.Prepare;
using Smirk.Dataset.Near.Verify;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Near;

/// <summary>Reads from the catalog what earlier runs found and a person said, and words what was found now as decisions.</summary>
internal sealed class NearRecall
{
    /// <summary>How a person's "these are not the same" is kept.</summary>
    public const string NotDuplicate = "not-duplicate";

    private readonly CatalogDatabase _catalog;
    private readonly IReadOnlyList<StoredPicture> _pictures;
    private readonly IReadOnlyList<Decision> _byPerson;
    private readonly List<(long Picture, NearDescriptor Descriptor)> _new = [];

    public NearRecall(CatalogDatabase catalog, IReadOnlyList<StoredPicture> pictures, NearOptions options)
    {
        (_catalog, _pictures) = (catalog, pictures);
        var places = pictures.Select((p, i) => (p.Id, i)).ToDictionary(p => p.Id, p => p.i);
        var decisions = catalog.Decisions.OfStage(NearStage.Name).Where(d => d.Subject == DecisionSubject.Picture && places.ContainsKey(d.SubjectId)).ToList();
        _byPerson = [.. decisions.Where(d => d.By != "smirk")];
        var bySmirk = decisions.Where(d => d.By == "smirk" && d.KeeperId is { } keeper && places.ContainsKey(keeper)).ToList();

        // Who was in a group with whom when the person said that one doesn't belong to it.
        var keeperOf = bySmirk.ToDictionary(d => d.SubjectId, d => d.KeeperId!.Value);
        var apart = _byPerson.Where(d => d.Kind == NotDuplicate && d.KeeperId is not null).ToDictionary(d => d.SubjectId, d => d.KeeperId!.Value);
        bool IsApart(long one, long other) => apart.TryGetValue(one, out var keeper) && (keeper == other || keeperOf.GetValueOrDefault(other) == keeper);

        Memory = new NearMemory
        {
            Descriptors = catalog.Descriptors.OfKind(KindOf(options)).Where(p => places.ContainsKey(p.Key))
                .Select(p => (Place: places[p.Key], Descriptor: NearDescriptor.FromBytes(p.Value))).Where(p => p.Descriptor is not null)
                .ToDictionary(p => p.Place, p => p.Descriptor!),
            Groups = Groups(bySmirk.Where(d => d.Verdict == Verdict.Drop && !IsApart(d.SubjectId, d.KeeperId!.Value)), places),
            Alternates = Groups(bySmirk.Where(d => d.Verdict == Verdict.Alternate && !IsApart(d.SubjectId, d.KeeperId!.Value)), places),
            AreApart = (a, b) => IsApart(pictures[a].Id, pictures[b].Id) || IsApart(pictures[b].Id, pictures[a].Id),
            Remember = (place, descriptor) => _new.Add((pictures[place].Id, descriptor)),
        };
        _kind = KindOf(options);
    }

    private readonly string _kind;

    /// <summary>What the finder is told.</summary>
    public NearMemory Memory { get; }

    /// <summary>Stores the descriptors of this run's new pictures.</summary>
    public void Save()
    {
        foreach (var (picture, descriptor) in _new)
            _catalog.Descriptors.Put(picture, _kind, descriptor.ToBytes());
    }

    /// <summary>One decision a member and alternate that no person decided about.</summary>
    public IReadOnlyList<Decision> Decide(NearFindings findings, IReadOnlyList<NearInput> inputs)
    {
        var decided = _byPerson.Select(d => d.SubjectId).ToHashSet();
        var decisions = new Dictionary<long, Decision>();
        foreach (var (group, verdict) in findings.Groups.Select(g => (g, Verdict.Drop)).Concat(findings.Alternates.Select(g => (g, Verdict.Alternate))))
        {
            foreach (var member in group.Members)
            {
                if (!decided.Contains(_pictures[member.Index].Id))
                    decisions.TryAdd(_pictures[member.Index].Id, Word(member, group, verdict, inputs[group.Keeper].Name));
            }
        }

        return [.. decisions.Values];
    }

    private Decision Word(NearMember member, NearGroup group, Verdict verdict, string keeper) => new()
    {
        Subject = DecisionSubject.Picture,
        SubjectId = _pictures[member.Index].Id,
        Stage = NearStage.Name,
        Verdict = verdict,
        Kind = member.Kind.Name(),
        Reason = verdict == Verdict.Alternate
            ? $"the same template as {keeper} with other content ({member.Similarity:P0} alike)"
            : $"{member.Kind.Name()} of {keeper} ({member.Similarity:P0} alike), which stays: {string.Join(", ", group.Reasons)}",
        KeeperId = _pictures[group.Keeper].Id,
        Score = member.Similarity,
    };

    // What was found with other limits is no longer true: descriptors are kept a level of care.
    private static string KindOf(NearOptions options) => options.Care == NearCare.Careful ? NearDescriptor.Kind + "-careful" : NearDescriptor.Kind;

    private static List<NearGroup> Groups(IEnumerable<Decision> decisions, Dictionary<long, int> places) =>
        [.. decisions.GroupBy(d => d.KeeperId!.Value).Select(g => new NearGroup(places[g.Key], [g.First().Verdict == Verdict.Alternate ? NearGroup.FirstOfTemplate : After(g.First().Reason, "which stays: ")],
            [.. g.Select(d => new NearMember(places[d.SubjectId], KindNamed(d.Kind), d.Score ?? 0, null))]))];

    private static NearKind KindNamed(string name) => Enum.GetValues<NearKind>().FirstOrDefault(k => k.Name() == name, NearKind.ReEncode);

    private static string After(string text, string mark) => text.IndexOf(mark, StringComparison.Ordinal) is >= 0 and var at ? text[(at + mark.Length)..] : text;
}
