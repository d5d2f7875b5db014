using System.Runtime.InteropServices;
using Smirk.Files.Posix;

namespace Smirk.Files.Strip.Files;

/// <summary>Keeps an original: as one more name of it where the file system can, else as a copy with all that it has.</summary>
internal static unsafe class BackupFile
{
    private const uint OwnerOnly = 0x180;

    /// <summary>Keeps the file as <paramref name="place"/>, on the disk before this returns. What is there already is never
    /// replaced.</summary>
    /// <exception cref="UnstrippableException">It could not be kept.</exception>
    /// <exception cref="IOException">The disk is full or can't be written.</exception>
    public static void Keep(OpenedSource file, RawPath place)
    {
        int error;
        fixed (byte* from = file.Found.Path.Terminated)
        fixed (byte* to = place.Terminated)
            error = NativeMethods.Link(AtFlags.CurrentFolder, from, AtFlags.CurrentFolder, to, 0) == 0 ? 0 : Marshal.GetLastPInvokeError();
        if (error == Errno.Exists)
            throw new UnstrippableException($"its original can't be kept: {place} already exists");
        if (error != 0)
            Copy(file, place);
        SyncFolder(place.Folder);
    }

    private static void Copy(OpenedSource file, RawPath place)
    {
        int descriptor;
        fixed (byte* path = place.Terminated)
            descriptor = FileCalls.OpenAt(AtFlags.CurrentFolder, path,
                OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.CloseOnExec, OwnerOnly);
        if (descriptor < 0)
            throw new UnstrippableException($"its original can't be kept as {place}: {Errno.Text(-descriptor)}");
        var whole = false;
        try
        {
            PieceWriter.CopyRange(descriptor, file.Descriptor, 0, file.Status.Identity.Size, file.Cancel);
            FileFacts.Copy(file.Descriptor, file.Status, descriptor);
            FileFacts.CopyTimes(file.Status, descriptor);
            whole = NativeMethods.Sync(descriptor) == 0;
            if (!whole)
                throw new IOException($"Can't write {place}: {Errno.Text(Marshal.GetLastPInvokeError())}.", Marshal.GetLastPInvokeError());
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

    // The original's name goes next: this one must last by then.
    private static void SyncFolder(RawPath folder)
    {
        var descriptor = FileCalls.Open(folder.Terminated, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.CloseOnExec);
        if (descriptor < 0)
            return;
        _ = NativeMethods.Sync(descriptor);
        _ = NativeMethods.Close(descriptor);
    }
}
