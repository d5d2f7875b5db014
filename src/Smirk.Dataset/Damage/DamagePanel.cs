using System.Text;
using Smirk.Dataset.Near.Report;
using Smirk.Dataset.Story;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Pages;

namespace Smirk.Dataset.Damage;

/// <summary>The run report's part about pictures that are perhaps damaged.</summary>
public static class DamagePanel
{
    private const int Most = 48;

    private const string Style = """
        <style>.damage-cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: .8rem; }
        .damage-cards figure { margin: 0; overflow-wrap: anywhere; } .damage-cards img { border-radius: 4px; display: block; }</style>
        """;

    /// <summary>Safe, self-contained HTML; null where there are none.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static string? Html(SmirkWorkspace workspace, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var pictures = workspace.Catalog.Pictures.All().ToDictionary(p => p.Id);
        var doubts = workspace.Catalog.Decisions.OfStage(DamageDoubts.Stage).Where(d => pictures.ContainsKey(d.SubjectId)).ToList();
        if (doubts.Count == 0)
            return null;
        var names = PictureNames.Of(workspace.Catalog);
        var dropped = doubts.Count(d => d.Verdict == Verdict.Drop);
        var fate = dropped > 0 ? $"{dropped} were dropped."
            : "they stay. <code>--drop damaged</code> drops them all, <code>smirk decide</code> one.";
        var html = new StringBuilder(
            $"{Style}<p>{doubts.Count} pictures decode, but perhaps not to what they were: {fate}</p><div class=\"damage-cards\">");
        foreach (var doubt in doubts.Take(Most))
        {
            cancel.ThrowIfCancellationRequested();
            if (PairPictures.Thumb(workspace.Pictures.Read(pictures[doubt.SubjectId].Sha256)) is not { } thumb)
                continue;
            html.Append($"<figure>{HtmlPage.Image(thumb, "jpeg", "perhaps damaged", "loading=\"lazy\"")}<figcaption class=\"small\">"
                + $"{HtmlPage.Text(DamageDoubts.Words(doubt))}<br>{HtmlPage.Text(names[doubt.SubjectId].Path)}</figcaption></figure>");
        }

        html.Append("</div>");
        if (doubts.Count > Most)
            html.Append($"<p>And {doubts.Count - Most} more.</p>");
        return html.ToString();
    }
}
