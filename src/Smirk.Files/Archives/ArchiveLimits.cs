namespace Smirk.Files.Archives;

/// <summary>How much an archive may hold before it is taken for a bomb.</summary>
public sealed record ArchiveLimits
{
    /// <summary>Most members that are looked at.</summary>
    public int MaxMembers { get; init; } = 200_000;

    /// <summary>Longest member in bytes, unpacked.</summary>
    public long MaxMemberBytes { get; init; } = 50_000_000;

    /// <summary>Most bytes in all, unpacked: 100 GB.</summary>
    public long MaxTotalBytes { get; init; } = 100_000_000_000;

    /// <summary>Most bytes unpacked for each packed one, once <see cref="RatioFrom"/> bytes are unpacked. Pictures hardly shrink; only
    /// plain bitmaps of flat drawings reach 50.</summary>
    public int MaxRatio { get; init; } = 200;

    /// <summary>Bytes unpacked below which no ratio is a danger.</summary>
    public long RatioFrom { get; init; } = 10_000_000;
}
