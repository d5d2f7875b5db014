using System.Diagnostics;
using System.Globalization;
using System.Text;
using Smirk.Files.Posix;

namespace Smirk.Collect.Git;

/// <summary>A running "git cat-file --batch" or "--batch-check": contents by their id, one after the other.</summary>
internal sealed class GitObjects(Process process) : IDisposable
{
    private readonly Stream _output = new BufferedStream(process.StandardOutput.BaseStream, 1 << 16);

    /// <summary>Kind ("blob") and size of an object; null when the store doesn't have it.</summary>
    public (string Kind, long Size)? Head(string id)
    {
        process.StandardInput.Write(id + "\n");
        process.StandardInput.Flush();
        var fields = ReadLine().Split(' ');
        return fields is [_, var kind, var size] ? (kind, long.Parse(size, CultureInfo.InvariantCulture)) : null;
    }

    /// <summary>An object's bytes; null when the store doesn't have it.</summary>
    public byte[]? Read(string id)
    {
        if (Head(id) is not { } head)
            return null;
        var bytes = new byte[head.Size];
        _output.ReadExactly(bytes);
        _output.ReadByte(); // the line break after the content
        return bytes;
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(500))
            ProcessGroup.Kill(process);
        process.Dispose();
    }

    private string ReadLine()
    {
        var line = new List<byte>(64);
        for (var b = _output.ReadByte(); b != '\n'; b = _output.ReadByte())
        {
            if (b < 0)
                throw new InvalidDataException("git ended before its answer did");
            line.Add((byte)b);
        }

        return Encoding.ASCII.GetString([.. line]);
    }
}
