using Smirk.Files.Posix;
using Smirk.Files.Walk;

namespace Smirk.Files.Act;

/// <summary>What is done with duplicates.</summary>
public enum ActKind
{
    /// <summary>Moved into a folder on the same file system.</summary>
    Quarantine,

    /// <summary>Replaced by another name of the keeper.</summary>
    Hardlink,

    /// <summary>Made to share the keeper's data, staying a file of its own.</summary>
    Reflink,

    /// <summary>Removed.</summary>
    Delete,
}

/// <summary>One thing that will be done.</summary>
/// <param name="Kind">What.</param>
/// <param name="Keeper">The file that stays.</param>
/// <param name="File">The file that it is done to.</param>
/// <param name="SameBytes">The bytes must be the keeper's, and are compared again just before.</param>
/// <param name="Destination">Where it is moved to, for <see cref="ActKind.Quarantine"/>.</param>
public sealed record PlannedAction(ActKind Kind, FoundFile Keeper, FoundFile File, bool SameBytes, RawPath? Destination = null)
{
    /// <summary>The picture that the file belongs to and moves with; null for a duplicate.</summary>
    public RawPath? GoesWith { get; init; }

    /// <summary>Why it is done, in words that follow <see cref="ToString"/>: "a copy of c".</summary>
    public string Why => GoesWith is { } picture ? $"which belongs to {picture}" : $"a copy of {Keeper.Path}";

    /// <summary>In words: "move a to b, a copy of c".</summary>
    public override string ToString() => Kind switch
    {
        ActKind.Quarantine => $"move {File.Path} to {Destination}",
        ActKind.Hardlink => $"make {File.Path} a hard link to {Keeper.Path}",
        ActKind.Reflink => $"let {File.Path} share its data with {Keeper.Path}",
        _ => $"delete {File.Path}",
    };
}

/// <summary>All that will be done, and what stays although it is a duplicate.</summary>
/// <param name="Actions">In the order in which they are carried out.</param>
/// <param name="LeftAlone">Duplicates that stay, with the reason.</param>
public sealed record ActPlan(IReadOnlyList<PlannedAction> Actions, IReadOnlyList<RefusedPath> LeftAlone)
{
    /// <summary>The folder that files are moved into; null for other actions.</summary>
    public RawPath? Quarantine { get; init; }

    /// <summary>Bytes that come free; for a quarantine, once it is emptied.</summary>
    public long FreedBytes => Exact.Keep.FreedBytes.Of(Actions.Select(a => a.File));
}

/// <summary>What was done.</summary>
/// <param name="Done">Carried out.</param>
/// <param name="LeftAlone">Not carried out, with the reason.</param>
/// <param name="Journal">The journal that <c>smirk undo</c> takes; null when nothing was to be done.</param>
public sealed record ActResult(IReadOnlyList<PlannedAction> Done, IReadOnlyList<RefusedPath> LeftAlone, string? Journal);
