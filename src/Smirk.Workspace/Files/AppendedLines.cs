using System.Text;

namespace Smirk.Workspace.Files;

/// <summary>A text file that only grows, one line at a time. Every line is one write, so that a killed process leaves at most its last line
/// cut short;
/// opening it again takes such a rest off.</summary>
public sealed class AppendedLines : IDisposable
{
    private readonly FileStream _stream;
    private readonly bool _sync;

    /// <summary>Opens or makes <paramref name="path"/>. With <paramref name="sync"/> each line is on the disk before <see cref="Append"/>
    /// returns.</summary>
    public AppendedLines(string path, bool sync = false)
    {
        _sync = sync;
        _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        _stream.SetLength(EndOfLastWholeLine(_stream));
        _stream.Seek(0, SeekOrigin.End);
    }

    /// <summary>Adds one line.</summary>
    /// <exception cref="ArgumentException"><paramref name="line"/> holds a line feed.</exception>
    public void Append(string line)
    {
        if (line.Contains('\n'))
            throw new ArgumentException("A line can't hold a line feed.", nameof(line));
        _stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
        if (_sync)
            _stream.Flush(flushToDisk: true);
    }

    /// <summary>The whole lines of <paramref name="path"/>, or none where it doesn't exist. A last line without its line feed is left
    /// out.</summary>
    public static IEnumerable<string> Read(string path)
    {
        if (!File.Exists(path))
            yield break;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var end = EndOfLastWholeLine(stream);
        stream.Seek(0, SeekOrigin.Begin);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        long read = 0;
        while (read < end && reader.ReadLine() is { } line)
        {
            read += Encoding.UTF8.GetByteCount(line) + 1;
            yield return line;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static long EndOfLastWholeLine(FileStream stream)
    {
        Span<byte> buffer = stackalloc byte[4096];
        for (var end = stream.Length; end > 0;)
        {
            var start = Math.Max(0, end - buffer.Length);
            var part = buffer[..(int)(end - start)];
            stream.Seek(start, SeekOrigin.Begin);
            stream.ReadExactly(part);
            if (part.LastIndexOf((byte)'\n') is >= 0 and var at)
                return start + at + 1;
            end = start;
        }

        return 0;
    }
}
