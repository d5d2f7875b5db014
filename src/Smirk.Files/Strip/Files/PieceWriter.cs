using System.Runtime.InteropServices;
using Smirk.Files.Posix;
using Smirk.Files.Strip.Containers;

namespace Smirk.Files.Strip.Files;

/// <summary>Writes what a plan says. Large ranges are copied inside the kernel, without passing through this process.</summary>
internal static unsafe class PieceWriter
{
    private const int BufferSize = 256 << 10;

    // The kernel isn't interrupted in the middle of a copy: this much takes less than a second on any disk that pictures are kept on.
    private const long CopyAtOnce = 16 << 20;

    /// <summary>Writes all pieces of <paramref name="file"/> to an empty file.</summary>
    /// <exception cref="UnstrippableException">The file that is read became shorter.</exception>
    /// <exception cref="IOException">The disk is full or can't be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Write(int to, RewritePlan plan, OpenedSource file)
    {
        foreach (var piece in plan.Pieces)
        {
            if (piece.Literal is { } literal)
                Write(to, literal);
            else if (file.Source.IsInMemory)
                Write(to, file.Source.Read(piece.Offset, (int)piece.Length));
            else
                CopyRange(to, file.Descriptor, piece.Offset, piece.Length, file.Cancel);
        }
    }

    /// <summary>Copies a range to the end of what was written.</summary>
    public static void CopyRange(int to, int from, long offset, long length, CancellationToken cancel)
    {
        while (length > 0)
        {
            cancel.ThrowIfCancellationRequested();
            var copied = NativeMethods.CopyRange(from, &offset, to, null, (nuint)Math.Min(length, CopyAtOnce), 0);
            if (copied == 0)
                throw new UnstrippableException("it got shorter while it was being read");
            if (copied < 0)
            {
                if (Marshal.GetLastPInvokeError() == Errno.Interrupted)
                    continue;
                // Between file systems, and on some, the kernel can't. Whatever else is wrong shows again here.
                CopyThroughMemory(to, from, offset, length, cancel);
                return;
            }

            length -= copied;
        }
    }

    private static void CopyThroughMemory(int to, int from, long offset, long length, CancellationToken cancel)
    {
        var buffer = GC.AllocateUninitializedArray<byte>((int)Math.Min(BufferSize, length));
        while (length > 0)
        {
            cancel.ThrowIfCancellationRequested();
            long read;
            fixed (byte* start = buffer)
                read = FileCalls.ReadFully(from, start, Math.Min(buffer.Length, length), offset);
            if (read <= 0)
                throw new UnstrippableException(
                    read == 0 ? "it got shorter while it was being read" : $"it can't be read: {Errno.Text((int)-read)}");
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
