using Smirk.Dataset.Story;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Errors;

namespace Smirk.Dataset.Near;

/// <summary>What a person says about a near duplicate.</summary>
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

/// <summary>Records a person's decisions, which go before Smirk's and are never asked for again.</summary>
/// <param name="workspace">The workspace, open to write.</param>
public sealed class PersonsWord(SmirkWorkspace workspace)
{
    /// <summary>Understands a word of the command line.</summary>
    /// <exception cref="UsageException">It is none of the four.</exception>
    public static NearWord Parse(string word) => word switch
    {
        "keep" => NearWord.Keep,
        "drop" => NearWord.Drop,
        "alternate" => NearWord.Alternate,
        "not-duplicate" => NearWord.NotDuplicate,
        _ => throw new UsageException($"'{word}' is no verdict; possible are keep, drop, alternate and not-duplicate."),
    };

    /// <summary>Decides about every picture that <paramref name="what"/> means: a group's members when it is the keeper's hash and the keeper has members, otherwise that picture.</summary>
    /// <exception cref="UnusableInputException">The workspace knows of none.</exception>
    public IReadOnlyList<(string Path, Decision Decision)> Decide(string what, NearWord word)
    {
        var catalog = workspace.Catalog;
        var near = catalog.Decisions.OfStage(NearStage.Name);
        var pictures = Meant(what, near);
        if (word == NearWord.NotDuplicate && pictures.FirstOrDefault(p => KeeperOf(p.Id, near) is null) is { } single)
            throw new UnusableInputException($"{what} ({single.Sha256[..12]}) isn't a member of a group, so there is nothing that it could be no duplicate of.");
        var names = PictureNames.Of(catalog);
        var decisions = pictures.Select(p => (names[p.Id].Path, Decision: Word(p, word, KeeperOf(p.Id, near)))).ToList();
        catalog.InTransaction(() =>
        {
            foreach (var (_, decision) in decisions)
                catalog.Decisions.Put(decision);
        });
        return decisions;
    }

    /// <summary>The pictures that <see cref="Decide"/> would decide about.</summary>
    /// <exception cref="UnusableInputException">The workspace knows of none.</exception>
    public IReadOnlyList<StoredPicture> Meant(string what) => Meant(what, workspace.Catalog.Decisions.OfStage(NearStage.Name));

    private List<StoredPicture> Meant(string what, IReadOnlyList<Decision> near) => GroupMembers(what, near) ?? PicturesOf(what);

    // Eight digits of a keeper's hash name its group.
    private List<StoredPicture>? GroupMembers(string what, IReadOnlyList<Decision> near)
    {
        if (what.Length < 8 || !what.All(char.IsAsciiHexDigitLower))
            return null;
        var members = workspace.Catalog.Pictures.All().Where(p => p.Sha256.StartsWith(what, StringComparison.Ordinal))
            .SelectMany(keeper => near.Where(d => d.By == "smirk" && d.KeeperId == keeper.Id))
            .Select(d => workspace.Catalog.Pictures.Find(d.SubjectId)).OfType<StoredPicture>().ToList();
        return members.Count > 0 ? members : null;
    }

    private List<StoredPicture> PicturesOf(string what)
    {
        var stories = new StoryFinder(workspace).Find(what);
        var pictures = stories.Select(s => s.File.PictureId).OfType<long>().Distinct().Select(workspace.Catalog.Pictures.Find).OfType<StoredPicture>().ToList();
        if (pictures.Count != 1)
            throw new UnusableInputException(pictures.Count == 0 ? $"'{what}' isn't a usable picture." : $"'{what}' means {pictures.Count} different pictures; say more of the path.");
        return pictures;
    }

    private static long? KeeperOf(long picture, IReadOnlyList<Decision> near) => near.FirstOrDefault(d => d.SubjectId == picture && d.KeeperId is not null)?.KeeperId;

    private static Decision Word(StoredPicture picture, NearWord word, long? keeper) => new()
    {
        Subject = DecisionSubject.Picture,
        SubjectId = picture.Id,
        Stage = NearStage.Name,
        Verdict = word switch { NearWord.Drop => Verdict.Drop, NearWord.Alternate => Verdict.Alternate, _ => Verdict.Keep },
        Kind = word switch { NearWord.NotDuplicate => NearRecall.NotDuplicate, NearWord.Alternate => "alternate", NearWord.Drop => "drop", _ => "keep" },
        Reason = word switch
        {
            NearWord.Drop => "dropped by hand",
            NearWord.Alternate => "an alternate, by hand: it stays",
            NearWord.NotDuplicate => "no duplicate, by hand: it stays",
            _ => "kept by hand",
        },
        KeeperId = keeper,
        By = "person",
    };
}
