using System.Buffers.Binary;

namespace Smirk.Files.Strip.Boxes;

/// <summary>Reads numbers of a box one after the other.</summary>
internal ref struct BoxBytes(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _left = bytes;

    /// <summary>What wasn't read yet.</summary>
    public readonly ReadOnlySpan<byte> Left => _left;

    /// <summary>The next bytes.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _left.Length)
            throw new UnstrippableException($"a box is cut short: {count} bytes expected, {_left.Length} are left");
        var taken = _left[..count];
        _left = _left[count..];
        return taken;
    }

    /// <summary>A big-endian number of 0, 1, 2, 3, 4 or 8 bytes.</summary>
    public long Number(int size)
    {
        var value = 0L;
        foreach (var b in Take(size))
            value = (value << 8) | b;
        return value < 0 ? throw new UnstrippableException("a number in a box is beyond all sizes") : value;
    }

    /// <summary>Text up to a NUL, or to the end where there is none.</summary>
    public ReadOnlySpan<byte> Text()
    {
        var end = _left.IndexOf((byte)0);
        if (end < 0)
            return Take(_left.Length);
        var text = Take(end);
        Take(1);
        return text;
    }
}

/// <summary>Writes boxes.</summary>
internal static class BoxWriter
{
    /// <summary>A whole box.</summary>
    public static byte[] Make(uint type, ReadOnlySpan<byte> content)
    {
        var box = new byte[8 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        BinaryPrimitives.WriteUInt32BigEndian(box.AsSpan(4), type);
        content.CopyTo(box.AsSpan(8));
        return box;
    }

    /// <summary>Adds a big-endian number of <paramref name="size"/> bytes.</summary>
    /// <exception cref="UnstrippableException">It doesn't fit.</exception>
    public static void Number(this List<byte> to, long value, int size)
    {
        if (size < 8 && value >> (8 * size) != 0)
            throw new UnstrippableException($"the place {value} of its data doesn't fit into {size} bytes");
        for (var shift = 8 * (size - 1); shift >= 0; shift -= 8)
            to.Add((byte)(value >> shift));
    }
}
