using Smirk.Files.Posix;

namespace Smirk.Files.Act;

/// <summary>Takes a file's name away by renaming it, makes sure that it was the right one and that its keeper is still there, and puts it
/// back where that isn't so.</summary>
internal static class StepAside
{
    /// <summary>Does it; the reason when the file is left alone.</summary>
    public static string? Do(PlannedAction action, Intent intent, OpenedPair pair)
    {
        using var folder =
            action.Kind == ActKind.Quarantine ? FolderMaker.Make(intent.Aside!.Folder) : Descriptor.OpenFolder(intent.Aside!.Folder);
        if (folder.Error != 0)
            return $"its destination {intent.Aside} can't be created: {Errno.Text(folder.Error)}";
        if (!pair.File.IsStillThere() || !pair.Keeper.IsStillThere())
            return "it or the file to keep changed while they were compared";
        var error = NameChanges.Move(pair.File.Folder, pair.File.Name, folder, intent.Aside.Name);
        if (error != 0)
            return $"can't be moved: {Errno.Text(error)}";

        // Between the last look and the move another file can have taken the name, or the keeper have gone.
        var reason = !pair.File.IsStillAt(folder, intent.Aside.Name) ? "was replaced or written to at the last moment"
            : !pair.Keeper.IsStillThere() ? "the file to keep vanished or changed at the last moment"
            : action.Kind == ActKind.Hardlink ? Link(pair)
            : null;
        if (reason is null)
            return null;
        error = NameChanges.Move(folder, intent.Aside.Name, pair.File.Folder, pair.File.Name);
        return error == 0 ? reason : $"{reason}; it is now {intent.Aside} and can't be moved back: {Errno.Text(error)}";
    }

    private static string? Link(OpenedPair pair)
    {
        var error = NameChanges.Link(pair.Keeper.Folder, pair.Keeper.Name, pair.File.Folder, pair.File.Name);
        if (error != 0)
            return $"can't become a hard link: {Errno.Text(error)}";
        if (pair.Keeper.IsStillAt(pair.File.Folder, pair.File.Name))
            return null;
        _ = NameChanges.Remove(pair.File.Folder, pair.File.Name);
        return "the file to keep was replaced at the last moment";
    }
}
