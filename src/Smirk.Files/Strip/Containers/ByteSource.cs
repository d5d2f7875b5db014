using System.IO.Hashing;
using Smirk.Files.Posix;

namespace Smirk.Files.Strip.Containers;

/// <summary>A picture's bytes: in memory, or a file seen through a window that slides over it, so that a file's size costs no
/// memory.</summary>
/// <remarks>A file isn't mapped: one that another process cuts short meanwhile would end this process. Not thread-safe.</remarks>
internal sealed class ByteSource
{
    // Fits the second-level cache, so that what was read is scanned before it leaves it.
    private const int WindowSize = 256 << 10;

    private readonly int? _descriptor;
    private readonly CancellationToken _cancel;
    private ReadOnlyMemory<byte> _window;
    private byte[] _buffer = [];
    private long _windowStart;

    /// <summary>Bytes in memory.</summary>
    public ByteSource(ReadOnlyMemory<byte> bytes)
    {
        _window = bytes;
        Length = bytes.Length;
    }

    /// <summary>An open file of <paramref name="length"/> bytes; it stays the caller's. Once cancelled, nothing more is read.</summary>
    public ByteSource(int descriptor, long length, CancellationToken cancel)
    {
        (_descriptor, _cancel) = (descriptor, cancel);
        Length = length;
    }

    /// <summary>How many bytes there are.</summary>
    public long Length { get; }

    /// <summary>Whether all of it is in memory.</summary>
    public bool IsInMemory => _descriptor is null;

    /// <summary>Exactly <paramref name="count"/> bytes from <paramref name="offset"/> on; valid until the next call. Refuses the picture as
    /// cut short when there are fewer.</summary>
    public ReadOnlySpan<byte> Read(long offset, int count)
    {
        if (offset < 0 || offset > Length - count)
            throw new UnstrippableException($"cut short: {count} bytes expected at byte {offset}, but the file ends at byte {Length}");
        return Ahead(offset, count)[..count];
    }

    /// <summary>What can be seen from <paramref name="offset"/> on without reading again, but at least <paramref name="atLeast"/> bytes
    /// where the file has them; valid until the next call.</summary>
    public ReadOnlySpan<byte> Ahead(long offset, int atLeast = 1)
    {
        var needed = Math.Min(atLeast, Length - offset);
        if (_descriptor is not null && (offset < _windowStart || offset + needed > _windowStart + _window.Length))
            Slide(offset, (int)needed);
        return _window.Span[(int)(offset - _windowStart)..];
    }

    /// <summary>The CRC-32 (as PNG and zlib have it) of a range.</summary>
    public uint Crc(long offset, long count)
    {
        var crc = new Crc32();
        while (count > 0)
        {
            var seen = Ahead(offset);
            if (seen.Length > count)
                seen = seen[..(int)count];
            crc.Append(seen);
            offset += seen.Length;
            count -= seen.Length;
        }

        return crc.GetCurrentHashAsUInt32();
    }

    private void Slide(long offset, int needed)
    {
        _cancel.ThrowIfCancellationRequested();
        if (_buffer.Length < needed || _buffer.Length == 0)
            _buffer = GC.AllocateUninitializedArray<byte>(Math.Max(WindowSize, needed));
        var filled = Fill(offset);
        if (filled < needed)
            throw new UnstrippableException($"it got shorter while it was being read: {Length} bytes before, {offset + filled} now");
        _windowStart = offset;
        _window = _buffer.AsMemory(0, filled);
    }

    private unsafe int Fill(long offset)
    {
        fixed (byte* start = _buffer)
        {
            var read = FileCalls.ReadFully(_descriptor!.Value, start, _buffer.Length, offset);
            return read >= 0 ? (int)read : throw new UnstrippableException($"it can't be read: {Errno.Text((int)-read)}");
        }
    }
}
