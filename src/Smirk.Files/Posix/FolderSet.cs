namespace Smirk.Files.Posix;

/// <summary>Folders by identity. Safe to use from several threads.</summary>
/// <remarks>A table of its own: a HashSet of this type has to be compiled at run time, which takes longer than searching a small
/// tree.</remarks>
public sealed class FolderSet
{
    private readonly Lock _gate = new();
    private FolderIdentity[] _slots = new FolderIdentity[64];
    private bool[] _used = new bool[64];
    private int _count;

    /// <summary>Adds it; false when it was there.</summary>
    public bool Add(FolderIdentity folder)
    {
        lock (_gate)
        {
            if (_count * 2 >= _slots.Length)
                Grow();
            var slot = SlotOf(folder);
            if (_used[slot])
                return false;
            (_slots[slot], _used[slot]) = (folder, true);
            _count++;
            return true;
        }
    }

    /// <summary>A set of its own with the same folders.</summary>
    public FolderSet Copy()
    {
        lock (_gate)
            return new FolderSet { _slots = [.. _slots], _used = [.. _used], _count = _count };
    }

    /// <summary>Whether it was added.</summary>
    public bool Contains(FolderIdentity folder)
    {
        lock (_gate)
            return _used[SlotOf(folder)];
    }

    // Where it is, or where it would go; at least half of the slots are free.
    private int SlotOf(FolderIdentity folder)
    {
        var mask = _slots.Length - 1;
        var slot = (int)(((folder.Inode * 0x9E3779B97F4A7C15) ^ folder.Device) >> 32) & mask;
        while (_used[slot] && (_slots[slot].Inode != folder.Inode || _slots[slot].Device != folder.Device))
            slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow()
    {
        var (slots, used) = (_slots, _used);
        _slots = new FolderIdentity[slots.Length * 2];
        _used = new bool[slots.Length * 2];
        for (var i = 0; i < slots.Length; i++)
        {
            if (!used[i])
                continue;
            var slot = SlotOf(slots[i]);
            (_slots[slot], _used[slot]) = (slots[i], true);
        }
    }
}

/// <summary>Which folder this is, by whatever path, link or bind mount it was reached.</summary>
/// <param name="Device">The file system's device number.</param>
/// <param name="Inode">The folder's number in the file system.</param>
public readonly record struct FolderIdentity(ulong Device, ulong Inode);
