using System.Globalization;
using Smirk.Gan.Train.Planning;
using Smirk.Workspace.Pages;

namespace Smirk.Gan.Report;

/// <summary>The report's table of classes: a row each.</summary>
internal static class ClassRows
{
    /// <summary>The table as HTML; empty for a generator without classes.</summary>
    /// <param name="plan">Names of the classes, and how many pictures they have.</param>
    /// <param name="metrics">What was measured of each class.</param>
    public static string Html(RecipePlan plan, IReadOnlyDictionary<string, double> metrics)
    {
        if (plan.Classes.Count == 0)
            return "";
        return "<h2>Classes</h2><p class=\"dim\">Right: samples that show the class, according to a classifier trained on real pictures. "
            + "Reached: real pictures with a sample near them (coverage).</p>"
            + HtmlPage.Table(["class", "pictures", "right", "reached"], plan.Classes.Select((name, number) => (IReadOnlyList<string>)
            [
                HtmlPage.Text(name), plan.ClassCounts?[number].ToString(CultureInfo.InvariantCulture) ?? "",
                Share($"class_agreement_{name}"), Share($"class_coverage_{name}"),
            ]));

        string Share(string key) => metrics.TryGetValue(key, out var share) ? share.ToString("P0", CultureInfo.InvariantCulture) : "";
    }
}
