using Smirk.Dataset.Import;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Merge;

/// <summary>Joins workspaces, such as the shards of one pile, into one: what one import of all their sources would have made. The others
/// are only read.</summary>
/// <param name="workspace">The workspace that takes the others over; it may hold something already.</param>
public sealed class MergeStage(SmirkWorkspace workspace)
{
    /// <summary>The stage's name.</summary>
    public const string Name = "merge";

    // Often enough to answer Ctrl-C and to show how far it is.
    private const int ReportEvery = 512;

    /// <summary>Refuses what can't be merged, before there is a workspace.</summary>
    /// <param name="into">The workspace that takes the others over.</param>
    /// <param name="folders">The others.</param>
    /// <exception cref="UsageException">No other was given, or one is the same as another or as the one that takes over.</exception>
    /// <exception cref="UnusableInputException">One is no workspace, or of a newer version.</exception>
    public static void Check(string into, IReadOnlyList<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        if (folders.Count == 0)
            throw new UsageException("Nothing to merge: give the workspaces to take over.");
        var seen = new Dictionary<string, string>(StringComparer.Ordinal) { [Real(into)] = into };
        foreach (var folder in folders)
        {
            if (!seen.TryAdd(Real(folder), folder))
                throw new UsageException(seen[Real(folder)] == into
                    ? $"{folder} can't be merged into itself. Give a workspace of its own with -w."
                    : $"{folder} was given twice.");
            SmirkWorkspace.OpenToRead(folder).Dispose();
        }
    }

    /// <summary>Takes the others over. Stopped in between, it leaves stored pictures behind that the next call needn't copy again, and
    /// nothing in the catalog.</summary>
    /// <param name="folders">The others, in the order of their numbers.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="UsageException">As <see cref="Check"/> says, or tunes were cut otherwise in one than in another.</exception>
    /// <exception cref="UnusableInputException">One is no workspace, of a newer version, in use, or holds what can't be merged.</exception>
    public MergeResult Run(IReadOnlyList<string> folders, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        Check(workspace.Folder, folders);
        var opened = new List<IDisposable>();
        try
        {
            // Open, and keep importing processes away.
            var others = new List<SmirkWorkspace>();
            foreach (var folder in folders)
            {
                opened.Add(FileLock.Take(Path.Combine(folder, WorkspaceFiles.Lock), folder, "Wait until that ends, then merge again."));
                others.Add(SmirkWorkspace.OpenToRead(folder));
                opened.Add(others[^1]);
                RefuseCollected(others[^1]);
            }

            WorkspaceRolls.CheckAlike([workspace, .. others]);

            TakePictures(others, progress, cancel);
            var before = workspace.Catalog.Pictures.All().Count;
            var rows = new MergedRows(workspace.Catalog, others);
            workspace.Catalog.InTransaction(() => rows.Write(cancel));
            var (files, pictures) = (workspace.Catalog.Files.All().Count, workspace.Catalog.Pictures.All().Count);
            return new MergeResult(others.Count, files, pictures, pictures - before);
        }
        finally
        {
            foreach (var one in Enumerable.Reverse(opened))
                one.Dispose();
        }
    }

    // Stored pictures first: a row that names one must find it.
    private void TakePictures(List<SmirkWorkspace> others, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        var all = others.SelectMany(other => other.Catalog.Pictures.All().Select(p => (other, p.Sha256))).ToList();
        for (var i = 0; i < all.Count; i++)
        {
            workspace.Pictures.TakeOver(all[i].other.Pictures, all[i].Sha256);
            if (i % ReportEvery != 0)
                continue;
            cancel.ThrowIfCancellationRequested();
            workspace.Pictures.Flush();
            progress?.Report(new StageAdvanced(Name, i, all.Count, "pictures", null));
        }

        workspace.Pictures.Flush();
        workspace.Pictures.Flush();
    }

    private static void RefuseCollected(SmirkWorkspace other)
    {
        if (other.Catalog.Posts.WithPictures().Count > 0)
            throw new UnusableInputException(
                $"{other.Folder} holds pictures collected from the web, and which posts they are from would be lost in a merge. Collect "
                    + "into the workspace that the others are merged into: smirk collect SOURCE -w WS");
    }

    // Links are followed: two names of one folder are one workspace.
    private static string Real(string folder)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return Directory.Exists(full) ? new DirectoryInfo(full).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full : full;
    }
}
