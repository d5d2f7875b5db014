using Smirk.Files.Posix;

namespace Smirk.Files.Walk;

/// <summary>Orders files as somebody lists a tree: folder by folder, the files of each before those of the folders below it, by the bytes
/// of their names.</summary>
public sealed class FilesFirst : IComparer<RawPath>
{
    /// <summary>The order.</summary>
    public static FilesFirst Order { get; } = new();

    /// <inheritdoc/>
    public int Compare(RawPath? x, RawPath? y)
    {
        if (x is null || y is null)
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        var part = x.Bytes[..x.Bytes.CommonPrefixLength(y.Bytes)].LastIndexOf((byte)'/') + 1;
        var left = x.Bytes[part..];
        var right = y.Bytes[part..];
        var leftEnd = left.IndexOf((byte)'/');
        var rightEnd = right.IndexOf((byte)'/');
        if (leftEnd < 0 != rightEnd < 0)
            return leftEnd < 0 ? -1 : 1;
        return leftEnd < 0 ? left.SequenceCompareTo(right) : left[..leftEnd].SequenceCompareTo(right[..rightEnd]);
    }
}
