using Smirk.Dataset.Near;
using Smirk.Dataset.Story;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Errors;

namespace Smirk.Dataset.Decide;

/// <summary>What a person says about a picture.</summary>
public enum NearWord
{
    /// <summary>It stays, duplicate or not.</summary>
    Keep,

    /// <summary>It goes.</summary>
    Drop,

    /// <summary>Related to the keeper, but other content: it stays.</summary>
    Alternate,

    /// <summary>Unrelated to the keeper: it stays.</summary>
    NotDuplicate,
}

/// <summary>What a person says about one picture.</summary>
/// <param name="PictureId">Its row.</param>
/// <param name="Word">What becomes of it.</param>
/// <param name="KeeperId">The row of the picture that it was compared with; null for its group's keeper.</param>
public sealed record PictureWord(long PictureId, NearWord Word, long? KeeperId = null)
{
    /// <summary>What is cut out of it; none for what was found.</summary>
    public IReadOnlyList<PersonsBox> Boxes { get; init; } = [];
}

/// <summary>What a person's word changed about one picture.</summary>
/// <param name="Path">What the person knows the picture by.</param>
/// <param name="Before">What the person had said before; null for nothing.</param>
/// <param name="After">What the person says now; null for nothing.</param>
public sealed record ChangedWord(string Path, Decision? Before, Decision? After);

/// <summary>Records a person's decisions, which stand above Smirk's and are never asked for again.</summary>
/// <param name="workspace">The workspace, open to write.</param>
public sealed class PersonsWord(SmirkWorkspace workspace)
{
    /// <summary>The kind of a decision that parts a picture from its keeper.</summary>
    public const string NotDuplicate = "not-duplicate";

    private readonly CatalogDatabase _catalog = workspace.Catalog;

    /// <summary>Understands a word of the command line.</summary>
    /// <exception cref="UsageException">It is none of the four.</exception>
    public static NearWord Parse(string word) => word switch
    {
        "keep" => NearWord.Keep,
        "drop" => NearWord.Drop,
        "alternate" => NearWord.Alternate,
        NotDuplicate => NearWord.NotDuplicate,
        _ => throw new UsageException($"'{word}' is not a verdict; expected keep, drop, alternate or not-duplicate."),
    };

    /// <summary>Decides about every picture that <paramref name="what"/> means: a group's members when it is the keeper's hash and the
    /// keeper has members, otherwise that picture.</summary>
    /// <param name="what">A group or a file.</param>
    /// <param name="word">What becomes of it.</param>
    /// <param name="boxes">What is cut out of the one picture that is meant; none for what was found.</param>
    /// <exception cref="UsageException">There are boxes, and several pictures are meant or one doesn't lie in the picture; nothing was
    /// decided.</exception>
    /// <exception cref="UnusableInputException">The workspace knows of no such picture.</exception>
    public IReadOnlyList<ChangedWord> Decide(string what, NearWord word, params IReadOnlyList<PersonsBox> boxes)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        var pictures = Meant(what);
        if (word == NearWord.NotDuplicate && pictures.FirstOrDefault(p => KeeperOf(p.Id) is null) is { } single)
            throw new UnusableInputException(
                $"{what} ({single.Sha256[..12]}) is not a member of a group of duplicates, so there is nothing to part it from.");
        if (boxes.Count > 0 && pictures.Count != 1)
            throw new UsageException($"--box needs one picture, and '{what}' means {pictures.Count}.");
        var changes = Decide([.. pictures.Select(p => new PictureWord(p.Id, word) { Boxes = boxes })]);
        return changes.Count > 0 ? Named(changes)
            : Named(pictures.Select(p => Word(p, word, KeeperOf(p.Id))).Select(d => new DecisionChange(0, default, d, d)));
    }

    /// <summary>Decides about several pictures in one step, which is taken back as one.</summary>
    /// <returns>What changed: nothing for what was decided before.</returns>
    /// <exception cref="UsageException">A box doesn't lie in its picture; nothing was decided.</exception>
    /// <exception cref="UnusableInputException">There is no such picture; nothing was decided.</exception>
    public IReadOnlyList<DecisionChange> Decide(IReadOnlyList<PictureWord> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var decisions = new List<Decision>();
        foreach (var word in words)
        {
            var picture = _catalog.Pictures.Find(word.PictureId)
                ?? throw new UnusableInputException($"{workspace.Folder} has no picture {word.PictureId}.");
            if (word.Boxes.Count > 0)
                decisions.Add(PersonsBoxes.Word(picture, word.Boxes));
            decisions.Add(Word(picture, word.Word, word.KeeperId ?? KeeperOf(picture.Id)));
        }

        return Change(() => _catalog.Decisions.Put(decisions));
    }

    /// <summary>Takes back the last decision that wasn't taken back yet, with all that was decided in the same command.</summary>
    /// <exception cref="UnusableInputException">There is none.</exception>
    public IReadOnlyList<ChangedWord> Undo()
    {
        var changes = TakeBack();
        return changes.Count > 0 ? Named(changes)
            : throw new UnusableInputException($"Nobody has decided anything in {workspace.Folder} that could be taken back.");
    }

    /// <summary>The same without names; empty where there is nothing to take back.</summary>
    public IReadOnlyList<DecisionChange> TakeBack() => Change(() => _catalog.Decisions.UndoLast(Decision.Person));

    /// <summary>Decides again what was taken back last; empty where there is nothing, or something else was decided since then.</summary>
    public IReadOnlyList<DecisionChange> Redo() => Change(() => _catalog.Decisions.RedoLast(Decision.Person));

    // What is made of decisions changes with them, or not at all.
    private IReadOnlyList<DecisionChange> Change(Func<IReadOnlyList<DecisionChange>> change)
    {
        IReadOnlyList<DecisionChange> changes = [];
        _catalog.InTransaction(() =>
        {
            changes = change();
            new PersonsBoxes(_catalog).Follow(changes);

            // A pair that was parted and no longer is has to be compared again.
            foreach (var picture in changes.Where(c => c.Before?.Kind == NotDuplicate && c.After?.Kind != NotDuplicate)
                .Select(c => c.Before!.SubjectId))
            {
                foreach (var care in Enum.GetValues<NearCare>())
                    _catalog.Descriptors.Remove(picture, NearRecall.DescriptorKind(care));
            }
        });
        return changes;
    }

    private List<ChangedWord> Named(IEnumerable<DecisionChange> changes)
    {
        var names = PictureNames.Of(_catalog);
        return [.. changes.Select(c => new ChangedWord(names[(c.After ?? c.Before)!.SubjectId].Path, c.Before, c.After))];
    }

    private List<StoredPicture> Meant(string what) => GroupMembers(what) ?? PicturesOf(what);

    // Eight digits of a keeper's hash name its group.
    private List<StoredPicture>? GroupMembers(string what)
    {
        if (what.Length < 8 || !what.All(char.IsAsciiHexDigitLower))
            return null;
        var keepers = _catalog.Pictures.All().Where(p => p.Sha256.StartsWith(what, StringComparison.Ordinal)).Select(p => p.Id).ToHashSet();
        var members = _catalog.Decisions.OfStage(NearStage.Name)
            .Where(d => d.By == Decision.Smirk && d.KeeperId is { } keeper && keepers.Contains(keeper))
            .Select(d => _catalog.Pictures.Find(d.SubjectId)).OfType<StoredPicture>().ToList();
        return members.Count > 0 ? members : null;
    }

    private List<StoredPicture> PicturesOf(string what)
    {
        var stories = new StoryFinder(workspace).Find(what);
        var pictures =
            stories.Select(s => s.File.PictureId).OfType<long>().Distinct().Select(_catalog.Pictures.Find).OfType<StoredPicture>().ToList();
        if (pictures.Count != 1)
            throw new UnusableInputException(
                pictures.Count == 0 ? $"'{what}' isn't a usable picture."
                : $"'{what}' means {pictures.Count} different pictures; give more of the path.");
        return pictures;
    }

    // By the stage or, where it has forgotten, by what a person said before.
    private long? KeeperOf(long picture) => _catalog.Decisions.About(DecisionSubject.Picture, picture)
        .Where(d => d.Stage == NearStage.Name && d.KeeperId is not null).OrderByDescending(d => d.By == Decision.Smirk).FirstOrDefault()
        ?.KeeperId;

    private static Decision Word(StoredPicture picture, NearWord word, long? keeper) => new()
    {
        Subject = DecisionSubject.Picture,
        SubjectId = picture.Id,
        Stage = NearStage.Name,
        Verdict = word switch { NearWord.Drop => Verdict.Drop, NearWord.Alternate => Verdict.Alternate, _ => Verdict.Keep },
        Kind = Code.Of(word),
        KeeperId = keeper,
        By = Decision.Person,
    };
}
