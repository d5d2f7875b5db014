namespace Smirk.Files.Archives;

/// <summary>Counts what comes out of an archive and stops a bomb while it goes off, and everything when the person says so: the headers of
/// a packed tar say nothing of what its packed bytes become.</summary>
internal sealed class MeteredStream(Stream inner, long packedBytes, ArchiveLimits limits, Action<long>? unpacked, CancellationToken cancel)
    : ForwardStream
{
    // A fraction of a second's worth.
    private const long TellEvery = 16_000_000;

    private long _allowed;
    private long _told;
    private long _total;

    /// <summary>How many bytes may be read until the next call.</summary>
    public void Allow(long bytes) => _allowed = bytes;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        cancel.ThrowIfCancellationRequested();
        var read = inner.Read(buffer);
        _total += read;
        _allowed -= read;
        if (_allowed < 0)
            throw new ArchiveTooMuchException(ArchiveFault.Damaged, "damaged: a header is longer than any real one");
        if (_total > limits.MaxTotalBytes)
            throw new ArchiveTooMuchException(ArchiveFault.TooLarge, $"too large: more than {limits.MaxTotalBytes / 1e9:0.##} GB unpacked");
        if (_total > limits.RatioFrom && _total / Math.Max(1, packedBytes) > limits.MaxRatio)
            throw new ArchiveTooMuchException(ArchiveFault.Bomb, $"bomb: {packedBytes} bytes unpack to more than {_total}");
        if (_total - _told < TellEvery)
            return read;
        _told = _total;
        unpacked?.Invoke(_total);
        return read;
    }

    /// <inheritdoc/>
    public override long Position { get => _total; set => throw new NotSupportedException(); }
}
