using System.Text.Json;

namespace Smirk.Dataset.Annotations;

/// <summary>COCO's annotations: pictures, and their boxes, by number.</summary>
internal static class CocoNotes
{
    /// <summary>Picture's file name → its boxes; empty where the file is something else.</summary>
    public static IReadOnlyDictionary<string, List<NotedBox>> Read(JsonElement root)
    {
        var found = new Dictionary<string, List<NotedBox>>(StringComparer.Ordinal);
        if (root.ValueKind != JsonValueKind.Object || !IsList(root, "images", out var images)
            || !IsList(root, "annotations", out var annotations))
            return found;
        var pictures = new Dictionary<long, string>();
        foreach (var image in images.EnumerateArray())
        {
            if (Number(image, "id") is { } id && image.TryGetProperty("file_name", out var name) && name.GetString() is { } file)
            {
                pictures[id] = file;
                found[file] = [];
            }
        }

        var categories = new Dictionary<long, string>();
        if (IsList(root, "categories", out var named))
        {
            foreach (var category in named.EnumerateArray())
            {
                if (Number(category, "id") is { } id && category.TryGetProperty("name", out var name))
                    categories[id] = name.GetString() ?? "";
            }
        }

        foreach (var annotation in annotations.EnumerateArray())
        {
            if (Number(annotation, "image_id") is { } image && pictures.TryGetValue(image, out var file)
                && annotation.TryGetProperty("bbox", out var box)
                && JsonNotes.NumbersOf(box) is [var x, var y, > 0 and var width, > 0 and var height])
            {
                var label = Number(annotation, "category_id") is { } category ? categories.GetValueOrDefault(category) : null;
                found[file].Add(new NotedBox(x, y, width, height, label is { Length: > 0 } ? label : "object"));
            }
        }

        return found;
    }

    private static bool IsList(JsonElement root, string name, out JsonElement list) =>
        root.TryGetProperty(name, out list) && list.ValueKind == JsonValueKind.Array;

    private static long? Number(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out var number) ? number : null;
}
