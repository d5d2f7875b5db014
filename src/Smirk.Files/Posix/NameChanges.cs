using System.Runtime.InteropServices;

namespace Smirk.Files.Posix;

/// <summary>Changes of names in folders. Each returns 0 or errno; none ever replaces an existing file unless it says so.</summary>
internal static unsafe class NameChanges
{
    private const uint NoReplace = 1;

    /// <summary>Moves within the file system; Exists (17) when the new name is taken.</summary>
    public static int Move(Descriptor fromFolder, ReadOnlySpan<byte> from, Descriptor toFolder, ReadOnlySpan<byte> to)
    {
        fixed (byte* source = new RawPath(from).Terminated, target = new RawPath(to).Terminated)
        {
            var error = Result(NativeMethods.Rename(fromFolder.Value, source, toFolder.Value, target, NoReplace));
            if (error is not (Errno.InvalidArgument or Errno.NotImplemented))
                return error;

            // Some file systems (NFS, FAT) don't know the flag: look first, then move.
            if (Descriptor.IdentityOf(toFolder, to) is not null)
                return Errno.Exists;
            return Result(NativeMethods.Rename(fromFolder.Value, source, toFolder.Value, target, 0));
        }
    }

    /// <summary>Moves within a folder, replacing what has the new name, in one step.</summary>
    public static int MoveOver(Descriptor folder, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        fixed (byte* source = new RawPath(from).Terminated, target = new RawPath(to).Terminated)
            return Result(NativeMethods.Rename(folder.Value, source, folder.Value, target, 0));
    }

    /// <summary>Gives a file another name.</summary>
    public static int Link(Descriptor fromFolder, ReadOnlySpan<byte> from, Descriptor toFolder, ReadOnlySpan<byte> to)
    {
        fixed (byte* source = new RawPath(from).Terminated, target = new RawPath(to).Terminated)
            return Result(NativeMethods.Link(fromFolder.Value, source, toFolder.Value, target, 0));
    }

    /// <summary>Removes a name.</summary>
    public static int Remove(Descriptor folder, ReadOnlySpan<byte> name)
    {
        fixed (byte* start = new RawPath(name).Terminated)
            return Result(NativeMethods.Unlink(folder.Value, start, 0));
    }

    private static int Result(int result) => result == 0 ? 0 : Marshal.GetLastPInvokeError();
}
