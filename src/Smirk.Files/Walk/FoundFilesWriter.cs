using Smirk.Files.Posix;

namespace Smirk.Files.Walk;

/// <summary>One thread's way to add rows to a table: it fills pages and name blocks of its own, so that threads seldom meet.</summary>
internal sealed unsafe class FoundFilesWriter(FoundFiles table)
{
    private const int NameBlockBytes = 64 * 1024;

    private FileRow[] _page = [];
    private int _rows;
    private byte* _names;
    private int _left;

    public void Add(int folder, ReadOnlySpan<byte> name, in FileStat status, bool throughLink)
    {
        if (_rows == _page.Length)
        {
            _page = table.AddPage();
            _rows = 0;
        }

        ref var row = ref _page[_rows++];
        row.Name = Keep(name);
        row.NameLength = name.Length;
        row.Folder = folder;
        row.Identity = status.Identity;
        row.Mode = status.Mode;
        row.Links = status.Links;
        row.User = status.User;
        row.Group = status.Group;
        row.Allocated = status.Allocated;
        row.ThroughLink = throughLink;
    }

    private byte* Keep(ReadOnlySpan<byte> name)
    {
        var size = name.Length + 1;
        if (size > _left)
        {
            _left = Math.Max(NameBlockBytes, size);
            _names = table.AddNameBlock(_left);
        }

        var kept = _names;
        name.CopyTo(new Span<byte>(kept, name.Length));
        kept[name.Length] = 0;
        _names += size;
        _left -= size;
        return kept;
    }
}
