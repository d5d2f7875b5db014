using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Near;

/// <summary>Decides which pictures of a workspace are near duplicates: the most original copy of each stays, the others are dropped with the reason, alternates stay.</summary>
/// <param name="workspace">The workspace.</param>
public sealed class NearStage(SmirkWorkspace workspace)
{
    /// <summary>The stage's name, on the command line and in the decisions.</summary>
    public const string Name = NearFinder.Stage;

    /// <summary>Finds copies among all pictures; only those that are new since the last run are decoded and compared.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; what was prepared is kept.</exception>
    public NearResult Run(NearOptions options, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        var catalog = workspace.Catalog;
        var pictures = catalog.Pictures.All();
        if (options.Care == NearCare.Off)
            return End(new NearResult(new StageCounts(pictures.Count, pictures.Count, new Dictionary<string, long>()), new NearFindings(), []), progress);

        // Remember.
        var names = PictureNames.Of(catalog);
        var inputs = pictures.Select(p => new NearInput(names[p.Id].Path, p.Bytes, names[p.Id].Modified, () => workspace.Pictures.Read(p.Sha256))).ToList();
        var recall = new NearRecall(catalog, pictures, options);

        // Find.
        var findings = new NearFinder(options, progress, cancel).Find(inputs, recall.Memory);
        foreach (var (input, reason) in findings.Refused)
            progress?.Report(new StageWarned(Name, inputs[input].Name, reason));

        // Decide: a person's word stands, Smirk's is written anew.
        var decisions = recall.Decide(findings, inputs);
        catalog.InTransaction(() =>
        {
            recall.Save();
            catalog.Decisions.Clear(Name);
            foreach (var decision in decisions)
                catalog.Decisions.Put(decision);
        });
        var dropped = decisions.Where(d => d.Verdict == Verdict.Drop).GroupBy(d => d.Kind).ToDictionary(g => g.Key, g => (long)g.Count());
        var counts = new StageCounts(pictures.Count, pictures.Count - dropped.Values.Sum(), dropped);
        if (findings.Alternates.Count > 0)
            progress?.Report(new StageSaid(Name, $"{findings.Alternates.Sum(g => g.Members.Count)} alternates (same template, other content) stay; smirk decide says otherwise"));
        return End(new NearResult(counts, findings, decisions), progress);
    }

    private static NearResult End(NearResult result, IProgress<StageProgress>? progress)
    {
        progress?.Report(new StageEnded(Name, result.Counts));
        return result;
    }
}
