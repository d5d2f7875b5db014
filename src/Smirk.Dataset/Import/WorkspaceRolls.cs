using Smirk.Music.Rolls;
using Smirk.Workspace;
using Smirk.Workspace.Errors;

namespace Smirk.Dataset.Import;

/// <summary>The rolls of one workspace are all cut alike: a row is the same pitch in all of them.</summary>
public static class WorkspaceRolls
{
    // What a window's path has after the tune's name.
    private static readonly string[] AfterTune = ["%.mid!%.png", "%.midi!%.png"];

    /// <summary>How the rolls are cut that a workspace holds; null where it holds none.</summary>
    public static RollCut? Of(SmirkWorkspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return AfterTune.Select(workspace.Catalog.Files.FirstUsedLike).OfType<string>().Select(path => RollWindow.Read(path)?.Cut)
            .FirstOrDefault(cut => cut is not null);
    }

    /// <summary>Refuses to put rolls together that were cut otherwise.</summary>
    /// <exception cref="UsageException">Two of the workspaces have such rolls; says which.</exception>
    public static void CheckAlike(IEnumerable<SmirkWorkspace> workspaces)
    {
        var cut = workspaces.Select(workspace => (workspace.Folder, How: Of(workspace))).Where(pair => pair.How is not null).ToList();
        var other = cut.Find(pair => pair.How != cut[0].How);
        if (other.How is not null)
        {
            throw new UsageException($"{cut[0].Folder} holds {cut[0].How}, and {other.Folder} {other.How}, which can't be learnt together. "
                + "Import one of them again, with the other's --bars and --key.");
        }
    }

    /// <summary>How tunes are cut: as asked for, where nothing was as the workspace's are, and in a new one as usual.</summary>
    /// <param name="workspace">Where to.</param>
    /// <param name="shape">The shape that was asked for; null for none.</param>
    /// <param name="inC">Whether they are to be in C; null where nothing was asked for.</param>
    /// <exception cref="UsageException">The workspace has rolls that are cut otherwise.</exception>
    public static RollCut Choose(SmirkWorkspace workspace, RollShape? shape, bool? inC)
    {
        var there = Of(workspace);
        var usual = there ?? RollCut.Usual;
        var wanted = new RollCut(shape ?? usual.Shape, inC ?? usual.InC);
        return there is null || wanted == there ? wanted : throw new UsageException(
            $"{workspace.Folder} holds {there}; {wanted} can't be learnt together with them. Take another workspace with -w.");
    }
}
