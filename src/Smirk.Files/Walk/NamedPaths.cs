using Smirk.Files.Posix;
using Smirk.Workspace.Errors;

namespace Smirk.Files.Walk;

/// <summary>The paths that a person named, told apart by what they lead to.</summary>
/// <param name="Folders">Those that lead to folders, in the order given.</param>
/// <param name="Others">The others, with the status of what they lead to, in the order given.</param>
internal sealed unsafe record NamedPaths(IReadOnlyList<RawPath> Folders, IReadOnlyList<(RawPath Path, FileStat Status)> Others)
{
    /// <summary>Looks at each; what can't be looked at is refused.</summary>
    /// <exception cref="UsageException">One isn't there, and <paramref name="missingIsRefused"/> is false.</exception>
    public static NamedPaths Sort(IReadOnlyList<RawPath> paths, bool missingIsRefused, RefusalList refused)
    {
        var folders = new List<RawPath>();
        var others = new List<(RawPath, FileStat)>();
        var missing = new List<RawPath>();
        foreach (var path in paths)
        {
            var error = -Status(path, 0, out var status);
            if (error == Errno.NoEntry && !missingIsRefused)
                missing.Add(path);
            else if (error != 0)
                refused.AddError(path, RefusalCause.File, "can't be accessed", error);
            else if (status.IsFolder)
                folders.Add(path);
            else
                others.Add((path, status));
        }

        if (missing.Count > 0)
            throw new UsageException(
                $"There is no {string.Join(", no ", missing)}. Nothing was done; check the spelling, and put -- before names that begin "
                    + "with a dash.");
        return new NamedPaths(folders, others);
    }

    /// <summary>Whether the path's last part is a symbolic link.</summary>
    public static bool IsLink(RawPath path) => Status(path, AtFlags.SymlinkNoFollow, out var status) == 0 && status.IsLink;

    private static int Status(RawPath path, int flags, out FileStat status)
    {
        fixed (byte* start = path.Terminated)
            return FileCalls.StatusAt(AtFlags.CurrentFolder, start, flags, out status);
    }
}
