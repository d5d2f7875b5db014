using System.Buffers.Binary;
using Smirk.Files.Strip.Containers;

namespace Smirk.Files.Strip.Tiff;

/// <summary>Reads directories of TIFF and BigTIFF.</summary>
internal sealed class TiffReader
{
    private const int MostDirectories = 10_000;
    private const int MostEntries = 4096;
    private const long MostValues = 16 << 20;

    private readonly ByteSource _source;
    private readonly HashSet<long> _read = [];

    /// <summary>Reads the header.</summary>
    /// <exception cref="UnstrippableException">It isn't one.</exception>
    public TiffReader(ByteSource source)
    {
        _source = source;
        var head = source.Read(0, (int)Math.Min(16, source.Length));
        IsLittle = head[0] == 'I';
        IsBig = Number(head[2..], 2) == 43;
        HeaderLength = IsBig ? 16 : 8;
        if (head.Length < HeaderLength)
            throw new UnstrippableException("cut short: its header ends early");
        if (IsBig && (Number(head[4..], 2) != 8 || Number(head[6..], 2) != 0))
            throw new UnstrippableException("its BigTIFF header isn't one of 8-byte places");
        First = Number(head[(IsBig ? 8 : 4)..], IsBig ? 8 : 4);
    }

    /// <summary>Byte order.</summary>
    public bool IsLittle { get; }

    /// <summary>BigTIFF: places of 8 bytes.</summary>
    public bool IsBig { get; }

    /// <summary>8 or 16.</summary>
    public int HeaderLength { get; }

    /// <summary>The place of the first directory.</summary>
    public long First { get; }

    /// <summary>Bytes of an entry.</summary>
    public int EntryLength => IsBig ? 20 : 12;

    /// <summary>Bytes of a directory's count of entries.</summary>
    public int CountLength => IsBig ? 8 : 2;

    /// <summary>Bytes of a place in the file.</summary>
    public int PlaceLength => IsBig ? 8 : 4;

    /// <summary>The directory at a place; null where it was read before.</summary>
    /// <exception cref="UnstrippableException">It isn't whole.</exception>
    public TiffDirectory? Read(long offset)
    {
        if (!_read.Add(offset))
            return null;
        if (_read.Count > MostDirectories)
            throw new UnstrippableException($"more than {MostDirectories} directories, which no real file has");
        Require(offset, CountLength);
        var count = Number(_source.Read(offset, CountLength), CountLength);
        if (count > MostEntries)
            throw new UnstrippableException($"a directory of {count} tags, at most {MostEntries} are read");
        var length = CountLength + (count * EntryLength) + PlaceLength;
        Require(offset, length);
        var bytes = _source.Read(offset, (int)length).ToArray();
        var entries = new List<TiffEntry>();
        for (var i = 0; i < count; i++)
            entries.Add(Entry(bytes.AsSpan((int)(CountLength + (i * EntryLength)), EntryLength), offset + CountLength + (i * EntryLength)));
        return new TiffDirectory(offset, length, entries, Number(bytes.AsSpan(bytes.Length - PlaceLength), PlaceLength));
    }

    /// <summary>The values of a tag of whole numbers.</summary>
    /// <exception cref="UnstrippableException">It isn't one, or they aren't all there.</exception>
    public long[] Values(TiffEntry entry)
    {
        var size = (int)SizeOf(entry.Type);
        if (entry.Type is not (1 or 3 or 4 or 13 or 16 or 18) || entry.Count > MostValues)
            throw new UnstrippableException(
                $"its tag {entry.Tag} has {entry.Count} values of type {entry.Type}, which can't be places or lengths");
        Require(entry.ValueAt, entry.ValueLength);
        var bytes = _source.Read(entry.ValueAt, (int)entry.ValueLength);
        var values = new long[entry.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = Number(bytes[(i * size)..], size);
        return values;
    }

    /// <summary>Refuses a range that isn't in the file.</summary>
    public void Require(long offset, long length)
    {
        if (offset < 0 || length < 0 || offset > _source.Length - length)
            throw new UnstrippableException(
                $"cut short: {length} bytes expected at byte {offset}, but the file ends at byte {_source.Length}");
    }

    /// <summary>A number of the file's byte order.</summary>
    public long Number(ReadOnlySpan<byte> bytes, int size)
    {
        var value = size switch
        {
            1 => bytes[0],
            2 => IsLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes),
            4 => IsLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes),
            _ => IsLittle ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : BinaryPrimitives.ReadInt64BigEndian(bytes),
        };
        return value < 0 ? throw new UnstrippableException("a place beyond all sizes") : value;
    }

    /// <summary>Writes a number in the file's byte order.</summary>
    public void Put(Span<byte> to, long value, int size)
    {
        for (var i = 0; i < size; i++)
            to[IsLittle ? i : size - 1 - i] = (byte)(value >> (8 * i));
    }

    /// <summary>A directory of <paramref name="kept"/>, close up, the room behind short values empty.</summary>
    public byte[] Written(IReadOnlyList<TiffEntry> kept, long next)
    {
        var made = new byte[CountLength + (kept.Count * EntryLength) + PlaceLength];
        Put(made, kept.Count, CountLength);
        var at = CountLength;
        foreach (var entry in kept)
        {
            entry.Raw.CopyTo(made, at);
            if (entry.IsInline)
                made.AsSpan(at + 4 + PlaceLength + (int)entry.ValueLength, PlaceLength - (int)entry.ValueLength).Clear();
            at += entry.Raw.Length;
        }

        Put(made.AsSpan(at), next, PlaceLength);
        return made;
    }

    /// <summary>Bytes of a value; 0 for a type that isn't known.</summary>
    public static long SizeOf(ushort type) => type switch
    {
        1 or 2 or 6 or 7 => 1,
        3 or 8 => 2,
        4 or 9 or 11 or 13 => 4,
        5 or 10 or 12 or 16 or 17 or 18 => 8,
        _ => 0,
    };

    private TiffEntry Entry(ReadOnlySpan<byte> raw, long at)
    {
        var (tag, type) = ((ushort)Number(raw, 2), (ushort)Number(raw[2..], 2));
        var count = Number(raw[4..], PlaceLength);
        var size = SizeOf(type);
        var length = size == 0 || count > long.MaxValue / 16 ? 0 : count * size;
        var valueAt = 4 + PlaceLength;
        var inline = length <= PlaceLength;
        return new TiffEntry(tag, type, count, raw.ToArray(), inline ? at + valueAt : Number(raw[valueAt..], PlaceLength), length, inline);
    }
}
