using Smirk.Files.Exact.Nodes;
using Smirk.Files.Posix;

namespace Smirk.Files.Exact.Compare;

/// <summary>Cuts one class of candidates into sets of files with equal bytes. One for each thread, used for class after class.</summary>
/// <param name="nodes">The files.</param>
/// <param name="opener">Opens them, and notes which can't be looked at.</param>
/// <param name="lockstep">Compares some of them.</param>
/// <param name="run">Carries out such a comparison, on this thread or several.</param>
/// <param name="cancel">Stops it.</param>
internal sealed class ClassComparer(
    FileNodes nodes, CandidateOpener opener, Lockstep lockstep, Action<Lockstep> run, CancellationToken cancel)
{
    // Descriptors are limited (1,024 at least); every round reads the first file again, so rounds should not be small.
    private const int OpenAtOnce = 128;

    private readonly Stack<Part> _pending = [];
    private readonly List<int> _equal = [];
    private readonly List<Difference> _different = [];
    private readonly List<int> _opened = [];
    private readonly List<int> _descriptors = [];

    /// <summary>Files that are known to be equal before a block.</summary>
    private sealed record Part(int[] Files, long Block);

    /// <summary>Where a file differs from the first of its part.</summary>
    private sealed record Difference(int File, long Block, ulong Hash);

    /// <summary>Adds the sets to <paramref name="sets"/>, those of one file included; a file that can't be read or changes meanwhile is in
    /// none.</summary>
    /// <exception cref="OperationCanceledException">Cancelled: nothing is known.</exception>
    public void Compare(int[] files, List<int[]> sets)
    {
        // What differed somewhere goes on from that block among itself: everything before it is known to be equal.
        _pending.Push(new Part(files, 0));
        while (_pending.TryPop(out var part))
        {
            if (part.Files.Length == 1 || nodes[part.Files[0]].Identity.Size == 0)
                sets.Add(part.Files);
            else if (CompareWithFirst(part.Files, part.Block))
                sets.Add([.. _equal]);
            else
                _pending.Push(new Part(part.Files[1..], part.Block));

            // Nearly always nothing does.
            if (_different.Count == 0)
                continue;
            foreach (var alike in _different.GroupBy(d => (d.Block, d.Hash)))
                _pending.Push(new Part([.. alike.Select(d => d.File)], alike.Key.Block));
            _different.Clear();
        }
    }

    // False when the first file itself can't be used.
    private bool CompareWithFirst(int[] files, long block)
    {
        _equal.Clear();
        _different.Clear();
        var first = opener.Open(files[0]);
        if (first < 0)
            return false;
        try
        {
            _equal.Add(files[0]);
            for (var at = 1; at < files.Length; at += OpenAtOnce)
            {
                if (!CompareSome(first, files.AsSpan(at..Math.Min(at + OpenAtOnce, files.Length)), files[0], block))
                    return Forget();
            }

            if (opener.IsUnchanged(files[0], first))
                return true;
            opener.RefuseChanged(files[0]);
            return Forget();
        }
        finally
        {
            _ = NativeMethods.Close(first);
        }
    }

    private bool CompareSome(int first, ReadOnlySpan<int> others, int firstFile, long block)
    {
        _opened.Clear();
        _descriptors.Clear();
        _descriptors.Add(first);
        foreach (var file in others)
        {
            if (opener.Open(file) is >= 0 and var descriptor)
            {
                _opened.Add(file);
                _descriptors.Add(descriptor);
            }
        }

        try
        {
            lockstep.Prepare(_descriptors, nodes[firstFile].Identity.Size, block);
            run(lockstep);
            cancel.ThrowIfCancellationRequested();
            if (lockstep.Files[0].Error != 0)
            {
                Refuse(firstFile, lockstep.Files[0].Error);
                return false;
            }

            for (var i = 0; i < _opened.Count; i++)
                Sort(_opened[i], lockstep.Files[i + 1]);
            return true;
        }
        finally
        {
            for (var i = 1; i < _descriptors.Count; i++)
                _ = NativeMethods.Close(_descriptors[i]);
        }
    }

    private void Sort(int file, in Comparison result)
    {
        if (result.Error != 0)
            Refuse(file, result.Error);
        else if (!opener.IsUnchanged(file, result.Descriptor))
            opener.RefuseChanged(file);
        else if (result.DifferentAt == Comparison.Nowhere)
            _equal.Add(file);
        else
            _different.Add(new Difference(file, result.DifferentAt, result.DifferentHash));
    }

    private void Refuse(int file, int error)
    {
        if (error == Comparison.CutShort)
            opener.RefuseChanged(file);
        else
            opener.Refuse(file, "can't be read", error);
    }

    private bool Forget()
    {
        _different.Clear();
        return false;
    }
}
