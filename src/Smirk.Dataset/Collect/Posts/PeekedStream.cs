namespace Smirk.Dataset.Collect.Posts;

/// <summary>A stream whose first bytes were looked at, also where it can't seek (standard input).</summary>
internal sealed class PeekedStream : Stream
{
    private readonly Stream _source;
    private readonly byte[] _head = new byte[4];
    private readonly int _length;
    private int _at;

    public PeekedStream(Stream source)
    {
        _source = source;
        _length = source.ReadAtLeast(_head, _head.Length, throwOnEndOfStream: false);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public bool StartsWith(ReadOnlySpan<byte> bytes) => _head.AsSpan(0, _length).StartsWith(bytes);

    public override int Read(Span<byte> buffer)
    {
        if (_at == _length)
            return _source.Read(buffer);
        var count = Math.Min(buffer.Length, _length - _at);
        _head.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _source.Dispose();
        base.Dispose(disposing);
    }
}
