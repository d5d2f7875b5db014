using Smirk.Dataset.Crop;
using Smirk.Dataset.Crop.Stage;
using Smirk.Dataset.Damage;
using Smirk.Dataset.Decide;
using Smirk.Dataset.Exact;
using Smirk.Dataset.Import;
using Smirk.Dataset.Near;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Story;

/// <summary>Makes sentences of decisions, when they are shown: each stage has the words for its own.</summary>
/// <param name="catalog">Knows what keepers are called.</param>
public sealed class DecisionWords(CatalogDatabase catalog)
{
    private readonly Dictionary<long, Source> _sources = catalog.Sources.All().ToDictionary(s => s.Id);

    /// <summary>Why, without a full stop.</summary>
    public string Of(Decision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        if (decision.Reasons.FirstOrDefault(r => r.Code == Reason.NoteCode) is { Text: { } note })
            return note;
        if (decision.By == Decision.Person)
            return PersonsWords.Of(decision);
        return decision.Stage switch
        {
            ExactStage.Name => ExactStage.Words(decision, NameOfKeeper(decision)),
            NearStage.Name => NearWords.Of(decision, NameOfKeeper(decision)),
            DamageDoubts.Stage => DamageDoubts.Words(decision),
            CropStage.Name => CropWords.Of(decision, NameOfPicture),
            _ => decision.Kind,
        };
    }

    private string NameOfKeeper(Decision decision) => decision.KeeperId is not { } id ? "another"
        : decision.Subject == DecisionSubject.Picture ? NameOfPicture(id) : NameOf(catalog.Files.Find(id));

    private string NameOfPicture(long picture) => NameOf(catalog.Files.OfPicture(picture).FirstOrDefault());

    // A file that is in no source any more.
    private string NameOf(SourceFile? file) => file is null ? "one that is gone" : SourcePaths.Full(_sources[file.SourceId], file.Path);
}
