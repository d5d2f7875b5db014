namespace Smirk.Files.Archives.Library;

/// <summary>The plain bytes of a file that is packed as a whole: xz, bzip2, lzma, compress.</summary>
internal sealed class LibraryStream(string path) : ForwardStream
{
    private readonly LibraryReader _reader = new(path, raw: true, password: null);
    private bool _begun;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (!_begun && _reader.Next() is null)
            return 0;
        _begun = true;
        return _reader.Read(buffer);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _reader.Dispose();
        base.Dispose(disposing);
    }
}
