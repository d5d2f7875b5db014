using System.Runtime.InteropServices;
using System.Text;
using Smirk.Files.Posix;
using Smirk.Files.Strip.Containers;

namespace Smirk.Files.Strip.Files;

/// <summary>Puts a stripped file in the place of its original: written beside it, synced, then renamed over it, so that at every moment one
/// of the two is there.</summary>
internal static unsafe class Replacement
{
    private const uint OwnerOnly = 0x180;

    private static int _written;

    private static ReadOnlySpan<byte> TemporaryStart => ".smirk-strip-"u8;

    private static ReadOnlySpan<byte> TemporaryEnd => ".tmp"u8;

    /// <summary>Whether a file's name is one that this writes to before it renames.</summary>
    public static bool IsTemporary(ReadOnlySpan<byte> name) => name.StartsWith(TemporaryStart) && name.EndsWith(TemporaryEnd);

    /// <summary>Replaces the file; with <paramref name="backup"/> its original is kept there.</summary>
    /// <exception cref="UnstrippableException">It could not be done; the original is as it was.</exception>
    /// <exception cref="IOException">The disk is full or can't be written; the original is as it was.</exception>
    public static void Write(OpenedSource file, RewritePlan plan, RawPath? backup, bool touch)
    {
        var path = file.Found.Path;
        var (descriptor, temporary) = MakeTemporary(path.Folder);
        var renamed = false;
        try
        {
            PieceWriter.Write(descriptor, plan, file);
            FileFacts.Copy(file.Descriptor, file.Status, descriptor);
            if (!touch)
                FileFacts.CopyTimes(file.Status, descriptor);
            if (NativeMethods.Sync(descriptor) != 0)
                throw new IOException(
                    $"Can't write {temporary}: {Errno.Text(Marshal.GetLastPInvokeError())}.", Marshal.GetLastPInvokeError());
            if (backup is not null)
                BackupFile.Keep(file, backup);
            RefuseIfReplaced(file);
            renamed = Rename(temporary, path);
        }
        finally
        {
            _ = NativeMethods.Close(descriptor);
            if (!renamed)
            {
                fixed (byte* name = temporary.Terminated)
                    _ = NativeMethods.Unlink(AtFlags.CurrentFolder, name, 0);
            }
        }
    }

    private static (int Descriptor, RawPath Path) MakeTemporary(RawPath folder)
    {
        while (true)
        {
            byte[] name = [.. TemporaryStart, .. Encoding.ASCII.GetBytes($"{Environment.ProcessId}-{Interlocked.Increment(ref _written)}"),
                .. TemporaryEnd];
            var path = folder.Combine(name);
            int descriptor;
            fixed (byte* start = path.Terminated)
                descriptor = FileCalls.OpenAt(AtFlags.CurrentFolder, start,
                    OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.CloseOnExec, OwnerOnly);
            if (descriptor >= 0)
                return (descriptor, path);
            if (descriptor != -Errno.Exists)
                throw new UnstrippableException($"nothing can be written beside it: {Errno.Text(-descriptor)}");
        }
    }

    // What has its name now must be what was read, as it was read.
    private static void RefuseIfReplaced(OpenedSource file)
    {
        fixed (byte* path = file.Found.Path.Terminated)
        {
            if (FileCalls.StatusAt(AtFlags.CurrentFolder, path, AtFlags.SymlinkNoFollow, out var now) != 0
                || !now.Identity.HasSameContentAs(file.Status.Identity))
                throw new UnstrippableException("it changed while it was being read");
        }
    }

    private static bool Rename(RawPath from, RawPath to)
    {
        fixed (byte* start = from.Terminated)
        fixed (byte* end = to.Terminated)
        {
            return NativeMethods.Rename(AtFlags.CurrentFolder, start, AtFlags.CurrentFolder, end, 0) == 0
                ? true
                : throw new UnstrippableException($"it can't be replaced: {Errno.Text(Marshal.GetLastPInvokeError())}");
        }
    }
}
