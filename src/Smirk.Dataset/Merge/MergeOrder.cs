using Smirk.Dataset.Import;
using Smirk.Files.Posix;
using Smirk.Files.Walk;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Merge;

/// <summary>The order that one import of all would have written the rows in: it decides which of several equal files stays, and which
/// picture has which number.</summary>
internal static class MergeOrder
{
    /// <summary>The files of one source, which several workspaces have parts of, as a scan comes upon them.</summary>
    /// <param name="parts">Each workspace's files of the source, in the order of its rows.</param>
    public static IEnumerable<(int Workspace, SourceFile File)> Of(IReadOnlyList<IReadOnlyList<SourceFile>> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return parts.SelectMany((files, workspace) => files.Select(file => (Workspace: workspace, File: file)))
            .Select(entry => (entry.Workspace, entry.File, Unit: RawPath.FromText(Shard.UnitOf(entry.File.Path))))
            .OrderBy(entry => IsClosedFolder(entry.File))
            .ThenBy(entry => entry.Unit, FilesFirst.Order)
            .ThenBy(entry => entry.Workspace)
            .ThenBy(entry => entry.File.Id)
            .Select(entry => (entry.Workspace, entry.File));
    }

    // A scan tells of folders that it couldn't look into at its end.
    private static bool IsClosedFolder(SourceFile file) => file.Refusal?.Code == Code.Of(ImportFault.ClosedFolder);
}
