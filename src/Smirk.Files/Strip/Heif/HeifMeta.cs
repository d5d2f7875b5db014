using System.Text;
using Smirk.Files.Strip.Boxes;

namespace Smirk.Files.Strip.Heif;

/// <summary>The meta box of a HEIF file, taken apart: which items there are and where their data lie.</summary>
internal sealed class HeifMeta
{
    private const int MostItems = 100_000;

    /// <summary>Reads it.</summary>
    /// <exception cref="UnstrippableException">It is damaged, or of a kind that isn't known.</exception>
    public HeifMeta(byte[] content)
    {
        Content = content;
        if (content.Length < 4)
            throw new UnstrippableException("its meta box is empty");
        Boxes = BoxReader.Read(content, 4);
        Items = ReadItems();
        (Locations, LocationSizes) = ReadLocations();
        Primary = Find("pitm"u8) is { } primary ? ReadPrimary(primary)
            : throw new UnstrippableException("its meta box names no primary picture (pitm)");
    }

    /// <summary>The box's content: version and flags, then boxes.</summary>
    public byte[] Content { get; }

    /// <summary>The boxes in it; offsets are within <see cref="Content"/>.</summary>
    public List<Box> Boxes { get; }

    /// <summary>All items by number.</summary>
    public Dictionary<long, HeifItem> Items { get; }

    /// <summary>Where their data are.</summary>
    public List<HeifLocation> Locations { get; }

    /// <summary>The bytes that iloc's numbers have: offset, length, base, index.</summary>
    public (int Offset, int Length, int Base, int Index) LocationSizes { get; }

    /// <summary>The picture that is shown.</summary>
    public long Primary { get; }

    /// <summary>The first box of a type; null where there is none.</summary>
    public Box? Find(ReadOnlySpan<byte> type)
    {
        var wanted = Box.TypeOf(type);
        return Boxes.Find(b => b.Type == wanted);
    }

    /// <summary>A box's content.</summary>
    public ReadOnlySpan<byte> In(Box box) => Content.AsSpan((int)box.Content, (int)box.ContentLength);

    /// <summary>A whole box.</summary>
    public ReadOnlySpan<byte> All(Box box) => Content.AsSpan((int)box.Offset, (int)box.Length);

    private Dictionary<long, HeifItem> ReadItems()
    {
        var list = Find("iinf"u8) ?? throw new UnstrippableException("its meta box has no list of items (iinf)");
        var bytes = In(list);
        var entries = BoxReader.Read(bytes, EntriesAt(bytes));
        var items = new Dictionary<long, HeifItem>();
        foreach (var entry in entries)
        {
            if (entry.Name != "infe")
                throw new UnstrippableException($"its list of items holds a {entry.Name} box");
            var read = new BoxBytes(bytes.Slice((int)entry.Content, (int)entry.ContentLength));
            var version = read.Number(1);
            read.Take(3);
            if (version is < 2 or > 3)
                throw new UnstrippableException($"an item of version {version}; 2 and 3 are known");
            var id = read.Number(version == 2 ? 2 : 4);
            read.Take(2);
            var type = Box.TypeOf(read.Take(4));
            read.Text();
            var content = type == Box.TypeOf("mime"u8) ? Encoding.UTF8.GetString(read.Text()) : "";
            if (!items.TryAdd(id, new HeifItem(id, type, content, entry)) || items.Count > MostItems)
                throw new UnstrippableException($"its item {id} is there twice, or it has more than {MostItems}");
        }

        return items;
    }

    /// <summary>Where the entries of iinf begin in its content.</summary>
    public static int EntriesAt(ReadOnlySpan<byte> list) =>
        list.Length < 6 ? throw new UnstrippableException("its list of items is cut short") : list[0] == 0 ? 6 : 8;

    private long ReadPrimary(Box box)
    {
        var read = new BoxBytes(In(box));
        var version = read.Number(1);
        read.Take(3);
        var id = read.Number(version == 0 ? 2 : 4);
        return Items.TryGetValue(id, out var item) && item.IsPicture ? id
            : throw new UnstrippableException(
                item is null ? $"its primary picture, item {id}, isn't there"
                    : $"its primary picture is of the unknown type {Box.NameOf(item.Type)}");
    }

    private (List<HeifLocation>, (int, int, int, int)) ReadLocations()
    {
        var box = Find("iloc"u8) ?? throw new UnstrippableException("its meta box doesn't say where its items are (iloc)");
        var read = new BoxBytes(In(box));
        var version = (int)read.Number(1);
        read.Take(3);
        if (version > 2)
            throw new UnstrippableException($"its iloc box is of version {version}; 0 to 2 are known");
        var (first, second) = (read.Number(1), read.Number(1));
        var sizes = (Offset: (int)first >> 4, Length: (int)first & 15, Base: (int)second >> 4, Index: version == 0 ? 0 : (int)second & 15);
        foreach (var size in new[] { sizes.Offset, sizes.Length, sizes.Base, sizes.Index })
        {
            if (size is not (0 or 4 or 8))
                throw new UnstrippableException($"its iloc box has numbers of {size} bytes; 0, 4 and 8 are known");
        }

        var found = new List<HeifLocation>();
        for (var left = read.Number(version < 2 ? 2 : 4); left > 0; left--)
        {
            var id = read.Number(version < 2 ? 2 : 4);
            var method = version == 0 ? 0 : (int)read.Number(2) & 15;
            var reference = (int)read.Number(2);
            var start = read.Number(sizes.Base);
            var extents = new List<HeifExtent>();
            for (var more = read.Number(2); more > 0; more--)
                extents.Add(new HeifExtent(read.Number(sizes.Index), read.Number(sizes.Offset), read.Number(sizes.Length)));
            found.Add(new HeifLocation(id, method, reference, start, extents));
        }

        return (found, sizes);
    }
}
