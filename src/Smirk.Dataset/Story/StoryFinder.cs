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
    private readonly IReadOnlyList<SourceFile> _files;

    /// <summary>Reads the catalog.</summary>
    public StoryFinder(SmirkWorkspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        _workspace = workspace;
        _sources = workspace.Catalog.Sources.All().ToDictionary(s => s.Id);
        _files = workspace.Catalog.Files.All();
    }

    /// <summary>The stories of all files that <paramref name="name"/> can mean: a path or its end, archive!member, the beginning of a SHA-256 (8 digits or more),
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
            throw new UnusableInputException($"{_workspace.Folder} knows nothing of '{name}'{(Path.Exists(name) ? $"; import it with: smirk import {name} -w {_workspace.Folder}" : ": no file of that name, path or SHA-256 was imported")}.");
        return [.. found.Select(Tell)];
    }

    private List<SourceFile> ByPath(string full, string name)
    {
        var exact = _files.Where(f => PathOf(f) == full || PathOf(f) == name).ToList(); // an address is no path
        return exact.Count > 0 ? exact : [.. _files.Where(f => PathOf(f).EndsWith("/" + name, StringComparison.Ordinal) || PathOf(f).EndsWith("!" + name, StringComparison.Ordinal))];
    }

    private List<SourceFile> ByHash(string name)
    {
        // A stored picture's file name is its hash.
        var hash = Path.GetFileName(name);
        if (hash.Length < ShortestHash || !hash.All(char.IsAsciiHexDigitLower))
            return [];
        var pictures = _workspace.Catalog.Pictures.All().Where(p => p.Sha256.StartsWith(hash, StringComparison.Ordinal)).Select(p => p.Id).ToHashSet();
        return [.. _files.Where(f => (f.PictureId is { } id && pictures.Contains(id)) || (f.Sha256?.StartsWith(hash, StringComparison.Ordinal) ?? false))];
    }

    private List<SourceFile> ByContent(byte[] bytes)
    {
        var raw = _workspace.Catalog.Files.WithHash(BlobStore.NameOf(bytes));
        if (raw.Count > 0)
            return [.. raw];
        var stripped = MetadataStripper.Strip(bytes).Bytes.Span;
        return _workspace.Catalog.Pictures.Find(BlobStore.NameOf(stripped)) is { } picture ? [.. _workspace.Catalog.Files.OfPicture(picture.Id)] : [];
    }

    private FileStory Tell(SourceFile file)
    {
        var catalog = _workspace.Catalog;
        var picture = file.PictureId is { } id ? catalog.Pictures.Find(id) : null;
        var decisions = catalog.Decisions.About(DecisionSubject.File, file.Id);
        var twins = new List<string>();
        if (picture is not null)
        {
            decisions = [.. decisions, .. catalog.Decisions.About(DecisionSubject.Picture, picture.Id)];
            twins.AddRange(_files.Where(f => f.PictureId == picture.Id && f.Id != file.Id).Select(PathOf));
        }

        return new FileStory(
            PathOf(file), _sources[file.SourceId], file, picture, picture is null ? null : _workspace.Pictures.PathOf(picture.Sha256),
            [.. decisions.Select(d => new ToldDecision(d.Stage, d.Verdict.ToString().ToLowerInvariant(), d.Reason, d.By))], twins, picture is null ? [] : RowsOf(picture))
        {
            Collected = CollectedStory.Of(catalog, file.Id),
        };
    }

    private List<PackedRow> RowsOf(StoredPicture picture)
    {
        var packs = Path.Combine(_workspace.Folder, WorkspaceFiles.Packs);
        var rows = new List<PackedRow>();
        if (!Directory.Exists(packs))
            return rows;
        var runs = _workspace.Catalog.Runs.All();
        foreach (var pack in Directory.GetDirectories(packs).Order(StringComparer.Ordinal))
        {
            if (PackFolder.FingerprintOf(pack) is not { } fingerprint)
                continue;
            var trained = runs.Where(r => r.Pack == fingerprint).Select(r => RunFolders.NameOf(r.Number)).ToList();
            rows.AddRange(PackLines.Of(Path.Combine(pack, PackFolder.Lines), picture.Sha256)
                .Select(row => new PackedRow(Path.GetFileName(pack), row.Row, row.Small, trained)));
        }

        return rows;
    }

    private string PathOf(SourceFile file) => SourcePaths.Full(_sources[file.SourceId], file.Path);
}
