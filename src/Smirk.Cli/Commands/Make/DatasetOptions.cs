using Smirk.Collect;
using Smirk.Dataset.Crop.Stage;
using Smirk.Dataset.Import;
using Smirk.Dataset.Near;
using Smirk.Dataset.Pack;

namespace Smirk.Cli.Commands.Make;

/// <summary>What the way from sources to a training set is to be like.</summary>
public sealed record DatasetOptions
{
    /// <summary>What to import; null takes what the workspace holds already.</summary>
    public ImportOptions? Import { get; init; }

    /// <summary>Asked once where pictures are no longer in their source: whether they are dropped.</summary>
    public Func<ImportResult, bool> Prunes { get; init; } = _ => false;

    /// <summary>How near duplicates are looked for.</summary>
    public NearOptions Near { get; init; } = new();

    /// <summary>What to collect, local sources among it; null for nothing.</summary>
    public CollectOptions? Collect { get; init; }

    /// <summary>What is cut out of the pictures; off takes them whole.</summary>
    public CropStageOptions Crop { get; init; } = new() { Mode = CropMode.Off };

    /// <summary>The training set.</summary>
    public PackOptions Pack { get; init; } = new();

    /// <summary>Chooses the training set's size from the edges of its pictures, in pixels and rising; null takes what <see cref="Pack"/>
    /// says.</summary>
    public Func<IReadOnlyList<int>, int>? SizeOf { get; init; }
}
