using System.Security.Cryptography;
using Smirk.Files.Posix;

namespace Smirk.Files.Act;

/// <summary>A file and its keeper, opened without following links and checked to be what was found. Stays open until the action is over, so
/// that nothing can take their place unseen.</summary>
internal sealed unsafe class OpenedPair : IDisposable
{
    private const int BlockBytes = 256 * 1024;

    // A fraction of a second's worth.
    private const long TellEvery = 64 * BlockBytes;

    private OpenedPair(OpenedFile file, OpenedFile keeper) => (File, Keeper) = (file, keeper);

    public OpenedFile File { get; }

    public OpenedFile Keeper { get; }

    /// <summary>Opens both; the reason when one isn't what was found.</summary>
    /// <param name="action">Which.</param>
    /// <param name="expected">What a file should be by now: actions change the status time of files that have several names.</param>
    /// <param name="pair">The pair, when there is no reason against it.</param>
    public static string? Open(PlannedAction action, Func<FileIdentity, FileIdentity> expected, out OpenedPair? pair)
    {
        pair = null;
        var flags = action.Kind == ActKind.Reflink ? OpenFlags.ReadWrite : OpenFlags.ReadOnly;
        if (OpenedFile.Open(action.File, flags, expected, out var file) is { } reason)
            return reason;
        if (OpenedFile.Open(action.Keeper, OpenFlags.ReadOnly, expected, out var keeper) is { } keeperReason)
        {
            file!.Dispose();
            return $"the file to keep, {action.Keeper.Path}, {keeperReason}";
        }

        pair = new OpenedPair(file!, keeper!);
        return null;
    }

    /// <summary>Compares all bytes; the SHA-256 of them when they are equal, else null.</summary>
    /// <param name="compared">Told now and then how many bytes were compared.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public string? HashIfEqual(Action<long> compared, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var left = new ReadBuffer(BlockBytes);
        using var right = new ReadBuffer(BlockBytes);
        var size = File.Descriptor.Status.Identity.Size;
        for (long at = 0; at < size; at += BlockBytes)
        {
            var length = Math.Min(BlockBytes, size - at);
            if (FileCalls.ReadFully(File.Descriptor.Value, left.Start, length, at) != length
                || FileCalls.ReadFully(Keeper.Descriptor.Value, right.Start, length, at) != length
                || NativeMethods.CompareMemory(left.Start, right.Start, (nuint)length) != 0)
            {
                return null;
            }

            hash.AppendData(new ReadOnlySpan<byte>(left.Start, (int)length));
            cancel.ThrowIfCancellationRequested();
            if (at % TellEvery == 0)
                compared(at);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public void Dispose()
    {
        File.Dispose();
        Keeper.Dispose();
    }
}
