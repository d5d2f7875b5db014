using Microsoft.Win32.SafeHandles;
using Smirk.Files.Exact;
using Smirk.Files.Posix;

namespace Smirk.Dataset.Near;

/// <summary>Reads a file that was found, by the bytes of its path.</summary>
internal static class RawFile
{
    // What every format can be told by.
    private const int HeadBytes = 4096;

    /// <summary>All of it.</summary>
    /// <exception cref="IOException">It can't be opened, or isn't what was found any more.</exception>
    public static byte[] Read(FoundFile file) => Read(file, file.Identity.Size);

    /// <summary>Its first bytes.</summary>
    /// <inheritdoc cref="Read(FoundFile)"/>
    public static byte[] ReadHead(FoundFile file) => Read(file, Math.Min(HeadBytes, file.Identity.Size));

    private static byte[] Read(FoundFile file, long count)
    {
        var descriptor = FileCalls.Open(file.Path.Terminated, file.ThroughLink ? OpenFlags.Look & ~OpenFlags.NoFollow : OpenFlags.Look);
        if (descriptor < 0)
            throw new IOException($"can't open it: {Errno.Text(-descriptor)}");
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (FileCalls.Status(descriptor, out var status) != 0 || !status.Identity.HasSameContentAs(file.Identity))
            throw new IOException("changed while it was looked at; run again when nothing writes to it");
        var bytes = new byte[count];
        var read = 0;
        while (read < bytes.Length && RandomAccess.Read(handle, bytes.AsSpan(read), read) is > 0 and var got)
            read += got;
        return read == bytes.Length ? bytes : bytes[..read];
    }
}
