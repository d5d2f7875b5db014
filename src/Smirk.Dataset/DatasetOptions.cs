using Smirk.Dataset.Collect.Import;
using Smirk.Dataset.Pack;

namespace Smirk.Dataset;

/// <summary>What the way from sources to a training set is to be like.</summary>
public sealed record DatasetOptions
{
    /// <summary>What to import; null takes what the workspace holds already.</summary>
    public ImportOptions? Import { get; init; }

    /// <summary>The training set.</summary>
    public PackOptions Pack { get; init; } = new();
}
