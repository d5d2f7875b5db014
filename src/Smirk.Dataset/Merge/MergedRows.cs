using Smirk.Dataset.Exact;
using Smirk.Dataset.Near;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Merge;

/// <summary>The rows of several catalogs in one.</summary>
/// <param name="catalog">The one.</param>
/// <param name="others">The workspaces whose rows are taken over.</param>
internal sealed class MergedRows(CatalogDatabase catalog, IReadOnlyList<SmirkWorkspace> others)
{
    // What the stages decide anew about all pictures together.
    private static readonly string[] DecidedAnew = [ExactStage.Name, NearStage.Name];

    private const int LookEvery = 512;

    private readonly Dictionary<long, long>[] _files = Of(others);
    private readonly Dictionary<long, long>[] _pictures = Of(others);

    // Pictures that several of the workspaces have: what is known of them is taken from the first.
    private readonly HashSet<long> _described = [];

    /// <summary>Writes all of them; to be called within a transaction.</summary>
    public void Write(CancellationToken cancel)
    {
        var stored = others.Select(other => other.Catalog.Pictures.All().ToDictionary(p => p.Id)).ToArray();
        var notes = others.Select(other => other.Catalog.Notes.All()).ToArray();
        foreach (var (kind, path) in others.SelectMany(other => other.Catalog.Sources.All()).Select(s => (s.Kind, s.Path)).Distinct())
        {
            var source = catalog.Sources.GetOrAdd(kind, path);
            var known = catalog.Files.OfSource(source.Id).ToDictionary(f => f.Path);
            var written = 0;
            foreach (var (number, file) in MergeOrder.Of([.. others.Select(other => FilesOf(other, path))]))
            {
                if (written++ % LookEvery == 0)
                    cancel.ThrowIfCancellationRequested();
                long? picture = file.PictureId is { } id && stored[number].TryGetValue(id, out var held) ? Take(number, held) : null;
                var row = Put(source, file, picture, known);
                _files[number][file.Id] = row.Id;
                if (notes[number].TryGetValue(file.Id, out var said))
                    catalog.Notes.Put(row.Id, said);
            }
        }

        WriteCrops();
        WriteDecisions();
    }

    private static Dictionary<long, long>[] Of(IReadOnlyList<SmirkWorkspace> others) =>
        [.. others.Select(_ => new Dictionary<long, long>())];

    private static IReadOnlyList<SourceFile> FilesOf(SmirkWorkspace other, string path) =>
        other.Catalog.Sources.All().FirstOrDefault(s => s.Path == path) is { } source ? other.Catalog.Files.OfSource(source.Id) : [];

    // Two workspaces may have seen one file at different times: what was usable, and what is newer, counts.
    private SourceFile Put(Source source, SourceFile file, long? picture, Dictionary<string, SourceFile> known)
    {
        var row = file with { Id = 0, SourceId = source.Id, PictureId = picture };
        if (known.TryGetValue(file.Path, out var before)
            && (Rank(before.Status), before.ModifiedTicks).CompareTo((Rank(file.Status), file.ModifiedTicks)) >= 0)
            return before;
        return known[file.Path] = catalog.Files.Put(row);
    }

    private static int Rank(FileStatus status) => status switch
    {
        FileStatus.Used => 2,
        FileStatus.Gone => 0,
        _ => 1,
    };

    private long Take(int number, StoredPicture picture)
    {
        if (_pictures[number].TryGetValue(picture.Id, out var known))
            return known;
        var id = catalog.Pictures.GetOrAdd(picture.Sha256, picture.Format, picture.Width, picture.Height, picture.Bytes).Id;
        _pictures[number][picture.Id] = id;
        if (_described.Add(id) && catalog.Descriptors.OfPicture(id).Count == 0)
            NearMerging.Take(others[number].Catalog.Descriptors, picture.Id, catalog.Descriptors, id);
        return id;
    }

    private void WriteCrops()
    {
        var there = catalog.Crops.All().Select(Alike).ToHashSet();
        var all = others.SelectMany((other, number) => other.Catalog.Crops.All().Where(c => _pictures[number].ContainsKey(c.PictureId))
            .Select(c => c with { Id = 0, PictureId = _pictures[number][c.PictureId] }));
        foreach (var crop in all.OrderBy(c => c.PictureId))
        {
            if (there.Add(Alike(crop)))
                catalog.Crops.Add(crop);
        }

        static string Alike(CropRow crop) =>
            $"{crop.PictureId} {crop.X} {crop.Y} {crop.Width} {crop.Height} {crop.Angle:R} {crop.By} {crop.Label}";
    }

    // A person's word goes with the files and pictures it is about, and so does what a stage found out about one picture alone.
    private void WriteDecisions()
    {
        var standing = catalog.Decisions.All().Select(d => (d.Subject, d.SubjectId, d.Stage, d.By)).ToHashSet();
        var taken = new List<Decision>();
        foreach (var (other, number) in others.Select((other, number) => (other, number)))
        {
            foreach (var decision in other.Catalog.Decisions.All())
            {
                var rows = decision.Subject == DecisionSubject.File ? _files[number] : _pictures[number];
                if (decision.By == Decision.Smirk && DecidedAnew.Contains(decision.Stage)
                    || !rows.TryGetValue(decision.SubjectId, out var subject)
                    || !standing.Add((decision.Subject, subject, decision.Stage, decision.By)))
                    continue;
                var keeper = decision.KeeperId is { } id && rows.TryGetValue(id, out var kept) ? kept : (long?)null;
                taken.Add(decision with { SubjectId = subject, KeeperId = keeper });
            }
        }

        foreach (var batch in taken.GroupBy(d => d.By))
            catalog.Decisions.Put([.. batch.OrderBy(d => d.Stage, StringComparer.Ordinal).ThenBy(d => d.SubjectId)]);
    }
}
