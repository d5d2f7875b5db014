using Smirk.Dataset.Decide;
using Smirk.Dataset.Near.Candidates;
using Smirk.Dataset.Near.Prepare;
using Smirk.Dataset.Near.Verify;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Near;

/// <summary>Reads from the catalog what earlier searches found and a person said, and keeps what was found now.</summary>
internal sealed class NearRecall
{
    private const int ReportEvery = 256;

    private readonly CatalogDatabase _catalog;
    private readonly IReadOnlyList<StoredPicture> _pictures;
    private readonly string _care;
    private readonly string _kind;
    private readonly List<FoundCopy> _earlier;
    private readonly IReadOnlySet<long> _asking;
    private readonly List<(long Picture, NearDescriptor Descriptor)> _new = [];

    public NearRecall(CatalogDatabase catalog, IReadOnlyList<StoredPicture> pictures, NearOptions options)
    {
        (_catalog, _pictures) = (catalog, pictures);
        (_care, _kind) = (Code.Of(options.Care), DescriptorKind(options.Care));
        var places = pictures.Select((p, i) => (p.Id, i)).ToDictionary(p => p.Id, p => p.i);
        _asking = catalog.Descriptors.PicturesWith(CopyQuestion.Kind);
        _earlier = [.. catalog.FoundCopies.OfCare(_care).Where(c => places.ContainsKey(c.PictureId) && places.ContainsKey(c.KeeperId))];

        // Who was in a group with whom when the person said that one doesn't belong to it.
        var keeperOf = _earlier.ToDictionary(c => c.PictureId, c => c.KeeperId);
        var apart = catalog.Decisions.OfStage(NearStage.Name)
            .Where(d => d.By == Decision.Person && d.Kind == PersonsWord.NotDuplicate && d.KeeperId is not null)
            .ToDictionary(d => d.SubjectId, d => d.KeeperId!.Value);
        bool IsApart(long one, long other) =>
            apart.TryGetValue(one, out var keeper) && (keeper == other || keeperOf.GetValueOrDefault(other) == keeper);

        var together = _earlier.Where(c => !IsApart(c.PictureId, c.KeeperId)).ToLookup(c => NearKindNames.IsAlternate(c.Kind));
        Memory = new NearMemory
        {
            Descriptors = catalog.Descriptors.OfKind(_kind).Where(p => places.ContainsKey(p.Key) && !_asking.Contains(p.Key))
                .Select(p => (Place: places[p.Key], Descriptor: NearDescriptor.FromBytes(p.Value))).Where(p => p.Descriptor is not null)
                .ToDictionary(p => p.Place, p => p.Descriptor!),
            Groups = Groups(together[false], places),
            Alternates = Groups(together[true], places),
            AreApart = (a, b) => IsApart(pictures[a].Id, pictures[b].Id) || IsApart(pictures[b].Id, pictures[a].Id),
            Kept = place => _asking.Contains(pictures[place].Id) ? KeptOf(pictures[place].Id) : null,
            Remember = (place, descriptor) => _new.Add((pictures[place].Id, descriptor)),
        };
    }

    /// <summary>What the finder is told.</summary>
    public NearMemory Memory { get; }

    /// <summary>What a search with that care keeps of a picture: what was found with other limits is not true here.</summary>
    public static string DescriptorKind(NearCare care) => care == NearCare.Careful ? NearDescriptor.Kind + "-careful" : NearDescriptor.Kind;

    /// <summary>One find for each member and alternate.</summary>
    public IReadOnlyList<FoundCopy> Copies(NearFindings findings)
    {
        var copies = new Dictionary<long, FoundCopy>();
        var earlier = _earlier.ToDictionary(c => c.PictureId);
        foreach (var group in findings.Groups.Concat(findings.Alternates))
        {
            foreach (var member in group.Members)
            {
                var picture = _pictures[member.Index].Id;
                var copy = new FoundCopy(picture, _pictures[group.Keeper].Id, member.Kind.Name(), member.Similarity, group.Reasons);

                // A note is one member's and not the group's.
                copies.TryAdd(picture, group.Reasons.Has(Reason.NoteCode) && earlier.GetValueOrDefault(picture) is { } noted
                    && noted with { Reasons = copy.Reasons } == copy ? noted : copy);
            }
        }

        return [.. copies.Values];
    }

    /// <summary>Stores what this run found and what its new pictures are known by. To be called in a transaction.</summary>
    public void Save(IReadOnlyList<FoundCopy> copies, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        for (var i = 0; i < _new.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            _catalog.Descriptors.Put(_new[i].Picture, _kind, _new[i].Descriptor.ToBytes());
            if (i % ReportEvery == 0)
                progress?.Report(new StageAdvanced(NearStage.Name, i, _new.Count, "pictures", "writing"));
        }

        // What was asked for good needs no question any more.
        foreach (var picture in _asking)
        {
            _catalog.Descriptors.Remove(picture, CopyQuestion.Kind);
            _catalog.Descriptors.Remove(picture, CopyQuestion.DescriptorKind);
        }

        var earlier = _earlier.ToDictionary(c => c.PictureId);
        foreach (var copy in copies)
        {
            if (!earlier.Remove(copy.PictureId, out var same) || same != copy)
                _catalog.FoundCopies.Put(_care, copy);
        }

        foreach (var gone in earlier.Keys)
            _catalog.FoundCopies.Remove(_care, gone);
    }

    // Null where it is damaged or of another version: then it is decoded anew.
    private Preparation? KeptOf(long picture) =>
        _catalog.Descriptors.Find(picture, CopyQuestion.Kind) is { } asked && CopyQuestion.FromBytes(asked) is { } question
            && _catalog.Descriptors.Find(picture, CopyQuestion.DescriptorKind) is { } known
            && NearDescriptor.FromBytes(known) is { } descriptor
            ? new Preparation(null, question, descriptor)
            : null;

    private static List<NearGroup> Groups(IEnumerable<FoundCopy> copies, Dictionary<long, int> places) =>
        [.. copies.GroupBy(c => c.KeeperId).Select(g => new NearGroup(places[g.Key], g.First().Reasons,
            [.. g.Select(c => new NearMember(places[c.PictureId], KindNamed(c.Kind), c.Similarity, null))]))];

    private static NearKind KindNamed(string name) => Enum.GetValues<NearKind>().FirstOrDefault(k => k.Name() == name, NearKind.ReEncode);
}
