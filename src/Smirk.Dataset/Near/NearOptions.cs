using Smirk.Dataset.Near.Decisions;
using Smirk.Dataset.Near.Index;
using Smirk.Dataset.Near.Verify;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Near;

/// <summary>How sure a find has to be.</summary>
public enum NearCare
{
    /// <summary>Don't look for near duplicates.</summary>
    Off,

    /// <summary>Only plain cases: more copies stay, a stranger is joined even more rarely.</summary>
    Careful,

    /// <summary>The usual.</summary>
    Normal,
}

/// <summary>How near duplicates are looked for.</summary>
public sealed record NearOptions
{
    /// <summary>How sure a find has to be.</summary>
    public NearCare Care { get; init; } = NearCare.Normal;

    /// <summary>Threads; 0 takes all cores.</summary>
    public int Threads { get; init; }

    /// <summary>Bytes for pictures kept ready; those that don't fit are decoded again when needed.</summary>
    public long CacheBytes { get; init; } = 96L << 20;

    /// <summary>Most pixels of a picture that is looked at; what has more is refused.</summary>
    public long MaxPixels { get; init; } = 100_000_000;

    /// <summary>Where searches of folders keep what they find out; null to keep nothing.</summary>
    public NearIndexPlace? Index { get; init; }

    /// <summary>What a person said about pictures of folders.</summary>
    public NearDecisions Decisions { get; init; } = NearDecisions.None;

    /// <summary>The clock that tells whether a file was changed just now.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal PairLimits Limits => Care == NearCare.Careful ? PairLimits.Careful : PairLimits.Normal;

    internal int Workers => AllCores.Threads(Threads);
}
