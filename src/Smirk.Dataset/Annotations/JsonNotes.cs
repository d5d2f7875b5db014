using System.Text.Json;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Annotations;

/// <summary>Reads what a JSON object says about a picture: a line of metadata.jsonl, or a file beside the picture.</summary>
internal static class JsonNotes
{
    private static readonly string[] CaptionNames = ["text", "caption", "prompt", "description", "tags", "tag_string"];
    private static readonly string[] LabelNames = ["label", "class", "category"];

    // What a line says of the file itself, or of where another program had it.
    private static readonly string[] Passed = ["file_name", "file", "filename", "path", "sha256", "objects", "image"];

    /// <summary>Adds all that <paramref name="json"/> says.</summary>
    public static void Read(JsonElement json, PictureNotes notes)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return;
        foreach (var field in json.EnumerateObject().Where(f => !Passed.Contains(f.Name)))
            notes.Put(field.Name, TextOf(field.Value));
        foreach (var name in CaptionNames.Reverse().Where(notes.Fields.ContainsKey))
            notes.Fields[NoteTable.Text] = notes.Fields[name];
        foreach (var name in LabelNames.Reverse().Where(notes.Fields.ContainsKey))
            notes.Fields[NoteTable.Label] = notes.Fields[name];
        if (json.TryGetProperty("objects", out var objects))
            ReadBoxes(objects, notes);
    }

    /// <summary>The file that a line is about; null where it doesn't say.</summary>
    public static string? FileOf(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("file_name", out var name) && name.ValueKind == JsonValueKind.String
            ? name.GetString() : null;

    // A word, a number, or a list of words, as boorus' tags come.
    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Array when value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String) =>
            string.Join('\n', value.EnumerateArray().Select(v => v.GetString())),
        _ => null,
    };

    // {"bbox": [[x, y, w, h]], "categories": [..]}, itself or as text.
    private static void ReadBoxes(JsonElement objects, PictureNotes notes)
    {
        if (objects.ValueKind == JsonValueKind.String)
        {
            using var inner = JsonDocument.Parse(objects.GetString()!);
            ReadBoxes(inner.RootElement, notes);
            return;
        }

        if (objects.ValueKind != JsonValueKind.Object || !objects.TryGetProperty("bbox", out var boxes)
            || boxes.ValueKind != JsonValueKind.Array)
            return;
        notes.Boxes = [];
        var labels = objects.TryGetProperty("categories", out var c) && c.ValueKind == JsonValueKind.Array
            ? c.EnumerateArray().Select(v => TextOf(v) ?? "").ToList() : [];
        foreach (var (number, box) in boxes.EnumerateArray().Index())
        {
            if (NumbersOf(box) is [var x, var y, > 0 and var width, > 0 and var height])
                notes.Boxes.Add(new NotedBox(x, y, width, height, number < labels.Count && labels[number].Length > 0 ? labels[number]
                    : "object"));
        }
    }

    /// <summary>A list of numbers; empty where it is none.</summary>
    public static double[] NumbersOf(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(v => v.ValueKind == JsonValueKind.Number)
            ? [.. list.EnumerateArray().Select(v => v.GetDouble())] : [];
}
