using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Exact;

/// <summary>Decides which imported files are copies: files whose stripped bytes are the same. The import found them by SHA-256 and compared
/// the bytes; here every copy gets its keeper. Of windows of tunes those go, too, that are another in another key.</summary>
/// <param name="workspace">The workspace.</param>
public sealed class ExactStage(SmirkWorkspace workspace)
{
    /// <summary>The stage's name, on the command line and in the decisions.</summary>
    public const string Name = "exact";

    /// <summary>Copies whose bytes as they came are the keeper's.</summary>
    public const string ExactKind = "exact";

    /// <summary>Copies that differ from the keeper in metadata alone.</summary>
    public const string MetadataKind = "metadata";

    /// <summary>Windows of tunes that are another window in another key.</summary>
    public const string TransposedKind = "transposed";

    /// <summary>Why a file was dropped, without a full stop.</summary>
    /// <param name="decision">A decision of this stage.</param>
    /// <param name="keeper">What its keeper is called.</param>
    public static string Words(Decision decision, string keeper)
    {
        ArgumentNullException.ThrowIfNull(decision);
        if (decision.Kind == TransposedKind)
            return $"{keeper} in another key";
        return decision.Kind == ExactKind ? $"byte for byte the same as {keeper}" : $"the same as {keeper} but for its metadata";
    }

    /// <summary>Decides anew about all files; what was decided before is replaced.</summary>
    public ExactResult Run(IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        // Group.
        var catalog = workspace.Catalog;
        var files = catalog.Files.All().Where(f => f.Status == FileStatus.Used).ToList();

        // Decide: the first file seen stays, every later one with the same picture goes.
        var decisions = files.GroupBy(f => f.PictureId).SelectMany(group => Decide(group.First(), group.Skip(1))).ToList();
        decisions.AddRange(new TransposedWindows(workspace).Find(files, cancel).Select(found => new Decision
        {
            Subject = DecisionSubject.Picture,
            SubjectId = found.Picture,
            Stage = Name,
            Verdict = Verdict.Drop,
            Kind = TransposedKind,
            KeeperId = found.Keeper,
        }));
        cancel.ThrowIfCancellationRequested();

        // Write.
        catalog.InTransaction(() => catalog.Decisions.Replace(Name, decisions));
        var left = decisions.GroupBy(d => d.Kind).ToDictionary(g => g.Key switch
        {
            ExactKind => "exact copies",
            TransposedKind => "windows in another key",
            _ => "copies with other metadata",
        }, g => (long)g.Count());
        var counts = new StageCounts(files.Count, files.Count - decisions.Count, left, "files");
        progress?.Report(new StageEnded(Name, counts));
        return new ExactResult(counts, decisions);
    }

    private static IEnumerable<Decision> Decide(SourceFile keeper, IEnumerable<SourceFile> copies) => copies.Select(copy => new Decision
    {
        Subject = DecisionSubject.File,
        SubjectId = copy.Id,
        Stage = Name,
        Verdict = Verdict.Drop,
        Kind = copy.Sha256 == keeper.Sha256 ? ExactKind : MetadataKind,
        KeeperId = keeper.Id,
    });
}
