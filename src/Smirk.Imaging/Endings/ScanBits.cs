namespace Smirk.Imaging.Endings;

/// <summary>The bits of a JPEG scan's coded data, stuffed bytes left out (ITU-T T.81, F.2.2.5).</summary>
internal ref struct ScanBits(ReadOnlySpan<byte> data, int start)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _byte;
    private int _left;

    /// <summary>The byte after the last one that bits were taken from.</summary>
    public int At { get; private set; } = start;

    /// <summary>The next bit; −1 where a marker or the end of the file stands in its place.</summary>
    public int Next()
    {
        if (_left == 0)
        {
            if (At >= _data.Length)
                return -1;
            _byte = _data[At];
            if (_byte == 0xFF && (At + 1 >= _data.Length || _data[At + 1] != 0))
                return -1;
            At += _byte == 0xFF ? 2 : 1;
            _left = 8;
        }

        return (_byte >> --_left) & 1;
    }

    /// <summary>Passes over so many bits; false where they aren't there.</summary>
    public bool Skip(int count)
    {
        while (count-- > 0)
        {
            if (Next() < 0)
                return false;
        }

        return true;
    }

    /// <summary>Passes over restart marker <paramref name="number"/>, 0 to 7; false where it isn't there.</summary>
    public bool Restart(int number)
    {
        _left = 0;
        var at = At;
        while (at + 1 < _data.Length && _data[at] == 0xFF && _data[at + 1] == 0xFF)
            at++;
        if (at + 1 >= _data.Length || _data[at] != 0xFF || _data[at + 1] != 0xD0 + number)
            return false;
        At = at + 2;
        return true;
    }
}
