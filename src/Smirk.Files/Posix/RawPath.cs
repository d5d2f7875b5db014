using System.Text;

namespace Smirk.Files.Posix;

/// <summary>A path as the kernel has it: bytes, in whatever encoding. .NET's own file API loses names that aren't UTF-8.</summary>
/// <remarks>Immutable. Compared by bytes, as strcmp does. Holds at least one byte and no NUL.</remarks>
public sealed class RawPath : IEquatable<RawPath>, IComparable<RawPath>
{
    private const byte Slash = (byte)'/';

    // With the NUL that system calls want at the end.
    private readonly byte[] _terminated;

    /// <summary>Takes a copy of <paramref name="bytes"/>.</summary>
    /// <exception cref="ArgumentException">The path is empty or has a NUL in it; no file has such a name.</exception>
    public RawPath(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || bytes.IndexOf((byte)0) >= 0)
            throw new ArgumentException("A path needs at least one byte and can't have a NUL in it.", nameof(bytes));
        _terminated = new byte[bytes.Length + 1];
        bytes.CopyTo(_terminated);
    }

    /// <summary>The path that a .NET string names, as UTF-8.</summary>
    /// <exception cref="ArgumentException">The text is empty or has a NUL in it.</exception>
    public static RawPath FromText(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>The bytes, without an end mark.</summary>
    public ReadOnlySpan<byte> Bytes => _terminated.AsSpan(0, _terminated.Length - 1);

    /// <summary>The bytes with the NUL at the end, for system calls.</summary>
    internal ReadOnlySpan<byte> Terminated => _terminated;

    /// <summary>The last part, slashes behind it left out; all of the path where there is one part only, nothing for "/".</summary>
    public ReadOnlySpan<byte> Name => Parts[(Parts.LastIndexOf(Slash) + 1)..];

    /// <summary>The folder that the path's last part is in: "." for a bare name, "/" at the root.</summary>
    public RawPath Folder
    {
        get
        {
            var last = Parts.LastIndexOf(Slash);
            if (last < 0)
                return new RawPath(Parts.IsEmpty ? "/"u8 : "."u8);
            var folder = WithoutSlashesBehind(Parts[..last]);
            return new RawPath(folder.IsEmpty ? "/"u8 : folder);
        }
    }

    /// <summary>Whether <see cref="Folder"/> leads no further: "." and "/".</summary>
    internal bool IsTop => Parts.IsEmpty || Parts.SequenceEqual("."u8);

    private ReadOnlySpan<byte> Parts => WithoutSlashesBehind(Bytes);

    /// <summary>Whether the path is valid UTF-8, so that a string can hold it.</summary>
    public bool IsUtf8 => System.Text.Unicode.Utf8.IsValid(Bytes);

    /// <summary>The path of <paramref name="name"/> in this folder.</summary>
    public RawPath Combine(ReadOnlySpan<byte> name)
    {
        var slash = Bytes[^1] == Slash ? 0 : 1;
        var joined = new byte[Bytes.Length + slash + name.Length];
        Bytes.CopyTo(joined);
        if (slash == 1)
            joined[Bytes.Length] = Slash;
        name.CopyTo(joined.AsSpan(Bytes.Length + slash));
        return new RawPath(joined);
    }

    /// <summary>As a string, with U+FFFD where the bytes aren't UTF-8: only the same path when <see cref="IsUtf8"/>.</summary>
    public string ToText() => Encoding.UTF8.GetString(Bytes);

    /// <summary>For a person: as it is where a terminal can show it, else quoted as a shell takes it ($'a\nb').</summary>
    public override string ToString() => ShellText.Show(Bytes);

    /// <inheritdoc/>
    public bool Equals(RawPath? other) => other is not null && Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RawPath);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public int CompareTo(RawPath? other) => other is null ? 1 : Bytes.SequenceCompareTo(other.Bytes);

    // What TrimEnd does; that isn't among the precompiled code of the base library.
    private static ReadOnlySpan<byte> WithoutSlashesBehind(ReadOnlySpan<byte> path)
    {
        while (!path.IsEmpty && path[^1] == Slash)
            path = path[..^1];
        return path;
    }
}
