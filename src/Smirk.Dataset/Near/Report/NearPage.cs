using System.Text;
using Smirk.Workspace.Files;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Near.Report;

/// <summary>The page on which a person checks near duplicates: one self-contained file, most doubtful groups first, a tab for duplicates and one for alternates.</summary>
public static class NearPage
{
    /// <summary>The page's file name.</summary>
    public const string FileName = "near.html";

    // A page of more pictures than this no browser likes; the plain ones at the end can be left out.
    private const int MostGroups = 600;

    /// <summary>Writes the page into <paramref name="folder"/> (made where it isn't there) and returns its path.</summary>
    public static string Write(string folder, NearFindings findings, IReadOnlyList<NearInput> inputs, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        AtomicFile.Write(path, Build(findings, inputs, progress, cancel));
        return path;
    }

    private static string Build(NearFindings findings, IReadOnlyList<NearInput> inputs, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        var page = new StringBuilder();
        var html = new GroupHtml(inputs, _ => null);
        var (duplicates, alternates) = (findings.Groups.Take(MostGroups).ToList(), findings.Alternates.Take(MostGroups).ToList());
        page.Append(Head).Append(GroupHtml.Style).Append(Body);
        page.Append($"<label for=\"d\">{InGroups(findings.Groups, "duplicate")}</label> <label for=\"a\">{InGroups(findings.Alternates, "alternate")}</label></nav>");
        Tab("duplicates", duplicates, findings.Groups.Count, 0);
        Tab("alternates", alternates, findings.Alternates.Count, duplicates.Count);
        return page.Append("</main></html>\n").ToString();

        void Tab(string name, List<NearGroup> groups, int all, int before)
        {
            page.Append($"<section id=\"{name}\">");
            if (groups.Count == 0)
                page.Append("<p>None.</p>");
            for (var i = 0; i < groups.Count; i++)
            {
                cancel.ThrowIfCancellationRequested();
                html.Append(page, groups[i]);
                progress?.Report(new StageAdvanced("report", before + i + 1, duplicates.Count + alternates.Count, "groups"));
            }

            if (all > groups.Count)
                page.Append($"<p>{all - groups.Count} groups about which there is less doubt are left out.</p>");
            page.Append("</section>");
        }
    }

    private static string InGroups(IReadOnlyList<NearGroup> groups, string what) => $"{Counted.Of(groups.Sum(g => g.Members.Count), what)} in {Counted.Of(groups.Count, "group")}";

    private const string Head = """
        <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Near duplicates</title><style>
        :root{color-scheme:light dark}body{font:15px/1.45 system-ui,sans-serif;margin:0 auto;max-width:1300px;padding:20px}
        h1{font-size:22px;margin:0 0 4px}nav{margin:14px 0}label{cursor:pointer;padding:6px 12px;border:1px solid #8886;border-radius:6px}
        input{position:absolute;opacity:0}section{display:none}
        #d:checked~#duplicates,#a:checked~#alternates{display:block}
        #d:checked~nav label[for=d],#a:checked~nav label[for=a]{background:#3567c8;color:#fff}
        #d:focus-visible~nav label[for=d],#a:focus-visible~nav label[for=a]{outline:2px solid #e08a00}
        """;

    private const string Body = """
        </style><main><h1>Near duplicates</h1>
        <div class="near-small">Most doubtful first. The grey picture beside a member shows it laid over its keeper: white where they agree, darker where they differ, blue where the member doesn't reach.</div>
        <input type="radio" name="tab" id="d" checked><input type="radio" name="tab" id="a"><nav>
        """;
}
