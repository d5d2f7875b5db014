using Smirk.Dataset.Import;
using Smirk.Workspace.Catalog;

namespace Smirk.Export.Plan;

/// <summary>Where a picture is from, who made it and under which licence: from the posts that it was collected from, and from what came
/// with its file.</summary>
internal sealed class Credits
{
    private readonly CatalogDatabase _catalog;
    private readonly ILookup<long, MediaAddress> _media;

    public Credits(CatalogDatabase catalog)
    {
        _catalog = catalog;
        _media = catalog.Media.All().Where(m => m.FileId is not null).ToLookup(m => m.FileId!.Value);
    }

    /// <summary>The first of the picture's files that says something decides. A path on this machine is nobody else's concern: only its
    /// part below the source is told.</summary>
    public (string? Source, string? Author, string? License) Of(
        IEnumerable<SourceFile> files, IReadOnlyDictionary<long, IReadOnlyDictionary<string, string>> notes,
        IReadOnlyDictionary<long, Source> sources)
    {
        string? source = null, author = null, license = null, path = null;
        foreach (var file in files)
        {
            var said = notes.GetValueOrDefault(file.Id);
            path ??= sources[file.SourceId].Kind is "folder" or "archive" or "file" ? file.Path
                : SourcePaths.Full(sources[file.SourceId], file.Path);
            source ??= said?.GetValueOrDefault("source");
            author ??= said?.GetValueOrDefault("author") ?? said?.GetValueOrDefault("artist");
            license ??= said?.GetValueOrDefault("license") ?? said?.GetValueOrDefault("licence");
            foreach (var media in _media[file.Id])
            {
                var posts = _catalog.Posts.OfMedia(media.Id);
                source ??= posts.Select(p => p.Address).FirstOrDefault(a => a.Length > 0) ?? media.Address;
                author ??= posts.Select(p => p.Author).FirstOrDefault(a => a.Length > 0);
            }
        }

        return (source ?? path, author, license);
    }
}
