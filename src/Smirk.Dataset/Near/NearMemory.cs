using Smirk.Dataset.Near.Prepare;

namespace Smirk.Dataset.Near;

/// <summary>What earlier searches found out and a person said, so that only what is new is worked on. Numbers are places in the
/// inputs.</summary>
internal sealed record NearMemory
{
    /// <summary>Knows nothing.</summary>
    public static NearMemory Empty { get; } = new();

    /// <summary>Inputs that were prepared before.</summary>
    public IReadOnlyDictionary<int, NearDescriptor> Descriptors { get; init; } = new Dictionary<int, NearDescriptor>();

    /// <summary>Groups found before among those.</summary>
    public IReadOnlyList<NearGroup> Groups { get; init; } = [];

    /// <summary>Alternates found before among those.</summary>
    public IReadOnlyList<NearGroup> Alternates { get; init; } = [];

    /// <summary>Whether a person said that two inputs are no duplicates.</summary>
    public Func<int, int, bool> AreApart { get; init; } = (_, _) => false;

    /// <summary>What was worked out about an input that was never compared with others, or with some of them only: it isn't decoded again;
    /// null for nothing. Called from any thread.</summary>
    public Func<int, Preparation?> Kept { get; init; } = _ => null;

    /// <summary>Told about each newly prepared input; called on one thread.</summary>
    public Action<int, NearDescriptor> Remember { get; init; } = (_, _) => { };
}
