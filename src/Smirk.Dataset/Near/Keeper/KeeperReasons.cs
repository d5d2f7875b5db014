using Smirk.Dataset.Near.Verify;

namespace Smirk.Dataset.Near.Keeper;

/// <summary>Says why the keeper is the keeper, in what sets it apart from its members.</summary>
internal static class KeeperReasons
{
    /// <summary>Short phrases, strongest first; at least one.</summary>
    public static IReadOnlyList<string> Of(Originality keeper, IReadOnlyList<NearMember> members, IReadOnlyDictionary<int, Originality> measures)
    {
        var reasons = new List<string>();
        var others = members.Select(m => measures[m.Index]).ToList();
        if (members.Any(m => m.Kind == NearKind.Photo))
            reasons.Add("not a photo of a screen or print");
        if (members.Any(m => m.Kind is NearKind.Border or NearKind.Caption))
            reasons.Add("no border or caption");
        if (members.Any(m => m.Kind == NearKind.Screenshot))
            reasons.Add("not inside a screenshot");
        if (members.Any(m => m.Kind == NearKind.Crop))
            reasons.Add("shows more of the picture");
        if (others.Any(keeper.IsLargerThan))
            reasons.Add($"larger true resolution ({keeper.Width}×{keeper.Height})");
        if (others.Any(o => o.IsEnlargedBeside(keeper)))
            reasons.Add("the larger copy is only enlarged");
        if (others.Any(o => keeper.Quality > o.Quality + 3))
            reasons.Add("less compressed");
        if (reasons.Count == 0 && others.Any(o => keeper.Sharpness > 1.1 * o.Sharpness))
            reasons.Add("sharper");
        if (reasons.Count == 0 && others.Any(o => keeper.Modified < o.Modified))
            reasons.Add("older");
        if (reasons.Count == 0)
            reasons.Add("no copy is better; the first of them");
        return reasons;
    }
}
