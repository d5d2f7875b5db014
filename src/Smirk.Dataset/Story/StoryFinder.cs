using Smirk.Dataset.Import;
using Smirk.Files.Strip;
using Smirk.Workspace;
using Smirk.Workspace.Blobs;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Runs;

namespace Smirk.Dataset.Story;

/// <summary>Finds files in a workspace's catalog and tells what became of them.</summary>
public sealed class StoryFinder
{
    private const int ShortestHash = 8;

    private readonly SmirkWorkspace _workspace;
    private readonly Dictionary<long, Source> _sources;
    private readonly Lazy<IReadOnlyList<SourceFile>> _files;
    private readonly DecisionWords _words;
    private readonly Lazy<ILookup<string, PackedRow>> _rows;

    /// <summary>Reads the catalog.</summary>
    public StoryFinder(SmirkWorkspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        _workspace = workspace;
        _sources = workspace.Catalog.Sources.All().ToDictionary(s => s.Id);
        _files = new(workspace.Catalog.Files.All);
        _words = new DecisionWords(workspace.Catalog);
        _rows = new(ReadPacks);
    }

    /// <summary>The stories of all files that <paramref name="name"/> can mean: a path or its end, archive!member, the beginning of a
    /// SHA-256 (8 digits or more),
    /// or a file on the disk with the same bytes, stripped or not.</summary>
    /// <exception cref="UnusableInputException">The workspace knows of none.</exception>
    public IReadOnlyList<FileStory> Find(string name)
    {
        var found = ByPath(Path.GetFullPath(name), name);
        if (found.Count == 0)
            found = ByHash(name);
        if (found.Count == 0 && File.Exists(name))
            found = ByContent(File.ReadAllBytes(name));
        if (found.Count == 0)
        {
            var advice = Path.Exists(name) ? $"; import it with: smirk import {name} -w {_workspace.Folder}"
                : ": no file of that name, path or SHA-256 was imported";
            throw new UnusableInputException($"{_workspace.Folder} knows nothing of '{name}'{advice}.");
        }

        return [.. found.Select(Tell)];
    }

    /// <summary>The stories of the files that hold one picture; none where no file does any more.</summary>
    public IReadOnlyList<FileStory> Of(StoredPicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return [.. _workspace.Catalog.Files.OfPicture(picture.Id).Select(Tell)];
    }

    private List<SourceFile> ByPath(string full, string name)
    {
        var exact = _files.Value.Where(f => PathOf(f) == full || PathOf(f) == name).ToList(); // an address is no path
        return exact.Count > 0 ? exact : [.. _files.Value.Where(f => EndsWith(PathOf(f), name))];
    }

    // A whole name at the end of a path, or of a member's.
    private static bool EndsWith(string path, string name) =>
        path.Length > name.Length && path[^(name.Length + 1)] is '/' or '!' && path.EndsWith(name, StringComparison.Ordinal);

    private List<SourceFile> ByHash(string name)
    {
        // A stored picture's file name is its hash.
        var hash = Path.GetFileName(name);
        if (hash.Length < ShortestHash || !hash.All(char.IsAsciiHexDigitLower))
            return [];
        var pictures =
            _workspace.Catalog.Pictures.All().Where(p => p.Sha256.StartsWith(hash, StringComparison.Ordinal)).Select(p => p.Id).ToHashSet();
        return [.. _files.Value.Where(f => (f.PictureId is { } id && pictures.Contains(id))
            || (f.Sha256?.StartsWith(hash, StringComparison.Ordinal) ?? false))];
    }

    private List<SourceFile> ByContent(byte[] bytes)
    {
        var raw = _workspace.Catalog.Files.WithHash(BlobStore.NameOf(bytes));
        if (raw.Count > 0)
            return [.. raw];
        var stripped = MetadataStripper.Strip(bytes).Bytes.Span;
        return _workspace.Catalog.Pictures.Find(BlobStore.NameOf(stripped)) is { } picture
            ? [.. _workspace.Catalog.Files.OfPicture(picture.Id)] : [];
    }

    private FileStory Tell(SourceFile file)
    {
        var catalog = _workspace.Catalog;
        var picture = file.PictureId is { } id ? catalog.Pictures.Find(id) : null;
        var decisions = catalog.Decisions.About(DecisionSubject.File, file.Id);
        if (picture is not null)
            decisions = [.. decisions, .. catalog.Decisions.About(DecisionSubject.Picture, picture.Id)];
        return new FileStory(
            PathOf(file), _sources[file.SourceId], file, picture, picture is null ? null : _workspace.Pictures.PathOf(picture.Sha256),
            [.. decisions.Select(Told)],
            picture is null ? [] : [.. catalog.Files.OfPicture(picture.Id).Where(f => f.Id != file.Id).Select(PathOf)],
            picture is null ? [] : [.. _rows.Value[picture.Sha256]])
        {
            IsKept = picture is not null && catalog.Pictures.IsKept(picture.Id)
                && decisions.All(d => d.Subject != DecisionSubject.File || d.Verdict != Verdict.Drop),
            Collected = CollectedStory.Of(catalog, file.Id),
        };
    }

    private ToldDecision Told(Decision decision) =>
        new(decision.Stage, Code.Of(decision.Verdict), decision.Kind, decision.Reasons, _words.Of(decision), decision.By);

    // Every pack is read once, however many stories are told.
    private ILookup<string, PackedRow> ReadPacks()
    {
        var packs = Path.Combine(_workspace.Folder, WorkspaceFiles.Packs);
        var runs = _workspace.Catalog.Runs.All();
        var rows = new List<(string Picture, PackedRow Row)>();
        foreach (var pack in (Directory.Exists(packs) ? Directory.GetDirectories(packs) : []).Order(StringComparer.Ordinal))
        {
            if (PackFolder.FingerprintOf(pack) is not { } fingerprint)
                continue;
            var trained = runs.Where(r => r.Pack == fingerprint).Select(r => RunFolders.NameOf(r.Number)).ToList();
            rows.AddRange(PackLines.Read(Path.Combine(pack, PackFolder.Lines))
                .Select(row => (row.Picture, new PackedRow(Path.GetFileName(pack), row.Row, row.Small, trained))));
        }

        return rows.ToLookup(r => r.Picture, r => r.Row);
    }

    private string PathOf(SourceFile file) => SourcePaths.Full(_sources[file.SourceId], file.Path);
}
