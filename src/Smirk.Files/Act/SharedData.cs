using System.Runtime.InteropServices;
using Smirk.Files.Posix;

namespace Smirk.Files.Act;

/// <summary>Lets a file share its keeper's data, by FIDEDUPERANGE: the kernel itself compares the bytes and shares only equal ones, with
/// both files held still. Names, times and inodes stay.</summary>
internal static unsafe class SharedData
{
    // _IOWR(0x94, 54, struct file_dedupe_range).
    private const uint DedupeRange = 0xC0189436;

    // File systems take so much at a time; asking for more is an error on some.
    private const long Piece = 16 * 1024 * 1024;

    private const int Differs = 1;

    /// <summary>Shares all of it; the reason when the file is left alone.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; a part is shared, which changes nothing in either file.</exception>
    public static string? Share(OpenedPair pair, CancellationToken cancel)
    {
        var size = pair.File.Descriptor.Status.Identity.Size;
        for (long at = 0; at < size;)
        {
            cancel.ThrowIfCancellationRequested();
            var request = new Request
            {
                From = at,
                Length = Math.Min(Piece, size - at),
                Count = 1,
                Target = pair.File.Descriptor.Value,
                TargetOffset = at,
            };
            var error = NativeMethods.Control(pair.Keeper.Descriptor.Value, DedupeRange, &request) == 0 ? 0 : Marshal.GetLastPInvokeError();
            if (error == 0 && request.Status < 0)
                error = -request.Status;
            if (error is Errno.NotSupported or Errno.InvalidArgument or Errno.NoSuchControl)
                return "its file system can't share data between files (btrfs and XFS can)";
            if (error != 0)
                return $"can't share its data: {Errno.Text(error)}";
            if (request.Status == Differs || request.Done <= 0)
                return "now differs from the file to keep";
            at += request.Done;
        }

        return null;
    }

    /// <summary>struct file_dedupe_range with one file_dedupe_range_info.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 56)]
    private struct Request
    {
        [FieldOffset(0)] public long From;
        [FieldOffset(8)] public long Length;
        [FieldOffset(16)] public ushort Count;
        [FieldOffset(24)] public long Target;
        [FieldOffset(32)] public long TargetOffset;
        [FieldOffset(40)] public long Done;
        [FieldOffset(48)] public int Status;
    }
}
