using System.Text;
using Smirk.Workspace.Files;
using Smirk.Workspace.Pages;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Near.Report;

/// <summary>The page on which a person checks near duplicates: one self-contained file, most doubtful groups first, a tab for duplicates
/// and one for alternates.</summary>
public static class NearPage
{
    /// <summary>The page's file name.</summary>
    public const string FileName = "near.html";

    // No browser likes a page of more pictures; the clear cases come last and can be left out.
    private const int MostGroups = 600;

    /// <summary>Writes the page into <paramref name="folder"/> (made where it isn't there) and returns its path.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="findings">What was found.</param>
    /// <param name="inputs">What its numbers mean.</param>
    /// <param name="decide">The command that says that a member is no duplicate of its keeper; null for none.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancel">Stops it.</param>
    public static string Write(
        string folder, NearFindings findings, IReadOnlyList<NearInput> inputs, Func<int, int, string>? decide,
        IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        OutputFolder.Make(folder);
        var path = Path.Combine(folder, FileName);
        AtomicFile.Write(path, Build(findings, inputs, decide, progress, cancel));
        return path;
    }

    private static string Build(
        NearFindings findings, IReadOnlyList<NearInput> inputs, Func<int, int, string>? decide,
        IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        var page = new StringBuilder();
        var html = new GroupHtml(inputs, _ => null, decide);
        var (duplicates, alternates) = (findings.Groups.Take(MostGroups).ToList(), findings.Alternates.Take(MostGroups).ToList());
        page.Append(HtmlPage.Begin("Near duplicates", "82rem", $"{Style}\n{GroupHtml.Style}")).Append(Introduction);
        page.Append(
            $"<label for=\"d\">{InGroups(findings.Groups, "duplicate")}</label> <label "
                + $"for=\"a\">{InGroups(findings.Alternates, "alternate")}</label></nav>");
        Tab("duplicates", duplicates, findings.Groups.Count, 0);
        Tab("alternates", alternates, findings.Alternates.Count, duplicates.Count);
        return page.Append(HtmlPage.End).ToString();

        void Tab(string name, List<NearGroup> groups, int all, int before)
        {
            page.Append($"<section id=\"{name}\">");
            if (groups.Count == 0)
                page.Append("<p>None.</p>");
            for (var i = 0; i < groups.Count; i++)
            {
                var done = before + i;
                html.Append(page, groups[i], () =>
                {
                    cancel.ThrowIfCancellationRequested();
                    progress?.Report(new StageAdvanced("report", done, duplicates.Count + alternates.Count, "groups"));
                });
            }

            if (all > groups.Count)
                page.Append($"<p>{all - groups.Count} less doubtful groups are not shown.</p>");
            page.Append("</section>");
        }
    }

    private static string InGroups(IReadOnlyList<NearGroup> groups, string what) =>
        $"{Counted.Of(groups.Sum(g => g.Members.Count), what)} in {Counted.Of(groups.Count, "group")}";

    private const string Style = """
        nav { margin: 14px 0; } label { cursor: pointer; padding: 6px 12px; border: 1px solid var(--line); border-radius: 6px; }
        input { position: absolute; opacity: 0; } section { display: none; }
        #d:checked ~ #duplicates, #a:checked ~ #alternates { display: block; }
        #d:checked ~ nav label[for=d], #a:checked ~ nav label[for=a] { background: var(--accent); color: #fff; }
        #d:focus-visible ~ nav label[for=d], #a:focus-visible ~ nav label[for=a] { outline: 2px solid #e08a00; }
        """;

    private const string Introduction = """
        <h1>Near duplicates</h1>
        <p class="dim">Most doubtful first. The grey picture beside a duplicate shows it laid over the picture that is kept:
        white where they agree, darker where they differ, blue where the duplicate doesn't reach.</p>
        <input type="radio" name="tab" id="d" checked><input type="radio" name="tab" id="a"><nav>
        """;
}
