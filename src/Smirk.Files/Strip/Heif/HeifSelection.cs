using System.Buffers.Binary;
using Smirk.Files.Strip.Containers;
using Smirk.Files.Strip.Tags;

namespace Smirk.Files.Strip.Heif;

/// <summary>Decides for the items of metadata of a HEIF file where not all of them go. What is edited keeps its place and its
/// length.</summary>
internal sealed class HeifSelection(HeifMeta meta, ByteSource source, StripOptions options)
{
    private const int MostBytes = 64 << 20;
    private readonly List<(long Start, byte[] Bytes)> _edited = [];

    /// <summary>New bytes for places in the file.</summary>
    public IReadOnlyList<(long Start, byte[] Bytes)> Edited => _edited;

    /// <summary>Whether an item stays, as it is or in part.</summary>
    public bool Stays(HeifItem item)
    {
        if (!options.Tags.IsSelective)
            return false;
        return item.Name switch
        {
            "Exif" => Edit(item, EditExif),
            "XMP" => Edit(item, EditXmp),
            _ => options.Tags.IsOnly,
        };
    }

    private bool Edit(HeifItem item, Func<byte[], byte[]?> edit)
    {
        if (meta.Locations.Find(l => l.Id == item.Id) is not { Method: 0, DataReference: 0, Extents.Count: 1 } place
            || place.Length > MostBytes)
            throw new UnstrippableException($"its {item.Name} is stored in a way of which no part can stay by itself");
        var at = place.Base + place.Extents[0].Offset;
        var old = source.Read(at, (int)place.Length).ToArray();
        if (edit(old) is not { } edited)
            return false;
        if (!edited.AsSpan().SequenceEqual(old))
            _edited.Add((at, edited));
        return true;
    }

    // Four bytes say how much stands before the block.
    private byte[]? EditExif(byte[] item)
    {
        var skip = item.Length < 4 ? uint.MaxValue : BinaryPrimitives.ReadUInt32BigEndian(item);
        if (skip > item.Length - 4)
            throw new UnstrippableException("its Exif can't be read, so no part of it can stay by itself");
        var start = 4 + (int)skip;
        return ExifEdit.Apply(item.AsSpan(start), options) is { } edited ? [.. item[..start], .. edited] : null;
    }

    private byte[]? EditXmp(byte[] packet)
    {
        if (XmpEdit.Apply(packet, options.Tags) is not { } edited)
            return null;
        if (edited.Length > packet.Length)
            throw new UnstrippableException("what is to stay of its XMP no longer fits into its place");
        return [.. edited, .. Enumerable.Repeat((byte)' ', packet.Length - edited.Length)];
    }
}
