namespace Smirk.Studio.Runs;

/// <summary>Takes a line of a file, without its line feed.</summary>
internal delegate void LineTaker(ReadOnlySpan<byte> line);

/// <summary>Follows a text file that another process appends to, reading every byte once. A line that is half written is left for the next
/// time; a file that was cut or replaced, as a training that rolls back or is resumed does, is read anew.</summary>
/// <param name="path">The file; it needn't be there yet.</param>
internal sealed class LogTail(string path)
{
    // Lines have some hundred bytes, a measurement's some thousand.
    private const int MostAtOnce = 1 << 20;

    // Two logs that are the same in so many bytes before a place are the same up to there: they hold kimg, seconds and losses.
    private const int Remembered = 512;

    private long _offset;
    private byte[] _before = [];

    /// <summary>Hands on what was added since the last call.</summary>
    /// <param name="anew">Called first where what was handed on before is no longer so; the whole file follows.</param>
    /// <param name="take">Called with each whole line.</param>
    public void Read(Action anew, LineTaker take)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            if (_offset > 0)
                Forget(anew);
            return;
        }

        using (stream)
        {
            if (_offset > 0 && !IsAsBefore(stream))
                Forget(anew);
            stream.Seek(_offset, SeekOrigin.Begin);
            var chunk = new byte[Math.Clamp(stream.Length - _offset, 0, MostAtOnce)];
            while (chunk.Length > 0 && stream.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false) is > 0 and var read
                && chunk.AsSpan(0, read).LastIndexOf((byte)'\n') + 1 is > 0 and var whole)
            {
                Take(chunk.AsSpan(0, whole), take);
                stream.Seek(_offset, SeekOrigin.Begin);
            }
        }
    }

    private void Take(ReadOnlySpan<byte> lines, LineTaker take)
    {
        byte[] known = [.. _before, .. lines[^Math.Min(Remembered, lines.Length)..]];
        _before = known[^Math.Min(Remembered, known.Length)..];
        _offset += lines.Length;
        while (lines.IndexOf((byte)'\n') is >= 0 and var end)
        {
            if (end > 0)
                take(lines[..end]);
            lines = lines[(end + 1)..];
        }
    }

    private bool IsAsBefore(FileStream stream)
    {
        if (stream.Length < _offset)
            return false;
        var now = new byte[_before.Length];
        stream.Seek(_offset - now.Length, SeekOrigin.Begin);
        return stream.ReadAtLeast(now, now.Length, throwOnEndOfStream: false) == now.Length && now.AsSpan().SequenceEqual(_before);
    }

    private void Forget(Action anew)
    {
        (_offset, _before) = (0, []);
        anew();
    }
}
