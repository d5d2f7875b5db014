using Smirk.Imaging.Reading.Doubts;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Damage;

/// <summary>Pictures that decode, but not to what was once encoded, as far as that shows: they stay unless they are asked to go.</summary>
/// <param name="catalog">The catalog, open to write.</param>
public sealed class DamageDoubts(CatalogDatabase catalog)
{
    /// <summary>The stage's name in the decisions.</summary>
    public const string Stage = "damage";

    /// <summary>The kind of its decisions, and the word of <c>--drop</c>.</summary>
    public const string Kind = "damaged";

    /// <summary>Decides about all doubtful pictures, those of earlier imports included.</summary>
    /// <param name="found">What was found now, by picture.</param>
    /// <param name="drop">Whether they go.</param>
    /// <returns>The doubtful pictures that a file still holds.</returns>
    public IReadOnlyList<StoredPicture> Decide(IReadOnlyDictionary<long, DamageSign> found, bool drop)
    {
        ArgumentNullException.ThrowIfNull(found);
        var all = catalog.Decisions.OfStage(Stage).Where(d => d.By == Decision.Smirk).ToDictionary(d => d.SubjectId, d => d.Reasons);
        foreach (var (picture, sign) in found)
            all[picture] = [Reason.Of(sign)];
        if (all.Count == 0)
            return [];
        catalog.InTransaction(() => catalog.Decisions.Replace(Stage, [.. all.OrderBy(p => p.Key).Select(p => new Decision
        {
            Subject = DecisionSubject.Picture,
            SubjectId = p.Key,
            Stage = Stage,
            Verdict = drop ? Verdict.Drop : Verdict.Keep,
            Kind = Kind,
            Reasons = p.Value,
        })]));
        return [.. catalog.Pictures.All().Where(p => all.ContainsKey(p.Id))];
    }

    /// <summary>Why a picture is doubtful, without a full stop.</summary>
    public static string Words(Decision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        var sign = decision.Reasons.Count == 0 ? null : Code.Read<DamageSign>(decision.Reasons[0].Code);
        return "perhaps damaged: " + (sign switch
        {
            DamageSign.Leftover => "its data hold more than the picture needs, as after a wrong bit",
            DamageSign.Jump => "from one place to its end it is lighter, darker or of another colour",
            DamageSign.Blank => "its end is the plain grey or green of missing data",
            _ => "its data may be wrong",
        });
    }
}
