using Smirk.Dataset.Crop.Stage;
using Smirk.Dataset.Damage;
using Smirk.Dataset.Near;
using Smirk.Dataset.Near.Verify;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Decide;

/// <summary>What a question is about.</summary>
public enum QuestionKind
{
    /// <summary>Whether a picture is a copy of another.</summary>
    Pair,

    /// <summary>Whether a crop shows a face, and where.</summary>
    Crop,

    /// <summary>Whether a picture is damaged.</summary>
    Damage,
}

/// <summary>Something that Smirk decided and a person may see otherwise.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="PictureId">The picture's row.</param>
/// <param name="Doubt">0 (plain) to 1.</param>
public sealed record Question(QuestionKind Kind, long PictureId, double Doubt)
{
    /// <summary>The row of the picture that stays in its place; null where there is none.</summary>
    public long? KeeperId { get; init; }

    /// <summary>What was found, as a code, such as "caption".</summary>
    public string Found { get; init; } = "";

    /// <summary>The person's last word about the picture; null for none.</summary>
    public Decision? Answer { get; init; }
}

/// <summary>All that a person could be asked, most doubtful first.</summary>
public static class OpenQuestions
{
    /// <summary>Doubt from which on a question deserves a look: below, hardly one in hundreds is answered otherwise.</summary>
    public const double Doubtful = 0.08;

    // Of damage only that it shows is known: in between, so that it is seen early, and doubtful pairs before.
    private const double OfDamage = 0.3;

    /// <summary>Pairs of near duplicates and alternates, doubtful crops, damaged pictures; answered ones too, with the answer.</summary>
    public static IReadOnlyList<Question> Of(CatalogDatabase catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        var decisions = catalog.Decisions.All().Where(d => d.Subject == DecisionSubject.Picture).ToList();
        var answers = decisions.Where(d => d.By == Decision.Person).ToLookup(d => d.SubjectId);
        var copies = decisions.Where(d => d.By == Decision.Smirk && d.Stage == NearStage.Name && d.Verdict == Verdict.Drop)
            .Select(d => d.SubjectId).ToHashSet();
        var questions = new List<Question>();
        foreach (var decision in decisions.Where(d => d.By == Decision.Smirk))
        {
            if (decision.Stage == NearStage.Name && decision.KeeperId is { } keeper && decision.Kind != NearKind.Exact.Name())
                questions.Add(new Question(QuestionKind.Pair, decision.SubjectId, 1 - (decision.Score ?? 1))
                {
                    KeeperId = keeper,
                    Found = decision.Kind,
                    Answer = answers[decision.SubjectId].FirstOrDefault(d => d.Stage == NearStage.Name),
                });
            else if (decision.Stage == DamageDoubts.Stage && !copies.Contains(decision.SubjectId))
                questions.Add(new Question(QuestionKind.Damage, decision.SubjectId, OfDamage)
                {
                    Found = decision.Kind,
                    Answer = answers[decision.SubjectId].FirstOrDefault(),
                });
        }

        questions.AddRange(catalog.Crops.All().Where(c => c.Doubt > 0 && c.Dropped is null && !copies.Contains(c.PictureId))
            .GroupBy(c => c.PictureId).Select(c => new Question(QuestionKind.Crop, c.Key, Math.Min(1, c.Max(crop => crop.Doubt)))
            {
                Found = CropStage.Name,
                Answer = answers[c.Key].FirstOrDefault(),
            }));
        return [.. questions.OrderByDescending(q => q.Doubt).ThenBy(q => q.KeeperId).ThenBy(q => q.PictureId)];
    }
}
