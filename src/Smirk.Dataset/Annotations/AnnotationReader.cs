using System.Globalization;
using System.Text;
using System.Text.Json;
using Smirk.Workspace.Tables;

namespace Smirk.Dataset.Annotations;

/// <summary>Finds out what side files say about which pictures of a source.</summary>
/// <param name="pictures">Paths of the source's pictures.</param>
internal sealed class AnnotationReader(IReadOnlyCollection<string> pictures)
{
    private readonly HashSet<string> _paths = new(pictures, StringComparer.Ordinal);
    private readonly ILookup<string, string> _byStem = pictures.ToLookup(SideNames.StemOf, StringComparer.Ordinal);
    private readonly Dictionary<string, PictureNotes> _notes = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _classes = [];

    /// <summary>Reads all of them. What is said beside a picture goes before what is said of it in a file for the whole set.</summary>
    /// <param name="sides">The files.</param>
    /// <param name="unused">Told of those that say nothing about any picture.</param>
    /// <param name="damaged">Told of those that can't be read, and why.</param>
    /// <returns>Picture's path → what is said about it.</returns>
    public IReadOnlyDictionary<string, PictureNotes> Read(
        IReadOnlyList<SideFile> sides, Action<SideFile> unused, Action<SideFile, string> damaged)
    {
        foreach (var side in sides.OrderBy(Rank).ThenBy(s => s.Path, StringComparer.Ordinal))
        {
            try
            {
                if (!Take(side, Encoding.UTF8.GetString(side.Read()).TrimStart('\uFEFF')))
                    unused(side);
            }
            catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException or IOException)
            {
                damaged(side, error.Message.TrimEnd('.'));
            }
        }

        return _notes;
    }

    // Names of classes first, then what is about many pictures, then what is about one: a caption last, for people edit those.
    private static int Rank(SideFile side) => side.Name switch
    {
        "data.yaml" or "classes.txt" => 0,
        "metadata.jsonl" or "metadata.csv" or "dataset.json" => 1,
        var name when SideNames.IsCoco(name) => 1,
        var name when name.EndsWith(".cls", StringComparison.OrdinalIgnoreCase) => 2,
        var name when name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) => 3,
        _ => 4,
    };

    // False where it says nothing about any picture.
    private bool Take(SideFile side, string text)
    {
        switch (side.Name)
        {
            case "data.yaml" or "classes.txt":
                _classes = YoloNotes.Names(side.Name, text);
                return true;
            case "dataset.toml":
                return true;
            case "metadata.jsonl":
                return Lines(side, text);
            case "metadata.csv":
                return Table(side, text);
            case "dataset.json":
                return Numbers(side, text);
            case var name when SideNames.IsCoco(name):
                return Coco(side, text);
            default:
                return Beside(side, text);
        }
    }

    private bool Beside(SideFile side, string text)
    {
        string[] found = [.. PicturesOf(SideNames.StemOf(side.Path)).Concat(PicturesOf(SideNames.StemOf(SideNames.InImages(side.Path))))
            .Distinct()];
        foreach (var picture in found)
        {
            var notes = NotesOf(picture);
            switch (Path.GetExtension(side.Name).ToLowerInvariant())
            {
                case ".json":
                    using (var json = JsonDocument.Parse(text))
                        JsonNotes.Read(json.RootElement, notes);
                    break;
                case ".cls":
                    notes.Put("label", Named(text.Trim()));
                    break;
                default:
                    if (YoloNotes.Read(text, _classes) is { } boxes && (boxes.Count > 0 || SideNames.InImages(side.Path) != side.Path))
                        notes.Boxes = boxes;
                    else
                        notes.Caption(text);
                    break;
            }
        }

        return found.Length > 0;
    }

    private bool Lines(SideFile side, string text)
    {
        var any = false;
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            using var json = JsonDocument.Parse(line);
            if (JsonNotes.FileOf(json.RootElement) is not { } file || PathOf(side.Folder, file) is not { } picture)
                continue;
            JsonNotes.Read(json.RootElement, NotesOf(picture));
            any = true;
        }

        return any;
    }

    private bool Table(SideFile side, string text)
    {
        IReadOnlyList<string>? head = null;
        var any = false;
        foreach (var record in CsvFile.Records(new StringReader(text)))
        {
            if (head is null)
            {
                head = record;
                continue;
            }

            var fields = head.Zip(record).Where(f => f.First.Length > 0).DistinctBy(f => f.First).ToDictionary(f => f.First, f => f.Second);
            if (!fields.TryGetValue("file_name", out var file) || PathOf(side.Folder, file) is not { } picture)
                continue;
            JsonNotes.Read(JsonSerializer.SerializeToElement(fields, FieldsJson.Default.DictionaryStringString), NotesOf(picture));
            any = true;
        }

        return any;
    }

    // StyleGAN's: {"labels": [["00000/img00000000.png", 6], …]}; Smirk adds the names of the numbers.
    private bool Numbers(SideFile side, string text)
    {
        using var json = JsonDocument.Parse(text);
        if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("labels", out var labels))
            return false;
        if (labels.ValueKind != JsonValueKind.Array)
            return true;
        string[] names = json.RootElement.TryGetProperty("label_names", out var named) && named.ValueKind == JsonValueKind.Array
            ? [.. named.EnumerateArray().Select(n => n.GetString() ?? "")] : [];
        foreach (var pair in labels.EnumerateArray())
        {
            if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2 || pair[0].GetString() is not { } file
                || PathOf(side.Folder, file) is not { } picture || pair[1].ValueKind != JsonValueKind.Number)
                continue;
            var number = pair[1].GetInt32();
            NotesOf(picture).Put("label", number >= 0 && number < names.Length ? names[number]
                : number.ToString(CultureInfo.InvariantCulture));
        }

        return true;
    }

    private bool Coco(SideFile side, string text)
    {
        using var json = JsonDocument.Parse(text);
        var part = Path.GetFileNameWithoutExtension(side.Name) is var stem && stem.StartsWith("instances_", StringComparison.Ordinal)
            ? stem["instances_".Length..] : "";
        var above = ParentOf(side.Folder);
        var any = false;
        foreach (var (file, boxes) in CocoNotes.Read(json.RootElement))
        {
            var picture = new[] { side.Folder, $"{above}{part}/", $"{above}images/{part}/", $"{above}images/", above }
                .Select(folder => PathOf(folder, file)).FirstOrDefault(p => p is not null);
            if (picture is null)
                continue;
            NotesOf(picture).Boxes = boxes;
            any = true;
        }

        return any;
    }

    private static string ParentOf(string folder)
    {
        var bare = folder.EndsWith('/') ? folder[..^1] : folder;
        return bare[..(bare.AsSpan().LastIndexOfAny('/', '!') + 1)];
    }

    private string? PathOf(string folder, string file)
    {
        var path = folder + file.Replace('\\', '/').TrimStart('.', '/');
        return _paths.Contains(path) ? path : null;
    }

    // a.txt belongs to a.png, and a.png.txt too.
    private IEnumerable<string> PicturesOf(string stem) => _paths.Contains(stem) ? [stem] : _byStem[stem];

    private string Named(string number) =>
        int.TryParse(number, CultureInfo.InvariantCulture, out var at) && at >= 0 && at < _classes.Count ? _classes[at] : number;

    private PictureNotes NotesOf(string picture)
    {
        if (!_notes.TryGetValue(picture, out var notes))
            _notes[picture] = notes = new PictureNotes();
        return notes;
    }
}
