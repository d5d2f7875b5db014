using System.Runtime.InteropServices;
using Smirk.Files.Posix;

namespace Smirk.Files.Walk;

/// <summary>One path that leads to a regular file. A struct of 80 bytes: a tree has millions of them.</summary>
internal unsafe struct FileRow
{
    /// <summary>The name in its folder, NUL at its end, in the table's memory; null in a row that isn't used.</summary>
    public byte* Name;
    public int NameLength;

    /// <summary>The folder's number in the table.</summary>
    public int Folder;
    public FileIdentity Identity;
    public uint Mode;
    public uint Links;
    public uint User;
    public uint Group;
    public long Allocated;

    /// <summary>The name is a symbolic link to the file, seen because links are followed.</summary>
    public bool ThroughLink;

    public readonly ReadOnlySpan<byte> NameBytes => new(Name, NameLength);
}

/// <summary>A folder that was seen, and how to say its path: its parent's and then its name.</summary>
/// <param name="Parent">The parent's number in the table; −1 for one that the person named.</param>
/// <param name="Name">Its name in the parent, or the path that the person gave; null for the current folder where it goes unsaid.</param>
/// <param name="Identity">Which folder it is.</param>
internal sealed record FolderRow(int Parent, RawPath? Name, FolderIdentity Identity);

/// <summary>Every file that a walk found. Names lie in native memory and rows in pages, so that a million files cost no million
/// objects.</summary>
/// <remarks>Threads add through a <see cref="FoundFilesWriter"/> each. Read only once they are done.</remarks>
internal sealed unsafe class FoundFiles : IDisposable
{
    public const int PageShift = 10;
    public const int PageRows = 1 << PageShift;

    private readonly Lock _gate = new();
    private nint[] _nameBlocks = new nint[16];
    private int _nameBlockCount;
    private FileRow[][] _pages = new FileRow[64][];
    private FolderRow[] _folders = new FolderRow[64];
    private int _folderCount;

    /// <summary>Row numbers are below this; rows without a name are gaps.</summary>
    public int RowLimit => PageCount << PageShift;

    public int PageCount { get; private set; }

    public ref FileRow this[int row] => ref _pages[row >> PageShift][row & (PageRows - 1)];

    /// <summary>Whether the row holds a file.</summary>
    public bool IsUsed(int row) => this[row].Name != null;

    public long CountRows()
    {
        long count = 0;
        for (var row = 0; row < RowLimit; row++)
            count += IsUsed(row) ? 1 : 0;
        return count;
    }

    public FolderRow Folder(int folder) => _folders[folder];

    public int AddFolder(FolderRow folder)
    {
        lock (_gate)
        {
            if (_folderCount == _folders.Length)
                Array.Resize(ref _folders, _folderCount * 2);
            _folders[_folderCount] = folder;
            return _folderCount++;
        }
    }

    /// <summary>A page of rows for one writer alone.</summary>
    public FileRow[] AddPage()
    {
        var page = new FileRow[PageRows];
        lock (_gate)
        {
            if (PageCount == _pages.Length)
                Array.Resize(ref _pages, PageCount * 2);
            _pages[PageCount++] = page;
        }

        return page;
    }

    /// <summary>Memory for names, freed with the table.</summary>
    public byte* AddNameBlock(int size)
    {
        var block = (byte*)NativeMemory.Alloc((nuint)size);
        lock (_gate)
        {
            if (_nameBlockCount == _nameBlocks.Length)
                Array.Resize(ref _nameBlocks, _nameBlockCount * 2);
            _nameBlocks[_nameBlockCount++] = (nint)block;
        }

        return block;
    }

    /// <summary>The file by itself, its path put together with <paramref name="path"/>.</summary>
    public FoundFile ToFile(int row, PathBuilder path)
    {
        ref var from = ref this[row];
        path.Set(this, from.Folder, from.NameBytes);
        return new FoundFile(path.ToPath(), from.Identity, Folder(from.Folder).Identity)
        {
            Mode = from.Mode,
            Links = from.Links,
            Allocated = from.Allocated,
            ThroughLink = from.ThroughLink,
            BelowLength = path.BelowLength,
        };
    }

    /// <summary>The file's path.</summary>
    public RawPath PathOf(int row)
    {
        var path = new PathBuilder();
        path.Set(this, this[row].Folder, this[row].NameBytes);
        return path.ToPath();
    }

    /// <summary>The folder's path.</summary>
    public RawPath PathOfFolder(int folder)
    {
        var path = new PathBuilder();
        path.Set(this, folder, []);
        return path.ToPath();
    }

    public void Dispose()
    {
        while (_nameBlockCount > 0)
            NativeMemory.Free((void*)_nameBlocks[--_nameBlockCount]);
    }
}
