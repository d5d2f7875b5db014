using Smirk.Dataset.Pack;
using Smirk.Gan.Train.Planning;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Runs;

namespace Smirk.Cli.Commands;

/// <summary>Where <c>train</c> finds its data and puts the run.</summary>
/// <param name="Workspace">The workspace; null for a pack by itself.</param>
/// <param name="Pack">A pack by itself.</param>
/// <param name="Runs">The folder of runs that belongs to it.</param>
/// <param name="Size">The size of the workspace's pack; null for the largest.</param>
internal sealed record TrainPlace(string? Workspace, string? Pack, string? Runs, int? Size)
{
    /// <summary>Refuses what names no data, or no place for the run.</summary>
    /// <exception cref="UsageException">It does.</exception>
    public void Check()
    {
        if (Pack is null)
            _ = Named();
        else if (Runs is null)
            throw new UsageException("--pack also needs --runs DIR, the folder for the run.");
    }

    /// <summary>The runs, to look at: with --pack, they lie outside of any workspace.</summary>
    public RunFolders RunsToRead()
    {
        if (Runs is not null)
            return new RunFolders(Runs);
        using var opened = SmirkWorkspace.OpenToRead(Named());
        return opened.Runs;
    }

    /// <summary>The pack's folder, to look at.</summary>
    public string PackToRead()
    {
        if (Pack is not null)
            return Pack;
        using var opened = SmirkWorkspace.OpenToRead(Named());
        return PackOf(opened);
    }

    /// <summary>The pack that was asked for, or else the largest that the recipes know: the message of a missing one says how to make
    /// it.</summary>
    public string PackOf(SmirkWorkspace workspace)
    {
        return workspace.PackFolder(Size ?? RecipeNames.SizesOf(RecipeNames.Auto).LastOrDefault(IsThere, new PackOptions().Size));

        bool IsThere(int known) => File.Exists(Path.Combine(workspace.PackFolder(known), "pack.safetensors"));
    }

    private string Named() =>
        Workspace ?? throw new UsageException("No workspace given. Name one with -w DIR, or a pack with --pack DIR --runs DIR.");
}
