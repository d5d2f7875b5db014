using System.Runtime.InteropServices;
using Smirk.Files.Posix;
using Smirk.Files.Strip.Containers;

namespace Smirk.Files.Strip.Files;

/// <summary>Writes what a plan says. Large ranges are copied inside the kernel, without passing through this process.</summary>
internal static unsafe class PieceWriter
{
    private const int BufferSize = 256 << 10;

    /// <summary>Writes all pieces to an empty file. <paramref name="from"/> is the file that <paramref name="source"/> shows.</summary>
    /// <exception cref="UnstrippableException">The file that is read became shorter.</exception>
    /// <exception cref="IOException">The disk is full or can't be written.</exception>
    public static void Write(int to, RewritePlan plan, ByteSource source, int from)
    {
        foreach (var piece in plan.Pieces)
        {
            if (piece.Literal is { } literal)
                Write(to, literal);
            else if (source.IsInMemory)
                Write(to, source.Read(piece.Offset, (int)piece.Length));
            else
                CopyRange(to, from, piece.Offset, piece.Length);
        }
    }

    /// <summary>Copies a range to the end of what was written.</summary>
    public static void CopyRange(int to, int from, long offset, long length)
    {
        while (length > 0)
        {
            var copied = NativeMethods.CopyRange(from, &offset, to, null, (nuint)length, 0);
            if (copied == 0)
                throw new UnstrippableException("it became shorter while it was read");
            if (copied < 0)
            {
                if (Marshal.GetLastPInvokeError() == Errno.Interrupted)
                    continue;
                // Between file systems, and on some, the kernel can't. Whatever else is wrong shows again here.
                CopyThroughMemory(to, from, offset, length);
                return;
            }

            length -= copied;
        }
    }

    private static void CopyThroughMemory(int to, int from, long offset, long length)
    {
        var buffer = GC.AllocateUninitializedArray<byte>((int)Math.Min(BufferSize, length));
        while (length > 0)
        {
            long read;
            fixed (byte* start = buffer)
                read = FileCalls.ReadFully(from, start, Math.Min(buffer.Length, length), offset);
            if (read <= 0)
                throw new UnstrippableException(read == 0 ? "it became shorter while it was read" : $"it can't be read: {Errno.Text((int)-read)}");
            Write(to, buffer.AsSpan(0, (int)read));
            offset += read;
            length -= read;
        }
    }

    private static void Write(int to, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            nint written;
            fixed (byte* start = bytes)
                written = NativeMethods.Write(to, start, (nuint)bytes.Length);
            if (written >= 0)
                bytes = bytes[(int)written..];
            else if (Marshal.GetLastPInvokeError() is var error && error != Errno.Interrupted)
                throw new IOException($"Can't write: {Errno.Text(error)}.", error);
        }
    }
}
