using System.Buffers;

namespace Smirk.Collect.Posts;

/// <summary>Lines of bytes from a stream, with a limit on their length: what is longer is read past, not kept.</summary>
internal sealed class LineReader(Stream source, int longest, CancellationToken cancel) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
    private int _start;
    private int _end;
    private int _lineLength;
    private bool _ended;

    /// <summary>The line's number, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Whether the line was over the limit; then <see cref="Line"/> is empty.</summary>
    public bool TooLong { get; private set; }

    /// <summary>The line without its line break, trimmed; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Goes to the next line; false at the end.</summary>
    public bool Next()
    {
        _start += _lineLength;
        TooLong = false;
        Line = default;
        var scanned = 0;
        while (true)
        {
            var at = _buffer.AsSpan(_start + scanned, _end - _start - scanned).IndexOf((byte)'\n');
            if (at >= 0)
                return Accept(scanned + at + 1);
            scanned = _end - _start;
            if (_ended)
                return scanned > 0 && Accept(scanned);
            if (scanned > longest)
            {
                TooLong = true;
                (_start, _end, scanned) = (0, 0, 0);
            }

            Fill();
        }
    }

    /// <summary>Makes all that is left of the stream part of the current line; false when that is over the limit.</summary>
    public bool TakeRest()
    {
        while (!_ended)
        {
            if (_end - _start > longest)
                return false;
            Fill();
        }

        return Accept(_end - _start);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private bool Accept(int length)
    {
        Number++;
        _lineLength = length;
        Line = TooLong ? default : _buffer.AsMemory(_start, length).Trim(" \t\r\n"u8);
        return true;
    }

    private void Fill()
    {
        cancel.ThrowIfCancellationRequested();
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var count = source.Read(_buffer, _end, _buffer.Length - _end);
        _ended = count == 0;
        _end += count;
    }
}
