using System.Text.Json;
using Smirk.Export.Output;
using Smirk.Export.Plan;

namespace Smirk.Export.Formats;

/// <summary>COCO: pictures in train/ and validation/, their boxes in annotations/instances_train.json and
/// annotations/instances_validation.json.</summary>
internal static class CocoLayout
{
    /// <summary>Writes it.</summary>
    public static void Write(ExportRun run, OutputTree tree)
    {
        var categories = CategoriesOf(run.Plan);
        foreach (var (part, items) in run.Plan.Parts)
        {
            run.Put(tree, items, item => $"{part}/{item.Name}.png");
            tree.PutStream($"annotations/instances_{part}.json", null, stream => Annotations(stream, run, items, categories));
        }
    }

    /// <summary>What the boxes of a set show, in order.</summary>
    public static IReadOnlyList<string> CategoriesOf(ExportPlan plan) =>
        [.. plan.Items.SelectMany(i => i.Boxes).Select(b => b.Label).Append("face").Distinct().Order(StringComparer.Ordinal)];

    private static void Annotations(Stream stream, ExportRun run, IReadOnlyList<ExportItem> items, IReadOnlyList<string> categories)
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteStartObject("info");
        json.WriteString("description", "exported by Smirk");
        json.WriteEndObject();
        json.WriteStartArray("licenses");
        json.WriteEndArray();
        json.WriteStartArray("categories");
        foreach (var (number, name) in categories.Index())
        {
            json.WriteStartObject();
            json.WriteNumber("id", number + 1);
            json.WriteString("name", name);
            json.WriteString("supercategory", name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        var usable = items.Where(run.IsUsable).ToList();
        json.WriteStartArray("images");
        foreach (var (number, item) in usable.Index())
        {
            json.WriteStartObject();
            json.WriteNumber("id", number + 1);
            json.WriteString("file_name", item.Name + ".png");
            json.WriteNumber("width", item.Geometry.FullWidth);
            json.WriteNumber("height", item.Geometry.FullHeight);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("annotations");
        var boxes = 0;
        foreach (var (number, item) in usable.Index())
        {
            foreach (var box in item.Boxes)
            {
                boxes++;
                Annotation(json, boxes, number + 1, categories.IndexOf(box.Label) + 1, box);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Annotation(Utf8JsonWriter json, int id, int picture, int category, ExportBox box)
    {
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteNumber("image_id", picture);
        json.WriteNumber("category_id", category);
        json.WriteStartArray("bbox");
        foreach (var number in (double[])[box.X, box.Y, box.Width, box.Height])
            json.WriteNumberValue(number);
        json.WriteEndArray();
        json.WriteNumber("area", Math.Round(box.Width * box.Height, 2));
        json.WriteNumber("iscrowd", 0);
        json.WriteStartArray("segmentation");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static int IndexOf(this IReadOnlyList<string> names, string name) => names.Index().First(n => n.Item == name).Index;
}
