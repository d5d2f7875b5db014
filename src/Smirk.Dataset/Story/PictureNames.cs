using Smirk.Dataset.Import;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Story;

/// <summary>What a person knows a stored picture by: the first file that holds it.</summary>
internal static class PictureNames
{
    /// <summary>Picture row → path and last change (UTC) of its first file.</summary>
    public static IReadOnlyDictionary<long, (string Path, DateTime Modified)> Of(CatalogDatabase catalog)
    {
        var sources = catalog.Sources.All().ToDictionary(s => s.Id);
        return catalog.Files.All().Where(f => f.PictureId is not null).GroupBy(f => f.PictureId!.Value)
            .ToDictionary(g => g.Key, g => (SourcePaths.Full(sources[g.First().SourceId], g.First().Path),
                new DateTime(g.First().ModifiedTicks, DateTimeKind.Utc)));
    }
}
