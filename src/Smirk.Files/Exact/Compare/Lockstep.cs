using System.Runtime.InteropServices;
using Smirk.Files.Posix;

namespace Smirk.Files.Exact.Compare;

/// <summary>Reads one file and several others side by side, block by block, and tells where each of the others first differs. Threads share
/// the blocks.</summary>
/// <remarks>Every byte is read once; a file that differs isn't read further than the block in which it does. Used again and again: a tree
/// has many small classes.</remarks>
/// <param name="readAhead">The content isn't in memory: ask for it before it is needed.</param>
/// <param name="cancel">Stops early; what was found is then worth nothing.</param>
internal sealed unsafe class Lockstep(bool readAhead, CancellationToken cancel)
{
    // Far enough for a disk to have several requests to choose from, near enough not to fill memory.
    private const int BlocksAhead = 4;

    private readonly Lock _gate = new();
    private Comparison[] _files = [];
    private int _count;
    private long _size;
    private long _next;
    private long _bytesRead;

    public long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>What is known of each file, the first of which is the one that the others are compared with.</summary>
    public ReadOnlySpan<Comparison> Files => _files.AsSpan(0, _count);

    /// <summary>Sets files of <paramref name="size"/> bytes, open for reading, side by side; they are known to be equal before
    /// <paramref name="firstBlock"/>.</summary>
    public void Prepare(List<int> descriptors, long size, long firstBlock)
    {
        if (_files.Length < descriptors.Count)
            _files = new Comparison[descriptors.Count];
        _count = descriptors.Count;
        (_size, _next, _bytesRead) = (size, firstBlock - 1, 0);
        for (var i = 0; i < _count; i++)
            _files[i] = new Comparison { Descriptor = descriptors[i], DifferentAt = Comparison.Nowhere };
    }

    /// <summary>Takes blocks until none is left that could matter. Called by each thread with buffers of its own.</summary>
    public void Work(ReadBuffer first, ReadBuffer other)
    {
        while (!cancel.IsCancellationRequested && Volatile.Read(ref _files[0].Error) == 0)
        {
            var block = Interlocked.Increment(ref _next);
            var length = BlockSizes.Length(block, _size);
            if (length <= 0 || !AnyEqualBefore(block) || !Read(ref _files[0], block, length, first))
                return;
            if (readAhead)
                AskFor(block + BlocksAhead);
            for (var i = 1; i < _count; i++)
            {
                ref var file = ref _files[i];
                if (Volatile.Read(ref file.DifferentAt) <= block || file.Error != 0 || !Read(ref file, block, length, other))
                    continue;
                if (NativeMethods.CompareMemory(first.Start, other.Start, (nuint)length) != 0)
                    NoteDifference(ref file, block, QuickHash.Of(other.Start, length));
            }
        }
    }

    private bool AnyEqualBefore(long block)
    {
        for (var i = 1; i < _count; i++)
        {
            if (Volatile.Read(ref _files[i].DifferentAt) > block && _files[i].Error == 0)
                return true;
        }

        return false;
    }

    private bool Read(ref Comparison file, long block, long length, ReadBuffer buffer)
    {
        var got = FileCalls.ReadFully(file.Descriptor, buffer.Start, length, BlockSizes.Start(block));
        if (got > 0)
            Interlocked.Add(ref _bytesRead, got);
        if (got == length)
            return true;
        Volatile.Write(ref file.Error, got < 0 ? (int)-got : Comparison.CutShort);
        return false;
    }

    private void AskFor(long block)
    {
        var length = BlockSizes.Length(block, _size);
        for (var i = 0; length > 0 && i < _count; i++)
        {
            if (Volatile.Read(ref _files[i].DifferentAt) == Comparison.Nowhere)
                _ = NativeMethods.Advise(_files[i].Descriptor, BlockSizes.Start(block), length, ReadAdvice.WillNeed);
        }
    }

    // A thread may be ahead of another that has yet to find an earlier difference: the earliest stays.
    private void NoteDifference(ref Comparison file, long block, ulong hash)
    {
        lock (_gate)
        {
            if (block < file.DifferentAt)
                (file.DifferentAt, file.DifferentHash) = (block, hash);
        }
    }
}

/// <summary>One file of a <see cref="Lockstep"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct Comparison
{
    /// <summary>In <see cref="DifferentAt"/>: no difference.</summary>
    public const long Nowhere = long.MaxValue;

    /// <summary>In <see cref="Error"/>: the file ended too early, it has been cut since the scan.</summary>
    public const int CutShort = -1;

    public int Descriptor;

    /// <summary>errno of a file that could not be read, <see cref="CutShort"/> or 0.</summary>
    public int Error;

    /// <summary>The first block that differs from the first file's, or <see cref="Nowhere"/>.</summary>
    public long DifferentAt;

    /// <summary>The hash of that block.</summary>
    public ulong DifferentHash;
}
