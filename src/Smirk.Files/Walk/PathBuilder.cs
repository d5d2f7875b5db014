using Smirk.Files.Posix;

namespace Smirk.Files.Walk;

/// <summary>Puts paths together from folders and a name, in one buffer that is used again and again.</summary>
internal sealed class PathBuilder
{
    private const byte Slash = (byte)'/';

    // Filled from the end, since a file knows its folder and a folder its parent.
    private byte[] _buffer = new byte[512];
    private int _start;
    private int _below;

    /// <summary>How many bytes at the end of the path that was set last lie below the folder that the person named.</summary>
    public int BelowLength => _buffer.Length - 1 - _below;

    /// <summary>The path that was set last, with a NUL at its end.</summary>
    public ReadOnlySpan<byte> Terminated => _buffer.AsSpan(_start);

    /// <summary>The path that was set last, as a value of its own.</summary>
    public RawPath ToPath() => new(Terminated[..^1]);

    /// <summary>Makes it the path of <paramref name="name"/> in the folder, or of the folder itself where the name is empty.</summary>
    public void Set(FoundFiles table, int folder, ReadOnlySpan<byte> name)
    {
        _start = _buffer.Length;
        Prepend([0]);
        Prepend(name);
        for (var at = folder; at >= 0; at = table.Folder(at).Parent)
        {
            if (table.Folder(at).Parent < 0)
                _below = _start;
            if (table.Folder(at).Name is not { } part)
                continue;
            if (_buffer[_start] != 0 && part.Bytes[^1] != Slash)
                Prepend([Slash]);
            Prepend(part.Bytes);
        }

        if (_buffer[_start] == 0)
            Prepend("."u8);
    }

    private void Prepend(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _start)
        {
            var kept = _buffer.Length - _start;
            var larger = new byte[Math.Max(_buffer.Length * 2, kept + bytes.Length)];
            _buffer.AsSpan(_start).CopyTo(larger.AsSpan(larger.Length - kept));
            _below += larger.Length - _buffer.Length;
            (_buffer, _start) = (larger, larger.Length - kept);
        }

        _start -= bytes.Length;
        bytes.CopyTo(_buffer.AsSpan(_start));
    }
}
