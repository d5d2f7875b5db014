using Smirk.Dataset.Import;
using Smirk.Dataset.Pack;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Packs;

namespace Smirk.Export.Plan;

/// <summary>What the catalog knows of files and pictures, looked up once.</summary>
internal sealed class CatalogFacts
{
    private readonly SmirkWorkspace _workspace;
    private readonly ILookup<long, SourceFile> _files;
    private readonly PictureGroups _groups;

    public CatalogFacts(SmirkWorkspace workspace)
    {
        _workspace = workspace;
        _files = workspace.Catalog.Files.All().Where(f => f.PictureId is not null).ToLookup(f => f.PictureId!.Value);
        _groups = new PictureGroups(workspace.Catalog);
        Sources = workspace.Catalog.Sources.All().ToDictionary(s => s.Id);
        Notes = workspace.Catalog.Notes.All();
    }

    /// <summary>Source row → source.</summary>
    public IReadOnlyDictionary<long, Source> Sources { get; }

    /// <summary>File row → what came with it.</summary>
    public IReadOnlyDictionary<long, IReadOnlyDictionary<string, string>> Notes { get; }

    /// <summary>The files that hold a picture.</summary>
    public IEnumerable<SourceFile> FilesOf(long pictureId) => _files[pictureId];

    /// <summary>A picture's row as a pack has it.</summary>
    public PackRow RowOf(StoredPicture picture)
    {
        var file = _files[picture.Id].First();
        var source = Sources[file.SourceId];
        return new PackRow(0, picture.Sha256, _workspace.Relative(SourcePaths.Full(source, file.Path)), _workspace.Relative(source.Path),
            _groups.NameOf(picture), Fields: FileFields.Of(_files[picture.Id], Notes));
    }
}
