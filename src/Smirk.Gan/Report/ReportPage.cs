using System.Text;
using Smirk.Gan.Log;
using Smirk.Gan.Train;

namespace Smirk.Gan.Report;

/// <summary>Writes the page.</summary>
internal static class ReportPage
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1c1b22; --dim: #6b6878; --paper: #fbfaf8; --line: #dcd8d0; --accent: #c2417c; }
        @media (prefers-color-scheme: dark) { :root { --ink: #eceaf2; --dim: #9a96a8; --paper: #17161b; --line: #35323d; --accent: #f07bae; } }
        body { font: 16px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 62rem; margin: 2.5rem auto; padding: 0 1.2rem; }
        h1 { font-size: 1.7rem; margin: 0 0 .3rem; } h2 { font-size: 1.15rem; margin: 2.6rem 0 .7rem; border-top: 1px solid var(--line); padding-top: 1rem; }
        .dim { color: var(--dim); } .big { width: 100%; max-width: 40rem; image-rendering: auto; border-radius: .5rem; display: block; }
        .wide { width: 100%; border-radius: .4rem; display: block; } .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1.4rem; }
        table { border-collapse: collapse; font-size: .92rem; } td, th { text-align: left; padding: .28rem 1.2rem .28rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
        th { color: var(--dim); font-weight: 500; } td.n { font-variant-numeric: tabular-nums; }
        svg { width: 100%; font: 11px system-ui, sans-serif; fill: var(--dim); } polyline { fill: none; stroke-width: 1.6; } .grid { stroke: var(--line); } .mark { stroke: var(--accent); stroke-dasharray: 3 3; }
        .c0 { stroke: #3f7fbf; } .t0, .d0 { fill: #3f7fbf; } .c1 { stroke: #c2417c; } .t1, .d1 { fill: #c2417c; } .c2 { stroke: #4c9a5b; } .t2, .d2 { fill: #4c9a5b; } .c3 { stroke: #b98422; } .t3, .d3 { fill: #b98422; }
        .pairs { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: .9rem; } .pairs img { width: 50%; } .pairs p { margin: .2rem 0 0; font-size: .72rem; color: var(--dim); overflow-wrap: anywhere; }
        pre { background: color-mix(in srgb, var(--line) 45%, transparent); padding: .8rem 1rem; border-radius: .4rem; overflow-x: auto; } input[type=range] { width: 100%; max-width: 40rem; accent-color: var(--accent); }
        ul { padding-left: 1.2rem; } [hidden] { display: none !important; }
        """;

    private const string Slider = """
        <script>
        { const range = document.getElementById('when'), shots = [...document.querySelectorAll('#time img')], name = document.getElementById('what');
          const show = () => shots.forEach((shot, i) => { shot.hidden = i != range.value; if (i == range.value) name.textContent = shot.alt; });
          range.addEventListener('input', show); show(); }
        </script>
        """;

    private const string PileBegins = "<!-- the pile -->", PileEnds = "<!-- end of the pile -->";

    /// <summary>The page as HTML.</summary>
    public static string Write(ReportContent content)
    {
        var page = new StringBuilder();
        page.Append($"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Smirk run {content.Run.Name}</title><style>{Style}</style></head><body>");
        Head(page, content);
        Words(page, content);
        ThroughTime(page, content);
        Curves(page, content);
        CloseOnes(page, content);
        Extremes(page, content);
        page.Append(PileBegins).Append(content.Options.Stages.Count > 0 ? Pile(content.Options) : content.PileBefore).Append(PileEnds);
        Settings(page, content);
        More(page, content);
        return page.Append("</body></html>\n").ToString();
    }

    private static void Head(StringBuilder page, ReportContent content)
    {
        var last = content.Log.LastOrDefault(l => l.LossD is not null);
        page.Append($"<h1>Run {content.Run.Name}</h1><p class=\"dim\">Recipe {content.Plan.Recipe}, {content.Plan.Size}×{content.Plan.Size} pixels; {last?.Kimg:0.0} kimg in {(last?.Seconds ?? 0) / 60:0.0} minutes on {content.Plan.Device}. Shown: the best snapshot, at {content.BestKimg:0.0} kimg.</p>");
        page.Append(Html.Picture(content.BestGrid, "64 samples of the best snapshot", "big"));
    }

    private static void Words(StringBuilder page, ReportContent content)
    {
        // The measurement that the best snapshot won with, so that words and pictures speak of the same.
        var measured = content.Log.Where(l => l.Metrics is not null).ToList();
        var best = measured.Where(l => Math.Abs(l.Kimg - content.BestKimg) < 1e-6).LastOrDefault() ?? measured.LastOrDefault();
        page.Append("<h2>In words</h2><ul>");
        foreach (var remark in content.Log.Select(line => line.Remark).OfType<string>())
            page.Append($"<li><strong>{Html.Escape(remark)}</strong></li>");
        foreach (var finding in best is null ? [new Finding("Nothing was measured: the run held no pictures out, or was too short.")] : MetricsInWords.Of(best.Metrics!))
        {
            var details = string.Concat(finding.Details.Select(detail => $"<li>{Html.Escape(detail)}</li>"));
            page.Append($"<li>{Html.Escape(finding.Text)}{(details.Length > 0 ? $"<ul>{details}</ul>" : "")}</li>");
        }

        page.Append("</ul>");
    }

    /// <summary>What an earlier <paramref name="page"/> of the run told of the pile: training knows nothing of it, and would leave it out.</summary>
    public static string PileOf(string page)
    {
        var (begin, end) = (page.IndexOf(PileBegins, StringComparison.Ordinal), page.IndexOf(PileEnds, StringComparison.Ordinal));
        return begin < 0 || end < begin ? "" : page[(begin + PileBegins.Length)..end];
    }

    private static string Pile(ReportOptions options)
    {
        var pile = new StringBuilder("<h2>From the pile to the pack</h2>").Append(Html.Table(
            ["stage", "in", "out", "stayed behind"],
            options.Stages.Select(s => (IReadOnlyList<string>)[Html.Escape(s.Stage), $"{s.Counts.In}", $"{s.Counts.Out} {Html.Escape(s.Counts.Unit)}", Html.Escape(string.Join(", ", s.Counts.Left.OrderByDescending(l => l.Value).Select(l => $"{l.Value} {l.Key}")))])));
        foreach (var panel in options.Panels)
            pile.Append($"<h2>{Html.Escape(panel.Title)}</h2>{panel.Html}");
        return pile.ToString();
    }

    private static void ThroughTime(StringBuilder page, ReportContent content)
    {
        if (content.Grids.Count == 0)
            return;
        page.Append($"<h2>Through time</h2><p><input id=\"when\" type=\"range\" min=\"0\" max=\"{content.Grids.Count - 1}\" value=\"{content.Grids.Count - 1}\" aria-label=\"time\"> <span id=\"what\"></span></p><div id=\"time\">");
        for (var i = 0; i < content.Grids.Count; i++)
            page.Append(Html.Picture(content.Grids[i].Png, $"after {content.Grids[i].Name}", "big", hidden: i < content.Grids.Count - 1));
        page.Append("</div>").Append(Slider);
    }

    private static void Curves(StringBuilder page, ReportContent content)
    {
        var ticks = content.Log.Where(l => l.LossD is not null).ToList();
        var measured = content.Log.Where(l => l.Metrics is not null).ToList();
        double? mark = measured.Count > 0 ? content.BestKimg : null;
        page.Append("<h2>Curves</h2><div class=\"columns\">");
        page.Append($"<div><p class=\"dim\">Losses</p>{Chart.Svg([Of("D", l => l.LossD), Of("G", l => l.LossG)], "kimg", mark)}</div>");
        page.Append($"<div><p class=\"dim\">What D thinks (logits)</p>{Chart.Svg([Of("of real", l => l.DReal), Of("of generated", l => l.DFake)], "kimg", mark)}</div>");
        if (measured.Count > 0)
        {
            page.Append($"<div><p class=\"dim\">Fréchet distance on held-out pictures (less is better; dashed: the best)</p>{Chart.Svg([Metric("learnt features", "frechet_trained"), Metric("random features", "frechet_random")], "kimg", mark)}</div>");
            page.Append($"<div><p class=\"dim\">Variety and believability on held-out pictures</p>{Chart.Svg([Metric("recall", "recall_random"), Metric("coverage", "coverage_random"), Metric("precision", "precision_random")], "kimg", mark)}</div>");
        }

        page.Append($"<div><p class=\"dim\">Pictures a second</p>{Chart.Svg([Of("img/s", l => l.ImgPerSecond)], "kimg", mark)}</div></div>");

        Curve Of(string name, Func<LogLine, double?> value) => new(name, [.. ticks.Select(l => (l.Kimg, value(l) ?? double.NaN))]);
        Curve Metric(string name, string key) => new(name, [.. measured.Select(l => (l.Kimg, l.Metrics!.GetValueOrDefault(key, double.NaN)))]);
    }

    private static void CloseOnes(StringBuilder page, ReportContent content)
    {
        if (content.Closest.Count == 0)
            return;
        page.Append("<h2>Is it copying? The samples closest to a training picture</h2><p class=\"dim\">Left the sample, right the training picture that it is most like, of 512 samples. The same face twice would be copying; the same colours and pose are not.</p><div class=\"pairs\">");
        foreach (var pair in content.Closest)
            page.Append($"<div>{Html.Picture(pair.Sample, "sample")}{Html.Picture(pair.Real, "training picture")}<p>{Html.Escape(pair.Source)}{(pair.Mirrored ? " (mirrored)" : "")}</p></div>");
        page.Append("</div>");
    }

    private static void Extremes(StringBuilder page, ReportContent content)
    {
        page.Append("<h2>Best and worst, as the discriminator sees it</h2><div class=\"columns\">");
        page.Append($"<div><p class=\"dim\">Taken for real most readily</p>{Html.Picture(content.MostReal, "samples that D takes for real", "wide")}</div>");
        page.Append($"<div><p class=\"dim\">Least readily</p>{Html.Picture(content.LeastReal, "samples that D doesn't take for real", "wide")}</div></div>");
    }

    private static void Settings(StringBuilder page, ReportContent content) => page.Append("<h2>Settings, and why</h2>").Append(Html.Table(
        ["setting", "value", "why"],
        content.Plan.Choices.Concat(Others(content.Plan)).Select(c => (IReadOnlyList<string>)[Html.Escape(c.Name), Html.Escape(c.Value), Html.Escape(c.Reason)])));

    // What nothing was weighed for: given with the command, or part of the recipe.
    private static IEnumerable<Choice> Others(RecipePlan plan)
    {
        const string Given = "asked for, or the command's default", Recipe = "the recipe's own";
        Choice[] all =
        [
            new("recipe", plan.Recipe, Given),
            new("seed", $"{plan.Seed}", Given),
            new("colours", plan.Channels == 1 ? "grey" : "RGB", Given),
            new("snapshot-every", $"{plan.SnapshotSeconds:0} seconds", Given),
            new("evaluate-every", plan.EvaluateSeconds > 0 ? $"{plan.EvaluateSeconds:0} seconds" : "never", Given),
            new("kernel", $"{plan.Kernel}×{plan.Kernel}", Recipe),
            new("channels of G", string.Join(", ", plan.GeneratorWidths), "follows from width and size"),
            new("channels of D", string.Join(", ", plan.DiscriminatorWidths), "follows from width and size"),
            new("Adam's betas", $"{plan.Beta1}, {plan.Beta2}", Recipe),
            new("step size at the end", plan.DecayFrom < 1 ? $"{plan.FinalRate:P0}, falling from {plan.DecayFrom:P0} of the run on" : "the same", Recipe),
            new("setbacks", $"{plan.Setbacks}", Recipe),
        ];
        return all.Where(choice => plan.Choices.All(chosen => chosen.Name != choice.Name));
    }

    private static void More(StringBuilder page, ReportContent content)
    {
        var subject = content.Options.Subject;
        page.Append($"""
            <h2>Make more</h2><pre>smirk sample {Html.Escape(subject)} -n 64 --seed 1 --grid more.png
            smirk sample {Html.Escape(subject)} -n 1000 --out faces
            smirk sample {Html.Escape(subject)} --interpolate 8 --gif walk.gif
            {(subject == content.Run.Path ? $"smirk train --pack {Html.Escape(content.Plan.Pack)} --runs {Html.Escape(Path.GetDirectoryName(subject)!)}" : $"smirk train -w {Html.Escape(subject)}")} --resume {content.Run.Number} --budget 2h</pre>
            """);
    }
}
