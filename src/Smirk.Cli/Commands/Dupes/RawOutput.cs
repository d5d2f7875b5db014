using System.Text;
using Smirk.Files.Posix;

namespace Smirk.Cli.Commands.Dupes;

/// <summary>stdout for bytes: names go out as they are on disk.</summary>
internal sealed class RawOutput(Stream stream) : IDisposable
{
    private readonly BufferedStream _buffered = new(stream, 1 << 16);

    /// <summary>The process's stdout.</summary>
    public static RawOutput Stdout() => new(Console.OpenStandardOutput());

    public RawOutput Text(string text)
    {
        _buffered.Write(Encoding.UTF8.GetBytes(text));
        return this;
    }

    public RawOutput Bytes(ReadOnlySpan<byte> bytes)
    {
        _buffered.Write(bytes);
        return this;
    }

    public RawOutput Path(RawPath path) => Bytes(path.Bytes);

    public void Dispose() => _buffered.Flush();
}
