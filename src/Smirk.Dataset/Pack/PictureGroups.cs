using Smirk.Dataset.Decide;
using Smirk.Dataset.Exact;
using Smirk.Files.Archives;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Pack;

/// <summary>Pictures that some stage found to show the same thing, as groups: whoever is another's keeper is of its group. Windows of one
/// tune are a group, too: a tune repeats itself. Tunes that have a window in common but for its key aren't: it is learnt once, and jazz
/// would be a single group.</summary>
internal sealed class PictureGroups
{
    private readonly Dictionary<long, long> _towardsFirst = [];
    private readonly Dictionary<long, string> _names;

    public PictureGroups(CatalogDatabase catalog)
    {
        _names = catalog.Pictures.All().ToDictionary(p => p.Id, p => p.Sha256);
        foreach (var decision in catalog.Decisions.Counting()
            .Where(d => d.Subject == DecisionSubject.Picture && d.KeeperId is not null
                && d.Kind is not (PersonsWord.NotDuplicate or ExactStage.TransposedKind)))
            Join(decision.SubjectId, decision.KeeperId!.Value);
        foreach (var tune in catalog.Files.All().Where(f => f.PictureId is not null && MidiArchive.TuneOf(f.Path) is not null)
            .GroupBy(f => (f.SourceId, MidiArchive.TuneOf(f.Path))))
        {
            var first = tune.First().PictureId!.Value;
            foreach (var window in tune.Skip(1))
                Join(first, window.PictureId!.Value);
        }
    }

    /// <summary>The group's name: the SHA-256 of its first picture.</summary>
    public string NameOf(StoredPicture picture) => _names.GetValueOrDefault(First(picture.Id), picture.Sha256);

    // Halves the way as it goes, so that long chains of keepers stay short.
    private long First(long id)
    {
        while (_towardsFirst.TryGetValue(id, out var next))
        {
            if (_towardsFirst.TryGetValue(next, out var beyond))
                _towardsFirst[id] = beyond;
            id = next;
        }

        return id;
    }

    private void Join(long one, long other)
    {
        var (first, second) = (First(one), First(other));
        if (first != second)
            _towardsFirst[Math.Max(first, second)] = Math.Min(first, second);
    }
}
