namespace Smirk.Collect.Download;

/// <summary>A body that came whole: in memory when it is small, in its .part file otherwise.</summary>
/// <param name="Bytes">The bytes; null when they are in <paramref name="PartPath"/>.</param>
/// <param name="PartPath">The file that holds them.</param>
/// <param name="Length">How many.</param>
/// <param name="Received">How many of them came over the network in this run.</param>
public sealed record DownloadedFile(byte[]? Bytes, string? PartPath, long Length, long Received)
{
    /// <summary>All bytes, read from disk where they are there.</summary>
    public byte[] Read() => Bytes ?? File.ReadAllBytes(PartPath!);
}
