namespace Smirk.Files.Archives;

/// <summary>Goes through the members of a tar from its beginning to its end. .NET's reader ends at the first header that it doesn't like,
/// such as one with a far date; this one looks for the next that is good.</summary>
internal sealed class TarReader(MeteredStream stream)
{
    // Long names and the like, which are taken into memory before a member is seen.
    private const long MostHeaderBytes = 4_000_000;

    private readonly byte[] _block = new byte[TarHeader.BlockLength];
    private long _at;
    private long _dataLeft;
    private long _dataEnd;

    /// <summary>What was passed over before the last header, in words; null for nothing.</summary>
    public string? Skipped { get; private set; }

    /// <summary>The next member's header, what is left of the last one's data passed over; null at the end.</summary>
    /// <exception cref="EndOfStreamException">The archive is cut short.</exception>
    /// <exception cref="InvalidDataException">It is no tar, or has nothing good left.</exception>
    public TarHeader? Next()
    {
        SkipData();
        Skipped = null;
        var (name, pax) = ((byte[]?)null, (byte[]?)null);
        while (ReadHeader() is { } header)
        {
            (_dataLeft, _dataEnd) = (header.Size, _at + Padded(header.Size));
            switch (header.Type)
            {
                case 'L':
                    name = TarHeader.Text(ReadAbout(header));
                    break;
                case 'x' or 'X':
                    pax = ReadAbout(header);
                    break;
                case var _ when header.IsAboutOthers:
                    SkipData();
                    break;
                default:
                    header = header with { Name = name ?? header.Name };
                    header = pax is null ? header : header.With(pax);
                    (_dataLeft, _dataEnd) = (header.HasData ? header.Size : 0, _at + (header.HasData ? Padded(header.Size) : 0));
                    return header;
            }
        }

        return null;
    }

    /// <summary>All data of the member that came last.</summary>
    /// <exception cref="EndOfStreamException">The archive is cut short.</exception>
    public byte[] ReadData()
    {
        var bytes = new byte[_dataLeft];
        stream.Allow(_dataLeft + TarHeader.BlockLength);
        _dataLeft = 0;
        stream.ReadExactly(bytes);
        _at += bytes.Length;
        return bytes;
    }

    // Null at the end: a block of zeros, or no further block.
    private TarHeader? ReadHeader()
    {
        stream.Allow(MostHeaderBytes);
        var start = _at;
        while (true)
        {
            var read = stream.ReadAtLeast(_block, _block.Length, throwOnEndOfStream: false);
            _at += read;
            if (read < _block.Length)
                return read == 0 && _at > 0 && _at == start ? null : throw Ended(start);
            if (TarHeader.Read(_block) is { } header)
            {
                if (_at > start + _block.Length)
                {
                    Skipped = $"damaged: no header of a member at byte {start} of the archive; the next good one is at byte "
                        + $"{_at - _block.Length}";
                }

                return header;
            }

            if (_at == start + _block.Length && !_block.AsSpan().ContainsAnyExcept((byte)0))
                return null;
            if (start == 0)
                throw new InvalidDataException("its first block is no tar header");
            stream.Allow(MostHeaderBytes);
        }
    }

    private Exception Ended(long start) => _at - start < _block.Length || start == 0
        ? new EndOfStreamException()
        : new InvalidDataException($"no header of a member at byte {start} of the archive, and none after it");

    private byte[] ReadAbout(TarHeader header)
    {
        if (header.Size > MostHeaderBytes)
            throw new ArchiveTooMuchException(ArchiveFault.Damaged, "damaged: a header is longer than any real one");
        var bytes = ReadData();
        SkipData();
        return bytes;
    }

    // What the consumer left unread is skipped here, where bytes are counted as a member's and not as a header's.
    private void SkipData()
    {
        var left = _dataEnd - _at;
        if (left <= 0)
            return;
        var buffer = new byte[(int)Math.Min(left, 1 << 16)];
        stream.Allow(left + TarHeader.BlockLength);
        while (_at < _dataEnd)
        {
            var read = stream.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, _dataEnd - _at)));
            if (read == 0)
                throw new EndOfStreamException();
            _at += read;
        }

        _dataLeft = 0;
    }

    private static long Padded(long size) =>
        size > long.MaxValue / 2 ? throw new InvalidDataException($"a member claims {size} bytes")
            : (size + TarHeader.BlockLength - 1) / TarHeader.BlockLength * TarHeader.BlockLength;
}
