using System.Text;
using Smirk.Gan.Log;
using Smirk.Gan.Train.Planning;
using Smirk.Workspace.Pages;

namespace Smirk.Gan.Report;

/// <summary>Writes the page.</summary>
internal static class ReportPage
{
    private const string Style = """
        .big { width: 100%; max-width: 40rem; border-radius: .5rem; display: block; }
        .wide { width: 100%; border-radius: .4rem; display: block; }
        .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 1.4rem; }
        .columns p { margin: 0 0 .3rem; }
        .plot { width: 100%; font: 11px system-ui, sans-serif; fill: var(--dim); } polyline { fill: none; stroke-width: 1.6; }
        .grid { stroke: var(--line); } .mark { stroke: var(--accent); stroke-dasharray: 3 3; }
        .c0 { stroke: #3f7fbf; } .t0, .d0 { fill: #3f7fbf; } .c1 { stroke: #c2417c; } .t1, .d1 { fill: #c2417c; }
        .c2 { stroke: #4c9a5b; } .t2, .d2 { fill: #4c9a5b; } .c3 { stroke: #b98422; } .t3, .d3 { fill: #b98422; }
        .pairs { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: .9rem; }
        .pairs img { width: 50%; }
        .pairs p { margin: .2rem 0 0; }
        input[type=range] { width: 100%; max-width: 40rem; accent-color: var(--accent); }
        ul { padding-left: 1.2rem; }
        """;

    private const string Slider = """
        <script>
        {
          const range = document.getElementById('when'), name = document.getElementById('what');
          const shots = [...document.querySelectorAll('#time img')];
          const show = () => shots.forEach((shot, i) => {
            shot.hidden = i != range.value;
            if (i == range.value)
              name.textContent = shot.alt;
          });
          range.addEventListener('input', show);
          show();
        }
        </script>
        """;

    /// <summary>The page as HTML.</summary>
    public static string Write(ReportContent content)
    {
        var page = new StringBuilder();
        page.Append(HtmlPage.Begin($"Smirk run {content.Run.Name}", "62rem", Style));
        Head(page, content);
        Panels(page, content.Options.Samples);
        Words(page, content);
        ThroughTime(page, content);
        Curves(page, content);
        CloseOnes(page, content);
        Extremes(page, content);
        Pile(page, content.Pile);
        Settings(page, content);
        More(page, content);
        return page.Append(HtmlPage.End).ToString();
    }

    private static void Head(StringBuilder page, ReportContent content)
    {
        var last = content.Log.LastOrDefault(l => l.LossD is not null);
        page.Append(
            $"<h1>Run {content.Run.Name}</h1><p class=\"dim\">Recipe {content.Plan.Recipe}, {content.Plan.Size}×{content.Plan.Size} "
                + $"pixels{Shape(content.Plan)}; {last?.Kimg:0.0} kimg in {(last?.Seconds ?? 0) / 60:0.0} minutes on "
                + $"{content.Plan.Device}. Shown: the best snapshot, at {content.BestKimg:0.0} kimg.</p>");
        page.Append(Image(content.BestGrid, "64 samples of the best snapshot", "class=\"big\""));
    }

    private static string Shape(RecipePlan plan) =>
        plan.ShownAspect.IsSquare ? "" : $", stretched to {plan.ShownAspect}: {plan.ShownAspect.ShownInWords(plan.Size)}";

    private static void Words(StringBuilder page, ReportContent content)
    {
        // The measurement that the best snapshot won with, so that words and pictures speak of the same.
        var measured = content.Log.Where(l => l.Metrics is not null).ToList();
        var best = measured.Where(l => Math.Abs(l.Kimg - content.BestKimg) < 1e-6).LastOrDefault() ?? measured.LastOrDefault();
        page.Append("<h2>In words</h2><ul>");
        foreach (var remark in content.Log.Select(line => line.Remark).OfType<string>())
            page.Append($"<li><strong>{HtmlPage.Text(remark)}</strong></li>");
        foreach (var finding in best is null ? [new Finding("Nothing was measured: the run held out no pictures, or was too short.")]
            : MetricsInWords.Of(best.Metrics!))
        {
            var details = string.Concat(finding.Details.Select(detail => $"<li>{HtmlPage.Text(detail)}</li>"));
            page.Append($"<li>{HtmlPage.Text(finding.Text)}{(details.Length > 0 ? $"<ul>{details}</ul>" : "")}</li>");
        }

        page.Append("</ul>");
        if (best is not null)
            page.Append(ClassRows.Html(content.Plan, best.Metrics!));
    }

    private static void Pile(StringBuilder page, PileRecord pile)
    {
        if (pile.Stages.Count == 0)
            return;
        page.Append("<h2>From pictures to the pack</h2>")
            .Append(HtmlPage.Table(["stage", "in", "out", "dropped"], pile.Stages.Select(Row)));
        Panels(page, pile.Panels);

        static IReadOnlyList<string> Row(PileStage stage)
        {
            var left = string.Join(", ", stage.Left.OrderByDescending(l => l.Value).Select(l => $"{l.Value} {l.Key}"));
            return [HtmlPage.Text(stage.Stage), $"{stage.In}", $"{stage.Out} {HtmlPage.Text(stage.Unit)}", HtmlPage.Text(left)];
        }
    }

    private static void Panels(StringBuilder page, IEnumerable<ReportPanel> panels)
    {
        foreach (var panel in panels)
            page.Append($"<h2>{HtmlPage.Text(panel.Title)}</h2>{panel.Html}");
    }

    private static void ThroughTime(StringBuilder page, ReportContent content)
    {
        if (content.Grids.Count == 0)
            return;
        page.Append(
            $"<h2>Samples over time</h2><p><input id=\"when\" type=\"range\" min=\"0\" max=\"{content.Grids.Count - 1}\" "
                + $"value=\"{content.Grids.Count - 1}\" aria-label=\"time\"> <span id=\"what\"></span></p><div id=\"time\">");
        for (var i = 0; i < content.Grids.Count; i++)
            page.Append(Image(content.Grids[i].Png, $"after {content.Grids[i].Name}",
                $"class=\"big\"{(i < content.Grids.Count - 1 ? " hidden" : "")}"));
        page.Append("</div>").Append(Slider);
    }

    private static void Curves(StringBuilder page, ReportContent content)
    {
        var ticks = content.Log.Where(l => l.LossD is not null).ToList();
        var measured = content.Log.Where(l => l.Metrics is not null).ToList();
        double? mark = measured.Count > 0 ? content.BestKimg : null;
        page.Append("<h2>Curves</h2><div class=\"columns\">");
        Plot("Losses", Of("D", l => l.LossD), Of("G", l => l.LossG));
        Plot("Logits of D", Of("real", l => l.DReal), Of("generated", l => l.DFake));
        if (measured.Count > 0)
        {
            Plot("Fréchet distance on held-out pictures (lower is better; dashed: best snapshot)",
                Metric("trained features", "frechet_trained"), Metric("random features", "frechet_random"));
            Plot("Variety and realism on held-out pictures", Metric("recall", "recall_random"), Metric("coverage", "coverage_random"),
                Metric("precision", "precision_random"));
        }

        if (ticks.Exists(l => l.AugmentShare is not null))
            Plot("Share of the pictures that are augmented (as many as D would win otherwise)", Of("augmented", l => l.AugmentShare));
        Plot("Pictures per second", Of("img/s", l => l.ImgPerSecond));
        if (ticks.Exists(l => l.Threads is not null))
            Plot("Threads (as many as were fastest beside what else the machine did)", Of("threads", l => l.Threads));
        page.Append("</div>");

        void Plot(string title, params IReadOnlyList<Curve> curves) =>
            page.Append($"<div><p class=\"dim\">{title}</p>{Chart.Svg(curves, "kimg", mark)}</div>");
        Curve Of(string name, Func<LogLine, double?> value) => new(name, [.. ticks.Select(l => (l.Kimg, value(l) ?? double.NaN))]);
        Curve Metric(string name, string key) =>
            new(name, [.. measured.Select(l => (l.Kimg, l.Metrics!.GetValueOrDefault(key, double.NaN)))]);
    }

    private static void CloseOnes(StringBuilder page, ReportContent content)
    {
        if (content.Closest.Count == 0)
            return;
        page.Append(
            "<h2>Is it copying? The samples closest to training pictures</h2><p class=\"dim\">Out of 512 samples. Left: the sample; "
                + "right: the training picture closest to it. The same face twice would be copying; the same colours or pose are "
                + "not.</p><div class=\"pairs\">");
        foreach (var pair in content.Closest)
            page.Append(
                $"<div>{Image(pair.Sample, "sample")}{Image(pair.Real, "training picture")}<p class=\"dim "
                    + $"small\">{HtmlPage.Text(pair.Source)}{(pair.Mirrored ? " (mirrored)" : "")}</p></div>");
        page.Append("</div>");
    }

    private static void Extremes(StringBuilder page, ReportContent content)
    {
        page.Append("<h2>Best and worst according to the discriminator</h2><div class=\"columns\">");
        page.Append(
            $"<div><p class=\"dim\">Most real</p>{Image(content.MostReal, "samples that D takes for real", "class=\"wide\"")}</div>");
        page.Append(
            $"<div><p class=\"dim\">Least real</p>{Image(content.LeastReal, "samples that D takes for generated", "class=\"wide\"")}</div"
                + "></div>");
    }

    private static void Settings(StringBuilder page, ReportContent content) =>
        page.Append("<h2>Settings and reasons</h2>").Append(HtmlPage.Table(
        ["setting", "value", "why"],
        PlanInWords.Of(content.Plan)
            .Select(c => (IReadOnlyList<string>)[HtmlPage.Text(c.Name), HtmlPage.Text(c.Value), HtmlPage.Text(c.InWords)])))
            .Append(Changes(content));

    private static string Changes(ReportContent content)
    {
        var changes = content.Log.Where(line => line.Changes is not null).SelectMany(line => line.Changes!.Select(change =>
        {
            var before = change.From is null ? "" : $" (before: {change.From})";
            return $"<li>{HtmlPage.Text($"from {line.Kimg:0.0} kimg on: {change.Name} {change.To}{before}")}</li>";
        }));
        return string.Concat(changes) is { Length: > 0 } list ? $"<p>Changed when it was resumed:</p><ul>{list}</ul>" : "";
    }

    private static string Image(byte[] png, string alt, string attributes = "") => HtmlPage.Image(png, "png", alt, attributes);

    private static void More(StringBuilder page, ReportContent content)
    {
        var subject = HtmlPage.Text(content.Options.Subject);
        var data = content.Options.Subject == content.Run.Path
            ? $"--pack {HtmlPage.Text(PackPlace.Find(content.Plan.Pack, content.Run.Path))} --runs "
                + $"{HtmlPage.Text(Path.GetDirectoryName(content.Run.Path)!)}"
            : $"-w {subject}";
        page.Append($"""
            <h2>Make more</h2><pre>smirk sample {subject} -n 64 --seed 1 --grid more.png
            smirk sample {subject} -n 1000 --out faces
            smirk sample {subject} --interpolate 8 --gif walk.gif
            smirk share {subject}
            smirk train {data} --resume {content.Run.Number} --budget 2h</pre>
            <p><code>smirk share</code> makes one page with the generator inside, to play with in a browser and to send to
            friends{(File.Exists(content.Run.SharedPagePath) ? ": <a href=\"share/smirk.html\">here it is</a>" : "")}.</p>
            """);
    }
}
