namespace Smirk.Files.Archives;

/// <summary>Names of IDX files, as MNIST's are called.</summary>
public static class IdxNames
{
    private const int MostClasses = 256;
    private const int LongestNames = 100_000;

    private static readonly string[] Endings = ["-ubyte", "-ubyte.gz", ".idx", ".idx.gz"];

    /// <summary>Whether the name is an IDX file's, such as train-images-idx3-ubyte.gz.</summary>
    public static bool HasIdxName(string path) => Endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>Names of the classes, in the order of their numbers, from classes.txt beside the pictures (one a line, as smirk export
    /// writes it); empty where there is none, or a name can't be a folder's.</summary>
    public static IReadOnlyList<string> ClassesFor(string path)
    {
        var beside = Path.Combine(Path.GetDirectoryName(path) ?? "", "classes.txt");
        if (new FileInfo(beside) is not { Exists: true, Length: < LongestNames })
            return [];
        string[] names = [.. File.ReadLines(beside).Take(MostClasses).Select(line => line.Trim())];
        return names.Any(name => name.Length == 0 || name.AsSpan().ContainsAny('/', '\\', '!') || MemberName.Refusal(name) is not null)
            ? [] : names;
    }

    /// <summary>Where the labels of the pictures in <paramref name="path"/> stand: beside them, the same name with "labels" for "images"
    /// and idx1 for idx3, packed or not; null where there is no such file.</summary>
    public static string? LabelsFor(string path)
    {
        var name = Path.GetFileName(path);
        if (!name.Contains("images", StringComparison.Ordinal))
            return null;
        var labels = Path.Combine(Path.GetDirectoryName(path) ?? "", name.Replace("images", "labels", StringComparison.Ordinal)
            .Replace("idx3", "idx1", StringComparison.Ordinal));
        var plain = labels.EndsWith(".gz", StringComparison.Ordinal) ? labels[..^3] : labels;
        return new[] { labels, plain, plain + ".gz" }.FirstOrDefault(File.Exists);
    }
}
