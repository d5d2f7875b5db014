using Smirk.Files.Posix;
using Smirk.Files.Strip.Containers;

namespace Smirk.Files.Strip.Files;

/// <summary>Writes a stripped file to a folder of results.</summary>
internal static unsafe class OutputFile
{
    private const uint PermissionBits = 0x1FF;

    /// <summary>Writes it to <paramref name="place"/>; what is there already stays, unless it is the beginning of the same file, as a
    /// stopped run leaves it.</summary>
    /// <exception cref="UnstrippableException">It could not be written; the reason says why.</exception>
    /// <exception cref="IOException">The disk is full or can't be written.</exception>
    public static void Write(RawPath place, OpenedSource file, RewritePlan plan, bool touch)
    {
        int descriptor;
        fixed (byte* path = place.Terminated)
        {
            descriptor = FileCalls.OpenAt(AtFlags.CurrentFolder, path,
                OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.CloseOnExec, file.Status.Mode & PermissionBits);
            if (descriptor == -Errno.Exists)
            {
                if (ExistingFile.Compare(place, plan, file) is var likeness && likeness == Likeness.Different)
                    throw new UnstrippableException($"{place} already exists and differs; remove it or choose another folder");
                if (likeness == Likeness.Same)
                    return;
                descriptor =
                    FileCalls.OpenAt(AtFlags.CurrentFolder, path, OpenFlags.WriteOnly | OpenFlags.NoFollow | OpenFlags.CloseOnExec, 0);
            }
        }

        if (descriptor < 0)
            throw new UnstrippableException($"{place} can't be written: {Errno.Text(-descriptor)}");
        var whole = false;
        try
        {
            PieceWriter.Write(descriptor, plan, file);
            file.RefuseIfChanged();
            if (!touch)
                FileFacts.CopyTimes(file.Status, descriptor);
            whole = true;
        }
        finally
        {
            _ = NativeMethods.Close(descriptor);
            if (!whole)
            {
                fixed (byte* path = place.Terminated)
                    _ = NativeMethods.Unlink(AtFlags.CurrentFolder, path, 0);
            }
        }
    }
}
