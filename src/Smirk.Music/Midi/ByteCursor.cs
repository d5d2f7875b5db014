using System.Buffers.Binary;

namespace Smirk.Music.Midi;

/// <summary>Reads a file's bytes one after the other; whatever is missing is damage.</summary>
/// <param name="bytes">The bytes.</param>
/// <param name="where">What they are, for messages: "the header", "track 2".</param>
internal ref struct ByteCursor(ReadOnlySpan<byte> bytes, string where)
{
    // Numbers of variable length have seven bits a byte and at most 28.
    private const int LongestNumber = 4;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    public readonly bool IsAtEnd => _at >= _bytes.Length;

    public readonly int Left => _bytes.Length - _at;

    public byte Peek() => IsAtEnd ? throw CutShort() : _bytes[_at];

    public byte Byte() => IsAtEnd ? throw CutShort() : _bytes[_at++];

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > Left)
            throw CutShort();
        _at += count;
        return _bytes.Slice(_at - count, count);
    }

    public int UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public int Number()
    {
        var number = 0;
        for (var i = 0; i < LongestNumber; i++)
        {
            var next = Byte();
            number = (number << 7) | (next & 0x7F);
            if (next < 0x80)
                return number;
        }

        throw Damaged("a number of more than four bytes");
    }

    /// <summary>A value of an event: seven bits.</summary>
    public int Data()
    {
        var value = Byte();
        return value < 0x80 ? value : throw Damaged($"0x{value:X2} where a value of 0 to 127 is expected");
    }

    public readonly UnusableTuneException Damaged(string what) => new($"damaged: {what}, at byte {_at} of {where}");

    private readonly UnusableTuneException CutShort() => new($"cut short: {where} ends within an event or a number");
}
