using System.Globalization;
using System.Text;
using Smirk.Export.Output;
using Smirk.Export.Plan;

namespace Smirk.Export.Formats;

/// <summary>YOLO as Ultralytics reads it: images/train and labels/train, likewise for validation, and data.yaml. A line of a label file is
/// class, middle across, middle down, width, height, as shares of the picture.</summary>
internal static class YoloLayout
{
    /// <summary>Writes it.</summary>
    public static void Write(ExportRun run, OutputTree tree)
    {
        var categories = CocoLayout.CategoriesOf(run.Plan);
        var numbers = categories.Index().ToDictionary(c => c.Item, c => c.Index);
        foreach (var (part, items) in run.Plan.Parts)
        {
            run.Put(tree, items, item => $"images/{part}/{item.Name}.png");
            foreach (var item in items.Where(run.IsUsable))
                tree.PutText($"labels/{part}/{item.Name}.txt", Lines(item, numbers));
        }

        var validation = run.Plan.Items.Any(i => i.IsValidation) ? "validation" : "train";
        var yaml = new StringBuilder("# path: where this folder is, unless training is started in it\ntrain: images/train\n"
            + $"val: images/{validation}\nnames:\n");
        foreach (var (number, name) in categories.Index())
            yaml.Append(CultureInfo.InvariantCulture, $"  {number}: \"{name.Replace("\"", "'", StringComparison.Ordinal)}\"\n");
        tree.PutText("data.yaml", yaml.ToString());
    }

    // A picture without boxes has an empty file: it shows nothing to find.
    private static string Lines(ExportItem item, Dictionary<string, int> numbers)
    {
        var (width, height) = ((double)item.Geometry.FullWidth, (double)item.Geometry.FullHeight);
        return string.Concat(item.Boxes.Select(b => string.Create(CultureInfo.InvariantCulture,
            $"{numbers[b.Label]} {(b.X + (b.Width / 2)) / width:0.######} {(b.Y + (b.Height / 2)) / height:0.######} "
                + $"{b.Width / width:0.######} {b.Height / height:0.######}\n")));
    }
}
