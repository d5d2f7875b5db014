using Smirk.Dataset.Near.Verify;
using Smirk.Dataset.Story;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Near;

/// <summary>Decides which pictures of a workspace are near duplicates: the most original copy of each stays, the others are dropped with
/// the reason, alternates stay.</summary>
/// <param name="workspace">The workspace.</param>
public sealed class NearStage(SmirkWorkspace workspace)
{
    /// <summary>The stage's name, on the command line and in the decisions.</summary>
    public const string Name = NearFinder.Stage;

    /// <summary>Finds copies among all pictures; only those that are new since the last run are decoded and compared. Switched off, it
    /// takes back what it decided before.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; nothing was decided.</exception>
    public NearResult Run(NearOptions options, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var catalog = workspace.Catalog;
        var pictures = catalog.Pictures.All();
        if (options.Care == NearCare.Off)
        {
            catalog.InTransaction(() => catalog.Decisions.Replace(Name, []));
            return new NearResult(new StageCounts(pictures.Count, pictures.Count, new Dictionary<string, long>()), new NearFindings(), []);
        }

        // Remember.
        var names = PictureNames.Of(catalog);
        var inputs = pictures.Select(p => new NearInput(names[p.Id].Path, p.Bytes, names[p.Id].Modified, () =>
            workspace.Pictures.Read(p.Sha256))).ToList();
        var recall = new NearRecall(catalog, pictures, options);

        // Find. How large pictures may be was judged when they were imported.
        var findings = new NearFinder(options with { MaxPixels = long.MaxValue }, progress, cancel).Find(inputs, recall.Memory);
        foreach (var (input, reason) in findings.Refused)
            progress?.Report(new StageWarned(Name, inputs[input].Name, reason));

        // Decide: all at once, so that a run that is stopped leaves the earlier decisions.
        var copies = recall.Copies(findings);
        var decisions = copies.Select(Decide).ToList();
        cancel.ThrowIfCancellationRequested();
        catalog.InTransaction(() =>
        {
            recall.Save(copies, progress, cancel);
            catalog.Decisions.Replace(Name, decisions);
        });
        return End(Result(pictures.Count, findings, decisions), progress);
    }

    private static Decision Decide(FoundCopy copy) => new()
    {
        Subject = DecisionSubject.Picture,
        SubjectId = copy.PictureId,
        Stage = Name,
        Verdict = NearKindNames.IsAlternate(copy.Kind) ? Verdict.Alternate : Verdict.Drop,
        Kind = copy.Kind,
        Reasons = copy.Reasons,
        KeeperId = copy.KeeperId,
        Score = copy.Similarity,
    };

    private NearResult Result(int pictures, NearFindings findings, List<Decision> decisions)
    {
        var overruled = workspace.Catalog.Decisions.OfStage(Name).Where(d => d.By == Decision.Person).Select(d => d.SubjectId).ToHashSet();
        var dropped = decisions.Where(d => d.Verdict == Verdict.Drop && !overruled.Contains(d.SubjectId)).GroupBy(d => d.Kind)
            .ToDictionary(g => g.Key, g => (long)g.Count());
        return new NearResult(new StageCounts(pictures, pictures - dropped.Values.Sum(), dropped), findings, decisions);
    }

    private static NearResult End(NearResult result, IProgress<StageProgress>? progress)
    {
        if (result.Findings.Alternates.Count > 0)
        {
            // One picture may be an alternate of several.
            var alternates = result.Findings.Alternates.SelectMany(g => g.Members).Select(m => m.Index).Distinct().Count();
            progress?.Report(
                new StageSaid(Name, $"{Counted.Of(alternates, "alternate")} (same template, other content) kept; smirk decide overrules"));
        }

        progress?.Report(new StageEnded(Name, result.Counts));
        return result;
    }
}
