using Smirk.Files.Archives;

namespace Smirk.Collect.Posts;

/// <summary>A stream whose first bytes were looked at, also where it can't seek (standard input).</summary>
internal sealed class PeekedStream : ForwardStream
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

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _source.Dispose();
        base.Dispose(disposing);
    }
}
