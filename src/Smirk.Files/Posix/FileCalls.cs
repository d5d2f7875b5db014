using System.Runtime.InteropServices;

namespace Smirk.Files.Posix;

/// <summary>The looking calls, made ready for hot loops: no allocation, no exception; a failure is −errno.</summary>
internal static unsafe class FileCalls
{
    // PATH_MAX counts the NUL. A longer path is walked in pieces that the kernel takes.
    private const int LongestPath = 4095;

    private const uint BasicStatus = 0x7ff;
    private const int ReadOnlyFromCache = 8;

    /// <summary>Opens what <paramref name="terminatedPath"/> (NUL at its end) names, relative to the current folder; −errno when it can't
    /// be.</summary>
    public static int Open(ReadOnlySpan<byte> terminatedPath, int flags)
    {
        if (terminatedPath.Length > LongestPath + 1)
            return OpenLong(terminatedPath[..^1], flags);
        fixed (byte* path = terminatedPath)
            return OpenAt(AtFlags.CurrentFolder, path, flags);
    }

    /// <summary>Opens <paramref name="name"/> in the folder; −errno when it can't be.</summary>
    public static int OpenAt(int folder, byte* name, int flags, uint mode = 0)
    {
        while (true)
        {
            var descriptor = NativeMethods.OpenAt(folder, name, flags, mode);
            if (descriptor >= 0)
                return descriptor;
            var error = Marshal.GetLastPInvokeError();
            if (error != Errno.Interrupted)
                return -error;
        }
    }

    /// <summary>Reads until <paramref name="count"/> bytes or the end of the file; the bytes read, or −errno.</summary>
    public static long ReadFully(int descriptor, byte* buffer, long count, long offset)
    {
        long total = 0;
        while (total < count)
        {
            var got = NativeMethods.ReadAt(descriptor, buffer + total, (nuint)(count - total), offset + total);
            if (got == 0)
                break;
            if (got > 0)
                total += got;
            else if (Marshal.GetLastPInvokeError() is var error && error != Errno.Interrupted)
                return -error;
        }

        return total;
    }

    /// <summary>Writes all of it where the file stands; 0 or errno.</summary>
    public static int WriteFully(int descriptor, byte* bytes, long count)
    {
        while (count > 0)
        {
            var put = NativeMethods.Write(descriptor, bytes, (nuint)count);
            if (put < 0 && Marshal.GetLastPInvokeError() is var error && error != Errno.Interrupted)
                return error;
            bytes += Math.Max(put, 0);
            count -= Math.Max(put, 0);
        }

        return 0;
    }

    /// <summary>Whether the file's first page is in memory already; null where the file system can't tell.</summary>
    public static bool? IsCached(int descriptor)
    {
        byte probe;
        var vector = new IoVector { Start = &probe, Length = 1 };
        if (NativeMethods.ReadVectorAt(descriptor, &vector, 1, 0, ReadOnlyFromCache) >= 0)
            return true;
        return Marshal.GetLastPInvokeError() == Errno.Again ? false : null;
    }

    /// <summary>Status of the open file; 0 or −errno.</summary>
    public static int Status(int descriptor, out FileStat status)
    {
        byte empty = 0;
        return StatusAt(descriptor, &empty, AtFlags.EmptyPath, out status);
    }

    /// <summary>Status of <paramref name="name"/> in the folder; 0 or −errno.</summary>
    public static int StatusAt(int folder, byte* name, int flags, out FileStat status)
    {
        StatXBuffer buffer;
        if (NativeMethods.StatX(folder, name, flags, BasicStatus, &buffer) != 0)
        {
            status = default;
            return -Marshal.GetLastPInvokeError();
        }

        status = FileStat.From(buffer);
        return 0;
    }

    /// <summary>The next entries of a folder, as struct linux_dirent64; their bytes, 0 at the end, −errno on failure.</summary>
    public static int List(int descriptor, byte* buffer, int size)
    {
        var got = NativeMethods.ListFolder(descriptor, buffer, (nuint)size);
        return got >= 0 ? (int)got : -Marshal.GetLastPInvokeError();
    }

    private static int OpenLong(ReadOnlySpan<byte> path, int flags)
    {
        var folder = AtFlags.CurrentFolder;
        while (true)
        {
            var cut = path.Length <= LongestPath ? -1 : path[..LongestPath].LastIndexOf((byte)'/');
            if (cut == 0)
                cut = path[1..LongestPath].LastIndexOf((byte)'/') + 1;
            var isLast = cut <= 0;
            var piece = new byte[(isLast ? path.Length : cut) + 1];
            path[..(piece.Length - 1)].CopyTo(piece);
            int next;
            fixed (byte* start = piece)
                next = OpenAt(folder, start, isLast ? flags : OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.CloseOnExec);
            if (folder != AtFlags.CurrentFolder)
                _ = NativeMethods.Close(folder);
            if (isLast || next < 0)
                return next;
            folder = next;
            path = path[cut..].TrimStart((byte)'/');
        }
    }
}
