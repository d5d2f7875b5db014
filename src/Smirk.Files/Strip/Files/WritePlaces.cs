using Smirk.Files.Posix;
using Smirk.Files.Walk;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;

namespace Smirk.Files.Strip.Files;

/// <summary>Where files are written: the folder for results, the one for originals, and which folders then have to be synced.</summary>
internal sealed unsafe class WritePlaces
{
    private readonly Lock _gate = new();
    private readonly HashSet<RawPath> _made = [];
    private readonly HashSet<RawPath> _changed = [];

    private WritePlaces()
    {
    }

    /// <summary>Folders that a walk leaves out: what is written must not be read again.</summary>
    public FolderSet Excluded { get; } = new();

    /// <summary>Checks the options and makes the folders that are to be written to.</summary>
    /// <exception cref="UsageException">They don't fit together.</exception>
    public static WritePlaces Prepare(StripStageOptions options)
    {
        if (options.InPlace && options.Output is not null)
            throw new UsageException(
                "--in-place and -o exclude each other: results either replace the originals or are written elsewhere.");
        if (options.Backup is not null && !options.InPlace)
            throw new UsageException("--backup keeps what --in-place replaces; it does nothing without it.");
        if (options.Touch && !options.InPlace && options.Output is null)
            throw new UsageException("--touch sets the times of written files; use it with --in-place or -o DIR.");
        var places = new WritePlaces();
        foreach (var folder in new[] { options.Output, options.Backup }.OfType<RawPath>())
        {
            if (options.Writes && MakeFolders(folder) is var error and not 0)
                throw new UnusableInputException(
                    $"The folder {folder} can't be created: {Errno.Text(error)}. A link on the way may lead nowhere. Nothing was done.");
            if (FolderTree.IdentityOf(folder) is not { } identity)
                continue;
            places.Excluded.Add(identity);
            if (options.Writes)
                Mark(folder);
            if (options.Paths.FirstOrDefault(path => FolderTree.IdentityOf(path) == identity) is { } same)
                throw new UsageException($"{same} would be both read and written to; choose another folder to write to.");
        }

        return places;
    }

    /// <summary>Refuses all but the first of files that would be written to the same place. <paramref name="files"/> are in
    /// order.</summary>
    public static IReadOnlyList<StripSource> RefuseCollisions(IReadOnlyList<StripSource> files, RawPath folder)
    {
        var taken = new Dictionary<RawPath, RawPath>();
        return [.. files.Select(file => file.Refusal is not null || taken.TryAdd(file.Below, file.Path)
            || !taken.TryGetValue(file.Below, out var other)
            ? file
            : file with { Refusal = $"{other} already goes to {folder.Combine(file.Below.Bytes)}" })];
    }

    /// <summary>Where a file goes in <paramref name="folder"/>; the folders on the way are made.</summary>
    /// <exception cref="UnstrippableException">They can't be made.</exception>
    public RawPath Place(RawPath folder, StripSource file)
    {
        var place = folder.Combine(file.Below.Bytes);
        var parent = place.Folder;
        lock (_gate)
        {
            if (_made.Contains(parent))
                return place;
            if (MakeFolders(parent) is var error and not 0)
                throw new UnstrippableException($"the folder {parent} can't be created: {Errno.Text(error)}");
            _made.Add(parent);
        }

        return place;
    }

    /// <summary>Remembers that a name in the file's folder was changed.</summary>
    public void Changed(RawPath file)
    {
        lock (_gate)
            _changed.Add(file.Folder);
    }

    /// <summary>Makes the changed names durable.</summary>
    public void Sync()
    {
        foreach (var folder in _changed)
        {
            var descriptor = FileCalls.Open(folder.Terminated, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.CloseOnExec);
            if (descriptor < 0)
                continue;
            _ = NativeMethods.Sync(descriptor);
            _ = NativeMethods.Close(descriptor);
        }
    }

    // What is written there came from elsewhere: a later search of a folder above it leaves it out. Opened, because a path may be no text.
    private static void Mark(RawPath folder)
    {
        var descriptor = FileCalls.Open(folder.Terminated, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.CloseOnExec);
        if (descriptor < 0)
            return;
        try
        {
            OutputFolder.Make($"/proc/self/fd/{descriptor}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What is then written there fails as well, and says so better.
        }
        finally
        {
            _ = NativeMethods.Close(descriptor);
        }
    }

    // Makes the folder and those on the way to it; 0 or errno.
    private static int MakeFolders(RawPath folder)
    {
        var error = MakeFolder(folder);
        if (error == Errno.NoEntry && !folder.IsTop)
        {
            if (MakeFolders(folder.Folder) is var above and not 0)
                return above;
            error = MakeFolder(folder);
        }

        // A link that leads nowhere exists, and is no folder.
        return error == Errno.Exists ? FolderTree.IdentityOf(folder) is null ? Errno.NotADirectory : 0 : error;
    }

    private static int MakeFolder(RawPath folder)
    {
        fixed (byte* path = folder.Terminated)
            return NativeMethods.MakeFolder(AtFlags.CurrentFolder, path, 0x1FF) == 0 ? 0
                : System.Runtime.InteropServices.Marshal.GetLastPInvokeError();
    }
}
