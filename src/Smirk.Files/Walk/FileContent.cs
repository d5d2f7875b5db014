using Microsoft.Win32.SafeHandles;
using Smirk.Files.Posix;

namespace Smirk.Files.Walk;

/// <summary>Reads files that were found, by the bytes of their paths: .NET's own file API loses names that aren't UTF-8.</summary>
public static class FileContent
{
    // Enough to tell every format by.
    private const int HeadBytes = 4096;

    /// <summary>All of it.</summary>
    /// <exception cref="IOException">It can't be opened or read, or isn't what was found any more; the message follows the
    /// path.</exception>
    public static byte[] Read(FoundFile file) => Read(file, file.Identity.Size);

    /// <summary>Its first bytes, 4,096 at most.</summary>
    /// <inheritdoc cref="Read(FoundFile)"/>
    public static byte[] ReadHead(FoundFile file) => Read(file, Math.Min(HeadBytes, file.Identity.Size));

    /// <summary>Opens it for reading.</summary>
    /// <exception cref="IOException">It can't be opened; the message follows the path.</exception>
    public static SafeFileHandle Open(FoundFile file)
    {
        var descriptor = FileCalls.Open(file.Path.Terminated, file.ThroughLink ? OpenFlags.Look & ~OpenFlags.NoFollow : OpenFlags.Look);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new IOException(-descriptor == Errno.NoEntry ? "has vanished" : $"can't be opened: {Errno.Text(-descriptor)}");
    }

    private static byte[] Read(FoundFile file, long count)
    {
        using var handle = Open(file);
        if (FileCalls.Status((int)handle.DangerousGetHandle(), out var status) != 0 || !status.Identity.HasSameContentAs(file.Identity))
            throw new IOException("changed while it was being read; run again when nothing writes to it");
        var bytes = new byte[count];
        var read = 0;
        while (read < bytes.Length && RandomAccess.Read(handle, bytes.AsSpan(read), read) is > 0 and var got)
            read += got;
        return read == bytes.Length ? bytes : throw new IOException("changed while it was being read; run again when nothing writes to it");
    }
}
