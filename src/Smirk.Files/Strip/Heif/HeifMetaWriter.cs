using Smirk.Files.Strip.Boxes;

namespace Smirk.Files.Strip.Heif;

/// <summary>Writes a meta box anew: the items that stay, and nothing about the others. What doesn't change is copied byte by
/// byte.</summary>
internal sealed class HeifMetaWriter(HeifMeta meta, HeifChoice choice, StripOptions options)
{
    private readonly List<byte> _out = [];
    private int _locationsAt;
    private int _locationsLength;

    /// <summary>What goes besides items, with its bytes.</summary>
    public List<(string Name, long Bytes)> Removed { get; } = [];

    /// <summary>The whole box, places in the file still as they were. <see cref="PatchLocations"/> corrects them.</summary>
    public byte[] Write()
    {
        _out.AddRange(new byte[8]);
        _out.AddRange(meta.Content.AsSpan(0, 4));
        foreach (var box in meta.Boxes)
            Write(box);
        var result = _out.ToArray();
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(result, result.Length);
        "meta"u8.CopyTo(result.AsSpan(4));
        return result;
    }

    /// <summary>Writes the new places into the box that <see cref="Write()"/> gave.</summary>
    /// <param name="written">The box.</param>
    /// <param name="inFile">Where a range of the old file is in the new one.</param>
    public void PatchLocations(byte[] written, Func<long, long, long> inFile)
    {
        var box = Locations((location, extent) => location.Method switch
        {
            0 => inFile(location.Base + extent.Offset, extent.Length),
            1 => InData(location.Base + extent.Offset, extent.Length),
            _ => location.Base + extent.Offset,
        });
        if (box.Length != _locationsLength)
            throw new InvalidOperationException("the locations changed their length");
        box.CopyTo(written, _locationsAt);
    }

    private void Write(Box box)
    {
        switch (box.Name)
        {
            case "hdlr":
                HandlerBox.Write(meta.In(box), meta.All(box), _out, Removed);
                break;
            case "iinf":
                _out.AddRange(HeifLists.Items(meta, choice, box));
                break;
            case "iref":
                _out.AddRange(HeifLists.References(meta, choice, box));
                break;
            case "iprp":
                _out.AddRange(HeifProperties.Write(meta, choice, box, options, Removed));
                break;
            case "iloc":
                var locations = Locations((location, extent) => location.Base + extent.Offset);
                (_locationsAt, _locationsLength) = (_out.Count, locations.Length);
                _out.AddRange(locations);
                break;
            case "idat":
                WriteData(box);
                break;
            case "grpl":
                _out.AddRange(HeifLists.Groups(meta, choice, box));
                break;
            case "pitm" or "dinf" or "ipro":
                _out.AddRange(meta.All(box));
                break;
            default:
                Removed.Add((box.Name is "free" or "skip" ? "unused bytes" : $"box {box.Name}", box.Length));
                break;
        }
    }

    private void WriteData(Box box)
    {
        var content = meta.In(box).ToArray();
        var kept = new List<byte>();
        foreach (var (start, end) in choice.Ranges(method: 1))
        {
            if (end > content.Length)
                throw new UnstrippableException("an item's data in idat reach beyond it");
            kept.AddRange(content[(int)start..(int)end]);
        }

        if (kept.Count > 0)
            _out.AddRange(BoxWriter.Make(box.Type, [.. kept]));
        var gone = choice.Ranges(method: 1, kept: false).Sum(r => r.End - r.Start);
        if (content.Length - kept.Count - gone is > 0 and var unused)
            Removed.Add(("unused bytes", unused));
    }

    private long InData(long old, long length)
    {
        var at = 0L;
        foreach (var (start, end) in choice.Ranges(method: 1))
        {
            if (old >= start && old + length <= end)
                return at + (old - start);
            at += end - start;
        }

        throw new UnstrippableException("an item's data in idat can't be proven to stay as they are");
    }

    private byte[] Locations(Func<HeifLocation, HeifExtent, long> place)
    {
        var box = meta.Find("iloc"u8)!;
        var old = meta.In(box);
        var (offset, length, start, index) = meta.LocationSizes;
        var version = old[0];
        var kept = meta.Locations.FindAll(l => choice.Kept.Contains(l.Id));
        List<byte> content = [.. old[..6]];
        content.Number(kept.Count, version < 2 ? 2 : 4);
        foreach (var location in kept)
        {
            content.Number(location.Id, version < 2 ? 2 : 4);
            if (version > 0)
                content.Number(location.Method, 2);
            content.Number(location.DataReference, 2);
            var places = location.Extents.Select(e => place(location, e)).ToList();
            var from = BaseOf(location, places, start, offset);
            content.Number(from, start);
            content.Number(places.Count, 2);
            for (var i = 0; i < places.Count; i++)
            {
                content.Number(location.Extents[i].Index, index);
                content.Number(places[i] - from, offset);
                content.Number(location.Extents[i].Length, length);
            }
        }

        return BoxWriter.Make(box.Type, [.. content]);
    }

    // Where nothing moved, base and offsets stay as their writer divided them.
    private static long BaseOf(HeifLocation location, List<long> places, int baseSize, int offsetSize)
    {
        if (places.Select((p, i) => p - location.Extents[i].Offset).All(b => b == location.Base))
            return location.Base;
        if (baseSize == 0 || (location.Base == 0 && offsetSize > 0))
            return 0;
        return places.Count == 0 ? 0 : places.Min();
    }
}
