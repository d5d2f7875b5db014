using Smirk.Files.Strip.Boxes;

namespace Smirk.Files.Strip.Heif;

/// <summary>Lists of items, written without those that go.</summary>
internal static class HeifLists
{
    /// <summary>iinf: the entries of items that stay, without the names that people and programs gave them.</summary>
    public static byte[] Items(HeifMeta meta, HeifChoice choice, Box box)
    {
        var content = meta.In(box);
        var entriesAt = HeifMeta.EntriesAt(content);
        List<byte> made = [.. content[..4]];
        made.Number(choice.Kept.Count, entriesAt - 4);
        foreach (var item in meta.Items.Values.Where(i => choice.Kept.Contains(i.Id)).OrderBy(i => i.Entry.Offset))
        {
            var entry = content.Slice((int)item.Entry.Content, (int)item.Entry.ContentLength);
            var head = 4 + (entry[0] == 2 ? 2 : 4) + 2 + 4;
            var name = entry[head..].IndexOf((byte)0);

            // A mime item that stays needs what follows its name.
            if (name > 0 && item.IsPicture)
                made.AddRange(BoxWriter.Make(item.Entry.Type, [.. entry[..head], 0]));
            else
                made.AddRange(content.Slice((int)item.Entry.Offset, (int)item.Entry.Length));
        }

        return BoxWriter.Make(box.Type, [.. made]);
    }

    /// <summary>iref: which item is the thumbnail, the part, the description of which; only between items that stay.</summary>
    public static byte[] References(HeifMeta meta, HeifChoice choice, Box box)
    {
        var content = meta.In(box);
        var size = content[0] == 0 ? 2 : 4;
        List<byte> made = [.. content[..4]];
        foreach (var reference in BoxReader.Read(content, 4))
        {
            var read = new BoxBytes(content.Slice((int)reference.Content, (int)reference.ContentLength));
            var from = read.Number(size);
            var to = new List<long>();
            for (var left = read.Number(2); left > 0; left--)
                to.Add(read.Number(size));
            if (!choice.Kept.Contains(from))
                continue;
            var kept = to.FindAll(choice.Kept.Contains);

            // What a picture is put together from is picture, or the picture can't be put together.
            if (kept.Count < to.Count && reference.Name == "dimg")
                throw new UnstrippableException($"its picture {from} is made of an item of an unknown type");
            if (kept.Count == 0)
                continue;
            List<byte> list = [];
            list.Number(from, size);
            list.Number(kept.Count, 2);
            kept.ForEach(id => list.Number(id, size));
            made.AddRange(BoxWriter.Make(reference.Type, [.. list]));
        }

        return made.Count == 4 ? [] : BoxWriter.Make(box.Type, [.. made]);
    }

    /// <summary>grpl: which items stand for each other; only those that stay.</summary>
    public static byte[] Groups(HeifMeta meta, HeifChoice choice, Box box)
    {
        var content = meta.In(box);
        List<byte> made = [];
        foreach (var group in BoxReader.Read(content))
        {
            var whole = content.Slice((int)group.Content, (int)group.ContentLength);
            var read = new BoxBytes(whole);
            read.Take(8);
            var members = new List<long>();
            for (var left = read.Number(4); left > 0; left--)
                members.Add(read.Number(4));

            // Numbers of tracks may stand there, too; only items that are known to go do so.
            var kept = members.FindAll(id => choice.Kept.Contains(id) || !meta.Items.ContainsKey(id));
            if (kept.Count == 0)
                continue;
            List<byte> list = [.. whole[..8]];
            list.Number(kept.Count, 4);
            kept.ForEach(id => list.Number(id, 4));
            list.AddRange(read.Left);
            made.AddRange(BoxWriter.Make(group.Type, [.. list]));
        }

        return made.Count == 0 ? [] : BoxWriter.Make(box.Type, [.. made]);
    }
}
