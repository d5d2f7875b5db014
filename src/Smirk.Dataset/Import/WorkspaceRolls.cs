using Smirk.Music.Rolls;
using Smirk.Workspace;
using Smirk.Workspace.Errors;

namespace Smirk.Dataset.Import;

/// <summary>The rolls of one workspace are all of one shape: of others a row is another pitch, and they can't be learnt together.</summary>
public static class WorkspaceRolls
{
    // What a window's path has after the tune's name.
    private static readonly string[] AfterTune = ["%.mid!%.png", "%.midi!%.png"];

    /// <summary>The shape of the rolls that a workspace holds; null where it holds none.</summary>
    public static RollShape? ShapeOf(SmirkWorkspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return AfterTune.Select(workspace.Catalog.Files.FirstUsedLike).OfType<string>().Select(path => RollWindow.Read(path)?.Shape)
            .FirstOrDefault(shape => shape is not null);
    }

    /// <summary>The shape that tunes are cut into.</summary>
    /// <param name="workspace">Where to.</param>
    /// <param name="wanted">The one that was asked for; null for the workspace's, or four bars where it has none.</param>
    /// <exception cref="UsageException">The workspace has rolls of another shape.</exception>
    public static RollShape Choose(SmirkWorkspace workspace, RollShape? wanted)
    {
        var there = ShapeOf(workspace);
        if (wanted is not null && there is not null && wanted != there)
        {
            throw new UsageException($"{workspace.Folder} holds rolls of {there.Bars} bars ({there.Size} pixels); rolls of {wanted.Bars} "
                + $"bars ({wanted.Size} pixels) can't be learnt together with them. Take another workspace with -w.");
        }

        return wanted ?? there ?? RollShape.FourBars;
    }
}
