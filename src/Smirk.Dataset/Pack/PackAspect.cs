using Smirk.Files.Archives;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;

namespace Smirk.Dataset.Pack;

/// <summary>Which pictures can have another shape than 1:1: not those whose pixels mean something by their place.</summary>
public static class PackAspect
{
    /// <summary>Refuses another shape for tunes.</summary>
    /// <exception cref="UsageException"><paramref name="aspect"/> isn't 1:1.</exception>
    public static void CheckTunes(Aspect aspect)
    {
        ArgumentNullException.ThrowIfNull(aspect);
        if (!aspect.IsSquare)
            throw new UsageException(
                $"--aspect {aspect}: tunes become square rolls, a row a pitch and a column a moment; leave --aspect out.");
    }

    /// <summary>Refuses another shape for the pictures of IDX files.</summary>
    /// <exception cref="UsageException"><paramref name="aspect"/> isn't 1:1.</exception>
    public static void CheckIdx(Aspect aspect)
    {
        ArgumentNullException.ThrowIfNull(aspect);
        if (!aspect.IsSquare)
            throw new UsageException($"--aspect {aspect}: IDX files are finished sets of square pictures; leave --aspect out.");
    }

    /// <summary>Refuses it where such pictures are among those to be packed.</summary>
    /// <exception cref="UsageException">One of them is.</exception>
    internal static void Check(Aspect aspect, IReadOnlyList<PackItem> items)
    {
        if (aspect.IsSquare)
            return;
        if (items.Any(item => item.Row.IsRoll))
            CheckTunes(aspect);
        if (items.Any(item => IsOfIdx(item.Row)))
            CheckIdx(aspect);
    }

    private static bool IsOfIdx(PackRow row) =>
        row.File is { } file && file.LastIndexOf('!') is > 0 and var cut && IdxNames.HasIdxName(file[..cut]);
}
