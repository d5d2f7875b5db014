using Smirk.Workspace.Errors;
using Smirk.Workspace.Tables;

namespace Smirk.Workspace.Packs;

/// <summary>Where a picture's class comes from: its folder, what came with it, or a file.</summary>
public sealed class LabelSource
{
    private const string Field = "metadata:";
    private readonly Func<PackRow, string?> _of;

    private LabelSource(string text, Func<PackRow, string?> of) => (Text, _of) = (text, of);

    /// <summary>What the person said; for a file its absolute path.</summary>
    public string Text { get; }

    /// <summary>Whether <paramref name="text"/> names a source; a file need not be there.</summary>
    public static bool IsOne(string text) => text is "none" or "folder" or "idx"
        || (text.StartsWith(Field, StringComparison.Ordinal) && text.Length > Field.Length) || IsFile(text);

    /// <summary>Reads "none" (null), "folder", "idx", "metadata:FIELD" or the path of a CSV file or JSON lines.</summary>
    /// <exception cref="UsageException">It is none of these, or the file can't be read.</exception>
    public static LabelSource? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "none")
            return null;
        if (text is "folder" or "idx")
            return new LabelSource(text, row => row.Folder);
        if (!IsOne(text))
            throw new UsageException($"--labels {text}: expected none, folder, idx, metadata:FIELD, or a file .csv, .tsv or .jsonl.");
        if (text.StartsWith(Field, StringComparison.Ordinal))
        {
            var field = text[Field.Length..];
            return new LabelSource(text, row => row.Fields?.GetValueOrDefault(field));
        }

        var path = Path.GetFullPath(text);
        return new LabelSource(path, NamedTexts.Read(path, "label", "class", "category", "target").Of);
    }

    /// <summary>The picture's class; null where it has none.</summary>
    public string? Of(PackRow row) => _of(row) is { Length: > 0 } label ? label : null;

    private static bool IsFile(string text) => Path.GetExtension(text).ToLowerInvariant() is ".csv" or ".tsv" or ".jsonl" or ".ndjson";
}
