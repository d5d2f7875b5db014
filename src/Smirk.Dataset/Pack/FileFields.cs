using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Pack;

/// <summary>What came with a picture: of several files that hold it, the first that says something counts, field by field.</summary>
internal static class FileFields
{
    /// <summary>The fields; null for none.</summary>
    public static IReadOnlyDictionary<string, string>? Of(
        IEnumerable<SourceFile> files, IReadOnlyDictionary<long, IReadOnlyDictionary<string, string>> notes)
    {
        if (notes.Count == 0)
            return null;
        SortedDictionary<string, string>? fields = null;
        foreach (var file in files)
        {
            foreach (var (name, text) in notes.GetValueOrDefault(file.Id) ?? new Dictionary<string, string>())
                (fields ??= new(StringComparer.Ordinal)).TryAdd(name, text);
        }

        return fields;
    }
}
