using Smirk.Dataset.Near.Candidates;
using Smirk.Dataset.Near.Index;
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

    /// <summary>The same with their keypoints, where <see cref="Descriptors"/> are without: called when something new has to be looked
    /// for among them.</summary>
    public Func<IReadOnlyDictionary<int, NearDescriptor>>? Whole { get; init; }

    /// <summary>Groups found before among those.</summary>
    public IReadOnlyList<NearGroup> Groups { get; init; } = [];

    /// <summary>Alternates found before among those.</summary>
    public IReadOnlyList<NearGroup> Alternates { get; init; } = [];

    /// <summary>Whether a person said that two inputs are no duplicates.</summary>
    public Func<int, int, bool> AreApart { get; init; } = (_, _) => false;

    /// <summary>What was worked out about an input that was never compared with others, or with some of them only: it isn't decoded again;
    /// null for nothing. Called from any thread.</summary>
    public Func<int, Preparation?> Kept { get; init; } = _ => null;

    /// <summary>Whether a person said that two inputs are related, but both stay.</summary>
    public Func<int, int, bool> AreAlternates { get; init; } = (_, _) => false;

    /// <summary>Whether a person said that an input is to be kept.</summary>
    public Func<int, bool> IsKept { get; init; } = _ => false;

    /// <summary>Which of the inputs that were prepared before might be copies of each other.</summary>
    public IReadOnlyList<Candidate> Candidates { get; init; } = [];

    /// <summary>What was found out about single files and pairs; null to compare everything anew.</summary>
    public NearFacts? Facts { get; init; }

    /// <summary>Called between two batches of work, on one thread: what was found so far may be saved.</summary>
    public Action Pause { get; init; } = () => { };

    /// <summary>Told about each newly prepared input; called on one thread.</summary>
    public Action<int, NearDescriptor> Remember { get; init; } = (_, _) => { };
}
