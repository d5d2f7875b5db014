namespace Smirk.Dataset.Annotations;

/// <summary>Tells by its name whether a file says something about pictures.</summary>
internal sealed class SideNames
{
    private static readonly string[] Endings = [".txt", ".caption", ".cls", ".json"];

    // What sets have once: metadata of Hugging Face, COCO, StyleGAN, YOLO, kohya.
    private static readonly string[] OfSets =
        ["metadata.jsonl", "metadata.csv", "dataset.json", "data.yaml", "classes.txt", "dataset.toml", "_annotations.coco.json"];

    private readonly HashSet<string> _stems = new(StringComparer.Ordinal);

    /// <summary>Knows the files of a folder; of an archive's members nothing is known before they come.</summary>
    /// <param name="paths">Paths of all files in the source.</param>
    public SideNames(IEnumerable<string> paths)
    {
        foreach (var path in paths.Where(path => !HasEnding(path)))
        {
            // gallery-dl and others add to the whole name: a.jpg.txt.
            _stems.Add(path);
            _stems.Add(StemOf(path));
        }
    }

    /// <summary>Whether the file of a folder is one: it belongs to a picture beside it, or is called as sets call theirs.</summary>
    public bool IsOne(string path) =>
        IsOfSet(path) || (HasEnding(path) && (_stems.Contains(StemOf(path)) || _stems.Contains(StemOf(InImages(path)))));

    /// <summary>Whether an archive's member may be one.</summary>
    public static bool MayBe(string path) => IsOfSet(path) || HasEnding(path);

    /// <summary>The path without its last ending.</summary>
    public static string StemOf(string path)
    {
        var dot = path.LastIndexOf('.');
        return dot > path.AsSpan().LastIndexOfAny('/', '!') + 1 ? path[..dot] : path;
    }

    /// <summary>Where YOLO has the picture of a file of labels: in images/ for labels/.</summary>
    public static string InImages(string path)
    {
        if (path.StartsWith("labels/", StringComparison.Ordinal))
            return "images" + path["labels".Length..];
        var at = Math.Max(path.LastIndexOf("/labels/", StringComparison.Ordinal), path.LastIndexOf("!labels/", StringComparison.Ordinal));
        return at < 0 ? path : $"{path[..(at + 1)]}images{path[(at + 1 + "labels".Length)..]}";
    }

    /// <summary>Whether the name is one of COCO's for a file of annotations.</summary>
    public static bool IsCoco(string name) => name == "_annotations.coco.json" || name is "annotations.json"
        || (name.StartsWith("instances_", StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal));

    private static bool HasEnding(string path) => Endings.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    private static bool IsOfSet(string path) => SideFile.NameOf(path) is var name && (OfSets.Contains(name) || IsCoco(name));
}
