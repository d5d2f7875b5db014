using Smirk.Workspace;

namespace Smirk.Export.Plan;

/// <summary>Where the items of a plan come from.</summary>
internal abstract class ItemSource(SmirkWorkspace workspace)
{
    /// <summary>What the catalog knows.</summary>
    public CatalogFacts Facts { get; } = new(workspace);

    /// <summary>Reason → how many kept pictures are left out; known after <see cref="Items"/>.</summary>
    public Dictionary<string, long> Left { get; } = [];

    /// <summary>The pack whose squares are taken; null where pictures are decoded.</summary>
    public virtual string? PackFolder => null;

    /// <summary>The items in catalog order, still without names and texts.</summary>
    public abstract IEnumerable<ExportItem> Items();

    /// <summary>Which part of its picture an item is, from 1; 0 for the whole picture.</summary>
    public abstract int NumberOf(ExportItem item);

    /// <summary>What to say when there are no items.</summary>
    public abstract string NothingIn(string folder);
}
