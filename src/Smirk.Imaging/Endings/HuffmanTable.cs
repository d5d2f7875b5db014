namespace Smirk.Imaging.Endings;

/// <summary>A Huffman table of a JPEG (ITU-T T.81, annex C and F.2.2.3).</summary>
internal sealed class HuffmanTable
{
    private const int LongestCode = 16;

    // For each length: the first code, how many there are, and where their values begin.
    private readonly int[] _first = new int[LongestCode + 1];
    private readonly int[] _count = new int[LongestCode + 1];
    private readonly int[] _values = new int[LongestCode + 1];
    private readonly byte[] _symbols;

    /// <summary>Takes the numbers of codes of each length, 16 bytes, and the values in order.</summary>
    public HuffmanTable(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        _symbols = symbols.ToArray();
        var (code, value) = (0, 0);
        for (var length = 1; length <= LongestCode; length++)
        {
            (_first[length], _count[length], _values[length]) = (code, counts[length - 1], value);
            code = (code + counts[length - 1]) << 1;
            value += counts[length - 1];
        }
    }

    /// <summary>The next value; −1 where the bits are no code, or end.</summary>
    public int Decode(ref ScanBits bits)
    {
        var code = 0;
        for (var length = 1; length <= LongestCode; length++)
        {
            var bit = bits.Next();
            if (bit < 0)
                return -1;
            code = (code << 1) | bit;
            if (code - _first[length] is >= 0 and var place && place < _count[length])
                return _symbols[_values[length] + place];
        }

        return -1;
    }
}
