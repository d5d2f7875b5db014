using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Decide;

/// <summary>The words of what a person decided.</summary>
public static class PersonsWords
{
    /// <summary>Without a full stop.</summary>
    public static string Of(Decision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return decision.Kind == PersonsBoxes.Kind
            ? $"{(decision.Reasons.Count == 1 ? "1 box" : $"{decision.Reasons.Count} boxes")} by hand"
            : Code.Read<NearWord>(decision.Kind) switch
            {
                NearWord.Drop => "dropped by hand",
                NearWord.Alternate => "an alternate, by hand: it stays",
                NearWord.NotDuplicate => "not a duplicate, by hand: it stays",
                _ => "kept by hand",
            };
    }
}
