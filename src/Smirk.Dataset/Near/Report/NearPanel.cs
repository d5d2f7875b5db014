using System.Text;
using Smirk.Dataset.Story;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Pages;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Near.Report;

/// <summary>The run report's part about near duplicates: the groups that most deserve a look.</summary>
public static class NearPanel
{
    /// <summary>How many groups are shown.</summary>
    public const int Groups = 12;

    /// <summary>Safe, self-contained HTML; null when there is nothing to look at. Groups that a person decided about aren't shown
    /// again.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static string? Html(
        SmirkWorkspace workspace, NearResult result, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        var pictures = workspace.Catalog.Pictures.All();
        var names = PictureNames.Of(workspace.Catalog);
        var decided = workspace.Catalog.Decisions.OfStage(NearStage.Name)
            .Where(d => d.By == Decision.Person && d.Subject == DecisionSubject.Picture).Select(d => d.SubjectId).ToHashSet();
        var doubtful = result.Findings.Groups.Concat(result.Findings.Alternates)
            .Where(g => g.Members.Any(m => m.Kind != Verify.NearKind.Exact && !decided.Contains(pictures[m.Index].Id)))
            .OrderByDescending(g => g.Doubt).Take(Groups).ToList();
        if (doubtful.Count == 0)
            return null;
        var inputs = pictures.Select(p => new NearInput(names[p.Id].Path, p.Bytes, null, () => workspace.Pictures.Read(p.Sha256))).ToList();
        var html = new GroupHtml(inputs, i => pictures[i].Sha256[..12]);
        var command = $"smirk decide {HtmlPage.Text(workspace.Folder)} GROUP|FILE keep|drop|alternate|not-duplicate";
        var panel =
            new StringBuilder(
                $"<style>{GroupHtml.Style}</style><p>The {doubtful.Count} most doubtful groups. To overrule Smirk: "
                    + $"<code>{command}</code>, then run make again.</p>");
        for (var i = 0; i < doubtful.Count; i++)
        {
            var done = i;
            html.Append(panel, doubtful[i], () =>
            {
                cancel.ThrowIfCancellationRequested();
                progress?.Report(new StageAdvanced("report", done, doubtful.Count, "groups"));
            });
        }

        return panel.ToString();
    }
}
