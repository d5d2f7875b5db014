namespace Smirk.Collect.Download;

/// <summary>Takes a body's bytes: into memory at first, into the .part file when they become many or when the transfer breaks
/// off.</summary>
internal sealed class BodySink(PartFile part, bool resumed, string validator, long? total, int keptInMemory) : IDisposable
{
    private readonly MemoryStream _memory = new(resumed ? 0 : (int)Math.Clamp(total ?? 0, 0, keptInMemory));
    private FileStream? _file;

    /// <summary>Bytes of the body that are there, those of earlier attempts included.</summary>
    public long Length { get; private set; } = resumed ? part.Length : 0;

    /// <summary>Takes more.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        if (_file is null && !resumed && Length <= keptInMemory)
        {
            _memory.Write(bytes);
            return;
        }

        Spill();
        _file!.Write(bytes);
    }

    /// <summary>The transfer broke off: what came so far stays, where the server gave a name to this version of it.</summary>
    public void Keep(ReadOnlySpan<byte> rest)
    {
        if (validator.Length > 0 || resumed)
        {
            Spill();
            _file!.Write(rest);
        }
    }

    /// <summary>The body is whole.</summary>
    public DownloadedFile Finish(long received)
    {
        if (_file is null && !resumed)
            return new DownloadedFile(_memory.Capacity == Length ? _memory.GetBuffer() : _memory.ToArray(), null, Length, received);
        Spill();
        _file!.Dispose();
        return new DownloadedFile(null, part.FilePath, Length, received);
    }

    public void Dispose()
    {
        _file?.Dispose();
        _memory.Dispose();
    }

    private void Spill()
    {
        if (_file is not null)
            return;
        _file = part.Open(anew: !resumed, validator, total);
        _memory.WriteTo(_file);
        _memory.SetLength(0);
    }
}
